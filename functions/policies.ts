/**
 * The policies themselves, readable by program as by eye: each clause in our words, with what it decides, computes or
 * asks of the customer, every reading with its options and what they change, and what the text leaves unknown.
 * An operator adds policies of its own, and new versions of those that ship; a version that was published stays as it is.
 */
import * as z from "zod";
import { compile, inForce, type PolicyBook, statedZone } from "../domain/compiled-policy.ts";
import { identifier, text } from "../domain/facts.ts";
import { commonReadings } from "../domain/policies/common-readings.ts";
import { shippedPolicies } from "../domain/policies/index.ts";
import { type Policy, policy, reading } from "../domain/policy.ts";
import { explain } from "../domain/policy-explained.ts";
import { hints } from "../domain/policy-hints.ts";
import { lint } from "../domain/policy-lint.ts";
import { besideVersions, daysChanged } from "../domain/policy-versions.ts";
import { daysOf } from "../domain/questions/question.ts";
import { Refused } from "../domain/refusal.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { documentSchema } from "./http/document-schema.ts";
import { withEveryField } from "./http/every-field.ts";
import { newId } from "./http/ids.ts";
import { timesQuery } from "./http/moment-shapes.ts";
import { asOfFrom, knownAtFrom } from "./http/moments.ts";
import { answer, type Call, type Operations, operation } from "./http/operation.ts";
import { cursorAfter, listOf, pageOf, pageQuery, pageThrough } from "./http/paging.ts";
import { policiesOf } from "./http/policies-of.ts";
import { etagOf, preconditionHeaders, refuseStale } from "./http/preconditions.ts";
import { notFound, Problem } from "./http/problem.ts";
import { serve } from "./http/serve.ts";
import { digestOfJson } from "./store/store.ts";

const tag = "Policies";

const complete = withEveryField(policy, "Policy");
const inWords = z
  .strictObject({
    calendars: z.array(z.strictObject({ calendar: z.string(), says: z.string() })),
    clauses: z.array(z.strictObject({ clause: z.string(), says: z.string(), does: z.array(z.string()), informs: z.string().nullable() })),
    readings: z.array(
      z.strictObject({
        id: z.string(),
        question: z.string(),
        chosen: z.string(),
        options: z.array(z.strictObject({ id: z.string(), says: z.string(), effect: z.array(z.string()) })),
      }),
    ),
    unknown: z.array(
      z.strictObject({
        what: z.string(),
        clause: z.string().nullable(),
        recordedIn: z
          .string()
          .nullable()
          .meta({ description: "Where the parties' agreement on it is recorded. Null: only another version can say." }),
      }),
    ),
  })
  .meta({
    id: "PolicyInWords",
    description: "Made from the policy's data: what each clause does, what each option of a reading changes, what is unknown.",
  });
const policyAnswer = (complete.schema as z.ZodObject)
  .extend({
    shipped: z.boolean().meta({ description: "True: it comes with the product. False: an operator's own." }),
    inWords,
    commonReadings: z.array(reading),
  })
  .meta({ id: "PolicyAnswer", description: "One version of a vendor's document. `commonReadings` hold under every policy." });

const publishedPolicy = policyAnswer
  .extend({
    hints: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).meta({
      description: "What a sound policy may want and a hasty one did not mean, and the days that a first day in the past changes. None is refused.",
    }),
  })
  .meta({ id: "PublishedPolicy", description: "The version as it was published, with what is worth a second look." });

const versionSummary = z.strictObject({
  version: z.string(),
  effectiveFrom: z.string().nullable().meta({ description: "First day in force; null: since ever." }),
  shipped: z.boolean(),
});

const summaryFields = { policyId: z.string(), vendor: z.string(), title: z.string(), versions: z.array(versionSummary) };
const policySummary = z.strictObject(summaryFields).meta({ id: "PolicySummary" });

const list = operation({
  summary: "List policies",
  tag,
  query: pageQuery,
  answers: { 200: listOf(policySummary) },
  async run({ query, store }) {
    const page = pageOf(query, "policies");
    const { catalog } = await store.readCatalog(null);
    const books = [...policiesOf(catalog).values()].map(summaryOf).sort((a, b) => (a.policyId < b.policyId ? -1 : 1));
    const { items, after } = pageThrough(books, ({ policyId }) => policyId, page);
    return answer(200, { items, nextCursor: cursorAfter(after, "policies") });
  },
});

const one = operation({
  summary: "Read a policy, in the version in force",
  description: "`asOf` asks for the version in force on that day, `knownAt` for what was published by then.",
  tag,
  params: z.strictObject({ policyId: identifier }),
  query: timesQuery,
  answers: { 200: z.strictObject({ ...summaryFields, inForce: policyAnswer }).meta({ id: "PolicyInForce" }) },
  async run(call) {
    const { params, query, now } = call;
    const book = await bookOf(call);
    const versions = versionsOf(book, params.policyId);
    const day = daysOf(asOfFrom(query.asOf, now), zoneOf(versions))[0];
    const found = inForce(book, params.policyId, day) ?? compile(versions[0]);
    return answer(200, { ...summaryOf(versions), inForce: fill(found.policy) });
  },
});

const version = operation({
  summary: "Read one version of a policy",
  tag,
  params: z.strictObject({ policyId: identifier, version: text(64) }),
  query: timesQuery,
  answers: { 200: policyAnswer },
  async run(call) {
    const { policyId, version } = call.params;
    const found = versionsOf(await bookOf(call), policyId).find((one) => one.version === version);
    if (found === undefined) throw notFound("policy version", "version", version);
    const document = fill(found);
    return answer(200, document, { etag: etagOf(document) });
  },
});

const publish = operation({
  summary: "Publish a version of an operator's own policy",
  description:
    "Refused with pointers where it does not lint (422). Once published a version stays as it is: writing the same again changes nothing, another document is a conflict (409). `GET /v1/schemas/policy.json` is its JSON Schema.",
  tag,
  params: z.strictObject({ policyId: identifier, version: identifier }),
  body: policy.meta({ id: "PolicyDocument", description: "One version of a vendor's document: what each clause decides, computes or asks." }),
  requestHeaders: preconditionHeaders,
  answers: { 200: publishedPolicy, 201: publishedPolicy },
  async run(call) {
    const { params, body, now } = call;
    refuseOtherPlace(params, body);
    const { answer: given } = await call.store.change("catalog", {
      operationId: newId("op", now),
      by: call.caller,
      decide({ catalog }) {
        const versions = policiesOf(catalog).get(body.id) ?? [];
        const before = versions.find(({ version }) => version === body.version);
        refuseStale(call.headers, before === undefined ? null : fill(before));
        if (before !== undefined) {
          refuseChange(before, body);
          return { writes: [], answer: published(200, before, versions, now) };
        }
        refuseUnsound(body, versions, now);
        const data = { policyId: body.id, version: body.version, effectiveFrom: body.effectiveFrom };
        return {
          writes: [{ path: `policies/${body.id}/${body.version}`, value: { policy: body } }],
          events: [{ id: newId("evt", now), type: "policy.version-published", subject: body.id, time: now, data }],
          answer: published(201, body, versions, now),
        };
      },
    });
    return given;
  },
});

/** What is worth a second look is told to whoever wrote it, and is no part of the document. */
function published(status: 200 | 201, document: Policy, versions: readonly Policy[], now: number) {
  const filled = fill(document);
  const others = versions.filter(({ version }) => version !== document.version);
  const worthALook = [...daysChanged(document, others, formatInstant(now).slice(0, 10)), ...hints(document)];
  return answer(status, { ...filled, hints: worthALook }, { etag: etagOf(filled) });
}

/** @throws Problem 400: a document says itself which policy and version it is */
function refuseOtherPlace(params: { policyId: string; version: string }, { id, version }: Policy): void {
  const wrong = [
    { pointer: "/id", got: id, expected: params.policyId },
    { pointer: "/version", got: version, expected: params.version },
  ].filter(({ got, expected }) => got !== expected);
  if (wrong.length === 0) return;
  const errors = wrong.map(({ pointer, got, expected }) => ({
    in: "body" as const,
    pointer,
    detail: `expected \`${expected}\` as in the path, got \`${got}\``,
  }));
  throw new Problem(400, "invalid-request", "the document is another policy or version than the path names", { errors });
}

/** @throws Problem 409 */
function refuseChange(before: Policy, after: Policy): void {
  // As it is read back: what is left out, null or an empty list says the same.
  if (digestOfJson(complete.fill(before)) === digestOfJson(complete.fill(after))) return;
  const why = isShipped(before) ? "ships with the product" : "was published, and decisions may stand on it";
  throw new Problem(409, "policy-version-published", `version \`${after.version}\` of policy \`${after.id}\` ${why}: publish another version`, {
    errors: [{ in: "body", pointer: "/version", detail: "is taken by another document" }],
  });
}

/** @throws Refused, answered as 422 */
function refuseUnsound(document: Policy, versions: readonly Policy[], now: number): void {
  const found = [...besideVersions(document, versions), ...lint(document, neededThrough(document, versions, now))];
  if (found.length > 0) throw new Refused("policy-unsound", found);
}

/** A version that is in force now needs its calendars this year; one that was replaced needs them until then. */
function neededThrough({ effectiveFrom }: Policy, versions: readonly Policy[], now: number): number {
  const today = formatInstant(now).slice(0, 10);
  const replaced = versions
    .flatMap((other) => (other.effectiveFrom !== null && other.effectiveFrom > (effectiveFrom ?? "") ? [other.effectiveFrom] : []))
    .sort()[0];
  return Number((replaced !== undefined && replaced < today ? replaced : today).slice(0, 4));
}

const schema = operation({
  summary: "Describe the shape of a policy as a JSON Schema",
  description: "Draft 2020-12, for editors: what can be written with `PUT /v1/policies/{policyId}/versions/{version}`.",
  tag,
  answers: { 200: z.looseObject({ $schema: z.string() }) },
  async run() {
    described ??= documentSchema(policy, "Policy");
    return answer(200, described, { "cache-control": "max-age=300" });
  },
});

let described: ReturnType<typeof documentSchema> | undefined;

async function bookOf({ query, now, store }: Call<unknown, z.infer<typeof timesQuery>>): Promise<PolicyBook> {
  return policiesOf((await store.readCatalog(knownAtFrom(query.knownAt, now, "query"))).catalog);
}

type Versions = readonly [Policy, ...Policy[]];

function versionsOf(book: PolicyBook, policyId: string): Versions {
  const versions = book.get(policyId);
  if (versions === undefined) throw notFound("policy", "policyId", policyId);
  return versions as Versions;
}

/** Without premises to go by, days are those of UTC. */
function zoneOf(versions: Versions): string {
  const zone = statedZone(versions);
  return zone === null || zone === "premises" ? "UTC" : zone;
}

const isShipped = (one: Policy) => shippedPolicies.get(one.id)?.includes(one) === true;

function summaryOf(versions: readonly Policy[]): z.infer<typeof policySummary> {
  const newest = versions.at(-1) as Policy;
  return {
    policyId: newest.id,
    vendor: newest.vendor,
    title: newest.title,
    versions: versions.map((one) => ({ version: one.version, effectiveFrom: one.effectiveFrom, shipped: isShipped(one) })),
  };
}

const fill = (source: Policy) => ({ ...complete.fill(source), shipped: isShipped(source), inWords: explain(source), commonReadings });

export const operations: Operations = {
  "GET /v1/policies": list,
  "GET /v1/policies/{policyId}": one,
  "GET /v1/policies/{policyId}/versions/{version}": version,
  "PUT /v1/policies/{policyId}/versions/{version}": publish,
  "GET /v1/schemas/policy.json": schema,
};

export const handler = serve(operations);
