/**
 * Two times on every read and question: what is asked by what was known before a change is answered as before it, to the
 * byte (P12), while it is answered otherwise now; nobody can ask by what will be known. A route that does not take the
 * two times is listed here with its reason, so that a new one has to be thought about.
 */
import { beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import type { Operation } from "../../../functions/http/operation.ts";
import { northwindJson } from "../../northwind.ts";
import { documents, newKey, writeExample } from "./example.ts";
import { quoteMade, reinstatement, writeLapsed } from "./quotes-example.ts";
import { type Response, routes, type Service, startService } from "./service.ts";

const account = "/v1/accounts/acme";
const chf = (amount: string) => ({ amount, currency: "CHF" });

let service: Service;
/** What there is by id before the change. */
const made = { decision: "", quote: "", notice: "", exception: "" };
/** When everything was written that is asked about, and nothing yet of what changes it. */
let before: string;
const answered = new Map<string, string>();

type Ask = (knownAt?: string) => Promise<Response>;
const get =
  (target: () => string): Ask =>
  (knownAt) =>
    service.send("GET", `${target()}?asOf=2026-12-01${knownAt === undefined ? "" : `&knownAt=${knownAt}`}`);
const post =
  (target: () => string, body: object): Ask =>
  (knownAt) =>
    service.send("POST", target(), { ...body, knownAt }, newKey());

const policyAsked = { policyId: "northwind-support", asOf: "2026-12-01" };
const batch: Ask = (knownAt) => service.send("POST", "/v1/entitlement-checks/batch", { items: [{ ...documents.check, knownAt }] });

/** How each read and question is asked. */
const questions: Record<string, Ask> = {
  "GET /v1/accounts/{accountId}": get(() => account),
  "GET /v1/accounts/{accountId}/facts": get(() => `${account}/facts`),
  "GET /v1/accounts/{accountId}/licenses/{licenseId}": get(() => `${account}/licenses/l-1`),
  "GET /v1/accounts/{accountId}/premises/{premisesId}": get(() => `${account}/premises/hq`),
  "GET /v1/accounts/{accountId}/contracts/{contractId}": get(() => `${account}/contracts/c-1`),
  "GET /v1/accounts/{accountId}/contracts/{contractId}/lines/{licenseId}": get(() => `${account}/contracts/c-1/lines/l-1`),
  "GET /v1/accounts/{accountId}/contacts/{contactId}": get(() => `${account}/contacts/jmeier`),
  "GET /v1/accounts/{accountId}/invoices/{invoiceId}": get(() => `${account}/invoices/inv-7`),
  "GET /v1/accounts/{accountId}/invoices/{invoiceId}/payments/{paymentId}": get(() => `${account}/invoices/inv-7/payments/p-1`),
  "GET /v1/products/{productId}": get(() => "/v1/products/qs-analyzer"),
  "GET /v1/price-lists/{priceListId}": get(() => "/v1/price-lists/pl-2026"),
  "POST /v1/entitlement-checks": post(() => "/v1/entitlement-checks", documents.check),
  "POST /v1/entitlement-checks/preview": post(() => "/v1/entitlement-checks/preview", documents.check),
  "POST /v1/entitlement-checks/batch": batch,
  "POST /v1/decisions/{decisionId}/replay": post(() => `/v1/decisions/${made.decision}/replay`, {}),
  "POST /v1/contact-checks": post(() => "/v1/contact-checks", documents.contactCheck),
  "POST /v1/severity-assessments": post(() => "/v1/severity-assessments", { ...policyAsked, impact: {} }),
  "POST /v1/case-closure-checks": post(() => "/v1/case-closure-checks", { ...documents.closure, ...policyAsked }),
  "GET /v1/accounts/{accountId}/standing": get(() => `${account}/standing`),
  "GET /v1/accounts/{accountId}/contracts/{contractId}/renewal": get(() => `${account}/contracts/c-1/renewal`),
  "POST /v1/accounts/{accountId}/contracts/{contractId}/notices/preview": post(() => `${account}/contracts/c-1/notices/preview`, {
    ...documents.notice,
    asOf: "2026-12-01",
  }),
  "GET /v1/accounts/{accountId}/contracts/{contractId}/notices/{noticeId}": get(() => `${account}/contracts/c-1/notices/${made.notice}`),
  "GET /v1/accounts/{accountId}/notices/{noticeId}": get(() => `${account}/notices/${made.notice}`),
  "POST /v1/quotes": post(() => "/v1/quotes", reinstatement("lapsed")),
  "POST /v1/quotes/preview": post(() => "/v1/quotes/preview", reinstatement("lapsed")),
  "GET /v1/quotes/{quoteId}": get(() => `/v1/quotes/${made.quote}`),
  "POST /v1/quotes/{quoteId}/replay": post(() => `/v1/quotes/${made.quote}/replay`, {}),
  "GET /v1/accounts/{accountId}/exceptions/{exceptionId}": get(() => `${account}/exceptions/${made.exception}`),
  "GET /v1/policies/{policyId}": get(() => "/v1/policies/northwind-support"),
  // A version that was published stays as it is: this one was not there yet.
  "GET /v1/policies/{policyId}/versions/{version}": get(() => "/v1/policies/northwind-support/versions/2026-07"),
};

/** Those that take the two times and answer the same whatever is known: why. */
const unchanging: Record<string, string> = {
  "GET /v1/decisions/{decisionId}": "a stored decision is always returned as it was",
};

/** Those that do not take them. Writes say what is known from now on. */
const reasons = {
  "lists and exports answer as of now":
    /^GET .*\/(?:accounts|licenses|premises|contracts|contacts|invoices|products|price-lists|decisions|notices|quotes|exceptions|policies|imports|rows|events|deadlines(?:\.\w+)?|\w+\.csv)$/,
  "a fact or an effect is recorded now": /^(?:PUT|DELETE) |^POST .*\/(?:notices|withdraw|accept|void|exceptions|imports|commit|revert|sweeps|jobs)$/,
  "it is about the service, or about work that it does":
    /^GET \/(?:docs|v1\/(?:health|openapi\.json|schemas|imports\/\{importId\}$|sweeps))|^\$default$/,
};

function takesBoth({ query, body }: Operation): boolean {
  const shapes = [query, ...alternatives(body)].map((schema) => Object.keys((schema as z.ZodObject | undefined)?.shape ?? {}));
  return shapes.some((names) => names.includes("asOf") && names.includes("knownAt"));
}

function alternatives(body: Operation["body"]): Operation["body"][] {
  const source = body as { options?: z.ZodType[]; unwrap?: () => z.ZodType; shape?: object } | undefined;
  if (source?.options !== undefined) return source.options;
  return source?.shape === undefined && source?.unwrap !== undefined ? [source.unwrap()] : [body];
}

test("every route takes the two times and is tried here, or is listed with its reason", () => {
  const tried = new Set([...Object.keys(questions), ...Object.keys(unchanging)]);
  for (const [routeKey, operation] of routes) {
    const why = Object.entries(reasons).filter(([, pattern]) => pattern.test(routeKey));
    // A batch takes them in its items.
    const both = takesBoth(operation) || routeKey === "POST /v1/entitlement-checks/batch";
    expect({ routeKey, both, tried: tried.has(routeKey), why: why.length > 0 }).toEqual({ routeKey, both, tried: both, why: !both });
  }
});

/** Less the ids of what an answer stored, and when it was made. */
function lasting({ status, text }: Response): string {
  return `${status} ${text.replace(/"(?:decidedAt|requestId)":"[^"]*"/g, "").replace(/\b(?:chk|qt)_[0-9A-Z]{26}\b/g, "")}`;
}

beforeAll(async () => {
  service = await startService();
  const send = async (method: string, target: string, body?: object) => {
    const response = await service.send(method, target, body, method === "POST" ? newKey() : {});
    if (response.status >= 300) throw new Error(`${method} ${target} answered ${response.status}: ${response.text}`);
    return response.body;
  };
  await writeExample(service);
  await send("PUT", "/v1/policies/northwind-support/versions/2026-01", northwindJson());
  await send("PUT", `${account}/invoices/inv-7/payments/p-1`, documents.payment);
  await writeLapsed(service, "lapsed");
  made.decision = (await send("POST", "/v1/entitlement-checks", documents.check)).id;
  made.notice = (await send("POST", `${account}/contracts/c-1/notices`, documents.notice)).id;
  made.exception = (await send("POST", "/v1/exceptions", documents.exception)).exceptionId;
  made.quote = (await quoteMade(service, reinstatement("lapsed"))).body.id;
  before = new Date(service.clock.now).toISOString();
  service.clock.now += 60_000;
  for (const [routeKey, ask] of Object.entries(questions)) answered.set(routeKey, lasting(await ask(before)));

  service.clock.now += 3_600_000;
  await send("PUT", "/v1/products/qs-analyzer", { ...documents.product, productLine: "Other" });
  await send("PUT", "/v1/price-lists/pl-2026", { ...documents.priceList, items: [{ productId: "qs-analyzer", annualFeePerSeat: chf("250.00") }] });
  await send("PUT", "/v1/policies/northwind-support/versions/2026-07", { ...northwindJson(), version: "2026-07", effectiveFrom: "2026-07-01" });
  await send("POST", `${account}/notices/${made.notice}/withdraw`);
  await send("DELETE", `${account}/exceptions/${made.exception}`);
  await send("PUT", account, { ...documents.account, name: "Acme Holding" });
  await send("PUT", `${account}/licenses/l-1`, { ...documents.license, seats: 11 });
  await send("PUT", `${account}/premises/hq`, { ...documents.premises, name: "Moved" });
  await send("PUT", `${account}/contracts/c-1/lines/l-1`, { annualFee: chf("1500.00") });
  await send("PUT", `${account}/contacts/jmeier`, { ...documents.contact, role: "none" });
  await send("PUT", `${account}/invoices/inv-7/payments/p-1`, { ...documents.payment, amount: chf("450.00") });
  await send("PUT", "/v1/accounts/lapsed/contracts/c-1/lines/l-1", { annualFee: chf("9000.00") });
  await send("POST", `/v1/quotes/${made.quote}/void`, { reason: "wrong fee" });
  service.clock.now += 60_000;
});

describe.each(Object.entries(questions))("%s", (routeKey, ask) => {
  test("by what was known before the changes is answered as before them, and otherwise now", async () => {
    expect(lasting(await ask(before))).toBe(answered.get(routeKey));
    expect(lasting(await ask())).not.toBe(answered.get(routeKey));
  });

  test("by what will be known is refused", async () => {
    const { body } = await ask("2030-01-01T00:00:00Z");
    const problem = routeKey === "POST /v1/entitlement-checks/batch" ? body.items[0] : body;
    const pointer = routeKey === "POST /v1/entitlement-checks/batch" ? "/items/0/knownAt" : "/knownAt";
    expect(problem).toMatchObject({ status: 400, code: "known-at-in-future", errors: [{ pointer }] });
  });
});

test.each(Object.entries(unchanging))("%s: %s", async () => {
  const read = (query: string) => service.send("GET", `/v1/decisions/${made.decision}${query}`);
  const now = await read("");
  expect(now.status).toBe(200);
  for (const query of [`?knownAt=${before}`, "?asOf=2020-01-01", "?knownAt=2020-01-01"]) expect((await read(query)).text).toBe(now.text);
  expect((await read("?knownAt=2030-01-01")).body).toMatchObject({ status: 400, code: "known-at-in-future" });
});
