/**
 * "Does this notice count?" Notices as they came in, each ruled on by the day on which it was received. A notice is a
 * fact: what it brings about is derived from it, and a withdrawn one counts as never received.
 */
import * as z from "zod";
import { byId } from "../domain/dossier.ts";
import { type Dossier, identifier, instant, notice, type RecordedNotice } from "../domain/facts.ts";
import { noticeRuling } from "../domain/questions/answers.ts";
import { type NoticeRuling, ruleNotice } from "../domain/questions/notice.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { concurrently } from "./http/concurrently.ts";
import { refuseContradictions } from "./http/contradictions.ts";
import { engineVersion } from "./http/engine-version.ts";
import { withEveryField } from "./http/every-field.ts";
import { madeId } from "./http/id-shapes.ts";
import { newId } from "./http/ids.ts";
import { accountNotFound, contractOf, factsOf, knownFactsOf } from "./http/known-facts.ts";
import { asOf, knownAt, timesQuery } from "./http/moment-shapes.ts";
import { asOfFrom, knownAtFrom, knownNow } from "./http/moments.ts";
import { answer, type Call, type Operations, operation, replyOf } from "./http/operation.ts";
import { cursorAfter, listOf, pageOf, pageQuery, pageThrough } from "./http/paging.ts";
import { notFound } from "./http/problem.ts";
import { serve } from "./http/serve.ts";
import type { Current, Snapshot } from "./store/store.ts";

const tag = "Notices";

/** What was received, with every field, in front of the ruling. */
const received = withEveryField(notice, "ReceivedNotice");

const noticeAnswer = z
  .strictObject({
    id: madeId("ntc").nullable().meta({ description: "Null in a preview: nothing was stored." }),
    accountId: identifier,
    contractId: identifier,
    ...(received.schema as z.ZodObject).shape,
    ...noticeRuling.shape,
    withdrawn: z.boolean(),
    withdrawnAt: instant.nullable(),
    asOf,
    knownAt: instant,
    decidedAt: instant,
    factsDigest: z.string(),
    engineVersion: z.string(),
  })
  .meta({
    id: "Notice",
    description: "A notice with its ruling. The ruling is kept as it was made; `withdrawn` is as it stands, and a withdrawn notice has no effect.",
  });

const contractParams = z.strictObject({ accountId: identifier, contractId: identifier });
const recordRequest = notice.extend({ asOf: asOf.optional() }).meta({ id: "NoticeToRecord" });
const previewRequest = recordRequest.extend({ knownAt: knownAt.optional() }).meta({ id: "NoticeToPreview" });

const create = operation({
  summary: "Record a notice, and rule on it",
  description: "The day of receipt decides, whenever it is recorded. A ruling is an answer: a late notice is recorded too.",
  tag,
  params: contractParams,
  body: recordRequest,
  idempotency: "required",
  answers: { 201: noticeAnswer },
  async run(call) {
    const { accountId, contractId } = call.params;
    const { asOf, ...notice } = call.body;
    const id = newId("ntc", call.now);
    const { answer: given } = await call.store.change(
      { accountId },
      {
        operationId: newId("op", call.now),
        by: call.caller,
        decide(current) {
          const snapshot = snapshotOf(current, accountId);
          contractOf(snapshot.dossier, contractId);
          refuseContradictions(`notices/${id}`, { ...notice, contractId }, current);
          const ruled = ruleOn(snapshot, { ...notice, noticeId: id, contractId }, { id, asOf, knownAt: knownNow(snapshot), now: call.now });
          const given = answer(201, ruled, { location: `/v1/accounts/${accountId}/contracts/${contractId}/notices/${id}` });
          const question = { notice, contractId, asOf: asOfFrom(asOf, call.now) };
          const stored = {
            kind: "notice" as const,
            id,
            accountId,
            caseId: null,
            recordedAt: call.now,
            question,
            answer: given.json,
            versions: current.versions,
          };
          const data = { noticeId: id, contractId, kind: notice.kind, ruling: ruled.ruling, effectiveOn: ruled.effectiveOn };
          const reply = replyOf(call, given);
          return {
            writes: [{ path: `notices/${id}`, value: { ...notice, contractId } }],
            records: [stored],
            events: [{ id: newId("evt", call.now), type: "notice.ruled", subject: accountId, time: call.now, data }],
            ...(reply && { reply }),
            answer: given,
          };
        },
      },
    );
    return given;
  },
});

const preview = operation({
  summary: "Rule on a notice without recording it",
  tag,
  params: contractParams,
  body: previewRequest,
  answers: { 200: noticeAnswer },
  async run(call) {
    const { accountId, contractId } = call.params;
    const { asOf, knownAt, ...notice } = call.body;
    const known = knownAtFrom(knownAt, call.now, "body");
    const snapshot = await factsOf(call, accountId, known);
    contractOf(snapshot.dossier, contractId);
    refuseContradictions("notices/new", { ...notice, contractId }, snapshot);
    const about = { id: null, asOf, knownAt: known ?? knownNow(snapshot), now: call.now };
    return answer(200, ruleOn(snapshot, { ...notice, noticeId: "new", contractId }, about));
  },
});

/** A notice can be named with its contract, as where it was posted, or without. */
const withContract = z.strictObject({ accountId: identifier, contractId: identifier, noticeId: madeId("ntc") });
const withoutContract = z.strictObject({ accountId: identifier, noticeId: madeId("ntc") });
interface NoticeParams {
  accountId: string;
  contractId?: string;
  noticeId: string;
}

const get = (params: z.ZodObject & z.ZodType<NoticeParams>) =>
  operation({
    summary: "Read a notice with its ruling",
    tag,
    params,
    query: timesQuery,
    answers: { 200: noticeAnswer },
    async run(call) {
      const { params, query, now } = call;
      const snapshot = await factsOf(call, params.accountId, knownAtFrom(query.knownAt, now, "query"));
      return answer(200, await asItStands(call, snapshot, noticeIn(snapshot.dossier, params)));
    },
  });

const withdraw = (params: z.ZodObject & z.ZodType<NoticeParams>) =>
  operation({
    summary: "Withdraw a notice",
    description: "From now on it counts as never received. Its ruling stays, its effect does not; an earlier `knownAt` still sees it count.",
    tag,
    params,
    body: z.strictObject({}).optional(),
    idempotency: "accepted",
    answers: { 200: noticeAnswer },
    async run(call) {
      const { accountId, noticeId } = call.params;
      const before = await factsOf(call, accountId, null);
      const stands = await asItStands(call, before, noticeIn(before.dossier, call.params));
      const { answer: given } = await call.store.change(
        { accountId },
        {
          operationId: newId("op", call.now),
          by: call.caller,
          decide(current) {
            const { noticeId: _, ...fact } = noticeIn(snapshotOf(current, accountId).dossier, call.params);
            // Withdrawn again, it was still withdrawn the first time.
            const value = fact.withdrawn === true ? fact : { ...fact, withdrawn: true, withdrawnAt: formatInstant(call.now) };
            const given = answer(200, asWithdrawn(stands, value));
            const reply = replyOf(call, given);
            return { writes: [{ path: `notices/${noticeId}`, value }], ...(reply && { reply }), answer: given };
          },
        },
      );
      return given;
    },
  });

const list = operation({
  summary: "List an account's notices, newest first",
  tag,
  params: z.strictObject({ accountId: identifier }),
  query: pageQuery,
  answers: { 200: listOf(noticeAnswer) },
  async run(call) {
    const named = `notices of account ${call.params.accountId}`;
    const page = pageOf(call.query, named);
    const snapshot = await factsOf(call, call.params.accountId, null);
    const { items, after } = pageThrough(snapshot.dossier.notices.toReversed(), ({ noticeId }) => noticeId, page, "descending");
    return answer(200, { items: await concurrently(16, items, (one) => asItStands(call, snapshot, one)), nextCursor: cursorAfter(after, named) });
  },
});

type NoticeAnswer = NoticeRuling & Record<string, unknown>;

interface About {
  id: string | null;
  asOf: string | undefined;
  /** Milliseconds, as is `now`. */
  knownAt: number;
  now: number;
}

function ruleOn(
  snapshot: Pick<Snapshot, "dossier" | "catalog" | "factsDigest">,
  recorded: RecordedNotice,
  { id, asOf, knownAt, now }: About,
): NoticeAnswer {
  const { noticeId: _, contractId, withdrawn: _withdrawn, withdrawnAt: _withdrawnAt, ...notice } = recorded;
  const ruling = ruleNotice(knownFactsOf(snapshot), contractId, recorded, asOfFrom(asOf, now));
  return {
    id,
    accountId: snapshot.dossier.accountId,
    contractId,
    ...received.fill(notice),
    ...ruling,
    withdrawn: false,
    withdrawnAt: null,
    asOf: asOf ?? formatInstant(now),
    knownAt: formatInstant(knownAt),
    decidedAt: formatInstant(now),
    factsDigest: snapshot.factsDigest,
    engineVersion,
  };
}

/** The ruling as it was made; one that was recorded with the facts and never answered is made now. */
async function asItStands(call: Call, snapshot: Snapshot, recorded: RecordedNotice): Promise<NoticeAnswer> {
  const record = await call.store.getRecord("notice", recorded.noticeId);
  const made =
    record !== null
      ? { ...JSON.parse(record.answer), withdrawn: false, withdrawnAt: null }
      : ruleOn(snapshot, recorded, { id: recorded.noticeId, asOf: undefined, knownAt: knownNow(snapshot), now: call.now });
  return recorded.withdrawn === true ? asWithdrawn(made, recorded) : made;
}

/** A withdrawn notice counts as never received: what it would have brought about does not come. */
const asWithdrawn = (made: NoticeAnswer, { withdrawnAt = null }: { withdrawnAt?: string | null }): NoticeAnswer => ({
  ...made,
  effect: `No effect any more: withdrawn${withdrawnAt === null ? "" : ` at ${withdrawnAt}`}; it counts as never received.`,
  effectiveOn: null,
  withdrawn: true,
  withdrawnAt,
});

function noticeIn(dossier: Dossier, { contractId, noticeId }: NoticeParams): RecordedNotice {
  const found = byId(dossier.notices, "noticeId", noticeId);
  if (found === undefined || (contractId !== undefined && found.contractId !== contractId)) throw notFound("notice", "noticeId", noticeId);
  return found;
}

function snapshotOf(current: Current, accountId: string): Pick<Snapshot, "dossier" | "catalog" | "factsDigest" | "recordedAt"> {
  if (current.dossier === null) throw accountNotFound(accountId);
  return { ...current, dossier: current.dossier };
}

const underContract = "/v1/accounts/{accountId}/contracts/{contractId}/notices" as const;
const underAccount = "/v1/accounts/{accountId}/notices" as const;

export const operations: Operations = {
  [`POST ${underContract}`]: create,
  [`POST ${underContract}/preview`]: preview,
  [`GET ${underContract}/{noticeId}`]: get(withContract),
  [`POST ${underContract}/{noticeId}/withdraw`]: withdraw(withContract),
  [`GET ${underAccount}`]: list,
  [`GET ${underAccount}/{noticeId}`]: get(withoutContract),
  [`POST ${underAccount}/{noticeId}/withdraw`]: withdraw(withoutContract),
};

export const handler = serve(operations);
