/**
 * Requests that mean harm, or were made by a program with a fault, on every route: each is refused with a 4xx that says
 * where, none is a fault of ours, none is taken for something else, and nothing of any is stored.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Operation } from "../../../functions/http/operation.ts";
import { northwindJson } from "../../northwind.ts";
import { documents, newKey, writeExample } from "./example.ts";
import { routes, type Service, startService } from "./service.ts";

let service: Service;
let before: unknown;
beforeAll(async () => {
  service = await startService();
  await writeExample(service);
  before = await everything();
});
afterAll(async () => {
  expect(await everything(), "nothing of a refused request was stored").toEqual(before);
});

const account = "/v1/accounts/acme";

/** All that there is to be changed. */
async function everything() {
  const paths = [
    `${account}/facts`,
    `${account}/decisions`,
    `${account}/quotes`,
    `${account}/exceptions`,
    `${account}/notices`,
    "/v1/products",
    "/v1/price-lists",
    "/v1/policies",
    "/v1/accounts",
  ];
  const answers = await Promise.all(paths.map((path) => service.send("GET", path)));
  return answers.map(({ body: { knownAt: _, ...body } }) => body);
}

/** A good request for each route that takes a body: what is changed in it is what is refused. */
const good: Record<string, [target: string, body: object]> = {
  "PUT /v1/products/{productId}": ["/v1/products/x", documents.product],
  "PUT /v1/price-lists/{priceListId}": ["/v1/price-lists/x", documents.priceList],
  "PUT /v1/accounts/{accountId}": ["/v1/accounts/x", documents.account],
  "PUT /v1/accounts/{accountId}/licenses/{licenseId}": [
    `${account}/licenses/x`,
    { ...documents.license, soldBy: { reseller: "Resell" }, retiredOn: "2026-06-30" },
  ],
  "PUT /v1/accounts/{accountId}/premises/{premisesId}": [`${account}/premises/x`, documents.premises],
  "PUT /v1/accounts/{accountId}/contracts/{contractId}": [`${account}/contracts/x`, documents.contract],
  "PUT /v1/accounts/{accountId}/contracts/{contractId}/lines/{licenseId}": [`${account}/contracts/c-1/lines/x`, documents.line],
  "PUT /v1/accounts/{accountId}/contacts/{contactId}": [
    `${account}/contacts/x`,
    { ...documents.contact, licenseIds: ["l-1"], registeredInPortal: true },
  ],
  "PUT /v1/accounts/{accountId}/invoices/{invoiceId}": [
    `${account}/invoices/x`,
    { ...documents.invoice, payments: [documents.payment], disputed: false },
  ],
  "PUT /v1/accounts/{accountId}/invoices/{invoiceId}/payments/{paymentId}": [`${account}/invoices/inv-7/payments/x`, documents.payment],
  "POST /v1/entitlement-checks": [
    "/v1/entitlement-checks",
    { ...documents.check, request: { ...documents.check.request, issues: 1, filedAt: "2026-03-02T09:00:00Z", attestations: { access: true } } },
  ],
  "POST /v1/entitlement-checks/preview": ["/v1/entitlement-checks/preview", documents.check],
  "POST /v1/entitlement-checks/batch": ["/v1/entitlement-checks/batch", { items: [] }],
  "POST /v1/decisions/{decisionId}/replay": ["/v1/decisions/x/replay", { asOf: "2026-03-02T12:00:00Z", knownAt: "2026-11-21T00:00:00Z" }],
  "POST /v1/quotes/{quoteId}/replay": ["/v1/quotes/x/replay", { asOf: "2026-03-02T12:00:00Z", knownAt: "2026-11-21T00:00:00Z" }],
  "POST /v1/accounts/{accountId}/contracts/{contractId}/notices": [
    `${account}/contracts/c-1/notices`,
    { ...documents.notice, sentAt: "2026-11-15T09:00:00Z" },
  ],
  "POST /v1/accounts/{accountId}/contracts/{contractId}/notices/preview": [`${account}/contracts/c-1/notices/preview`, documents.notice],
  "POST /v1/accounts/{accountId}/contracts/{contractId}/notices/{noticeId}/withdraw": [`${account}/contracts/c-1/notices/x/withdraw`, {}],
  "POST /v1/accounts/{accountId}/notices/{noticeId}/withdraw": [`${account}/notices/x/withdraw`, {}],
  "POST /v1/contact-checks": [
    "/v1/contact-checks",
    {
      ...documents.contactCheck,
      asOf: "2026-03-02T12:00:00Z",
      knownAt: "2026-11-21T00:00:00Z",
      contact: { ...documents.contactCheck.contact, premisesIds: ["hq"] },
    },
  ],
  "POST /v1/severity-assessments": [
    "/v1/severity-assessments",
    {
      ...documents.severity,
      asOf: "2026-03-02T12:00:00Z",
      knownAt: "2026-11-21T00:00:00Z",
      impact: {
        ...documents.severity.impact,
        outsideVendorControl: false,
        majorFunctionImpacted: false,
        performanceDegraded: false,
        businessLoss: false,
        workaroundKnown: false,
        question: false,
        newFunction: false,
      },
    },
  ],
  "POST /v1/case-closure-checks": [
    "/v1/case-closure-checks",
    {
      ...documents.closure,
      asOf: "2026-03-02T12:00:00Z",
      firstUnansweredAt: "2026-03-02T09:00:00Z",
      agreedInWritingOn: "2026-03-05",
      updateProvidedOn: "2026-03-05",
      workaroundOn: "2026-03-05",
      customerAskedToCloseOn: "2026-03-05",
    },
  ],
  "POST /v1/imports": ["/v1/imports", { kind: "contracts" }],
  "POST /v1/quotes": ["/v1/quotes", documents.quote],
  "POST /v1/quotes/preview": ["/v1/quotes/preview", documents.quote],
  "POST /v1/quotes/{quoteId}/accept": ["/v1/quotes/none/accept", { paidOn: "2026-07-01" }],
  "POST /v1/quotes/{quoteId}/void": ["/v1/quotes/none/void", { reason: "another offer was made" }],
  "POST /v1/exceptions": ["/v1/exceptions", documents.exception],
  "POST /v1/sweeps": ["/v1/sweeps", { asOf: "2026-11-22T12:00:00Z" }],
  "PUT /v1/policies/{policyId}/versions/{version}": ["/v1/policies/northwind-support/versions/2026-01", northwindJson()],
};

const withBody = routes.filter(([, operation]) => operation.body !== undefined);

test("every route that takes a body is tried", () => {
  expect(Object.keys(good).sort()).toEqual(withBody.map(([routeKey]) => routeKey).sort());
});

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const withMember = (body: object, member: string) =>
  JSON.stringify(body).replace(/^\{/, body && Object.keys(body).length > 0 ? `{${member},` : `{${member}`);

/** Texts that are no good body anywhere, with the status and the code they deserve. */
const hostileTexts: [what: string, text: (body: object) => string, status: number, code: string][] = [
  ["cut off", (body) => JSON.stringify(body).slice(0, -1), 400, "malformed-json"],
  ["not JSON", () => "{kind: error}", 400, "malformed-json"],
  ["NaN", (body) => withMember(body, '"x":NaN'), 400, "malformed-json"],
  ["a byte order mark", (body) => `\ufeff${JSON.stringify(body)}`, 400, "malformed-body"],
  ["NUL", (body) => `${JSON.stringify(body)}\u0000`, 400, "malformed-body"],
  ["half a surrogate pair", (body) => withMember(body, '"x":"\ud800"'), 400, "malformed-body"],
  ["half a surrogate pair, escaped", (body) => withMember(body, String.raw`"x":"\ud800"`), 400, "invalid-request"],
  ["null", () => "null", 400, "invalid-request"],
  ["a list", (body) => JSON.stringify([body]), 400, "invalid-request"],
  ["a string", () => '"x"', 400, "invalid-request"],
  ["a number", () => "-0", 400, "invalid-request"],
  ["an unknown field", (body) => withMember(body, '"unknown":1'), 400, "invalid-request"],
  ["a prototype", (body) => withMember(body, '"__proto__":{"kind":"error"}'), 400, "invalid-request"],
  ["a constructor", (body) => withMember(body, '"constructor":{"prototype":{}}'), 400, "invalid-request"],
  ["one name twice", (body) => withMember(body, '"x":1,"x":2'), 400, "duplicate-key"],
  ["one name twice, as null", (body) => withMember(body, '"x":null,"x":null'), 400, "duplicate-key"],
  ["33 levels", (body) => withMember(body, `"x":${deep(32)}`), 400, "nested-too-deep"],
  ["50,000 levels", (body) => withMember(body, `"x":${deep(50_000)}`), 400, "nested-too-deep"],
  ["a million items", () => `{"items":[${"0,".repeat(400_000)}0],"lines":[]}`, 400, "invalid-request"],
  ["more than a mebibyte", (body) => withMember(body, `"x":"${"x".repeat(1_048_576)}"`), 413, "body-too-large"],
];

describe.each(withBody.map(([routeKey]) => routeKey))("%s", (routeKey) => {
  const [target, body] = good[routeKey] as [string, object];
  const [method] = routeKey.split(" ") as [string];

  test.each(hostileTexts)("%s", async (_, text, status, code) => {
    expect((await service.sendText(method, target, text(body), newKey())).body).toMatchObject({ status, code });
  });

  test("another kind of content, another character set", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "multipart/form-data"]) {
      expect((await service.send(method, target, body, { ...newKey(), "content-type": type })).body).toMatchObject({
        status: 415,
        code: "unsupported-media-type",
      });
    }
  });

  test("no body at all, where one is needed", async () => {
    const { status, body } = await service.sendText(method, target, "", newKey());
    // What these are to work on is not there; a sweep of now needs to be told nothing.
    if (routeKey.endsWith("replay") || routeKey.endsWith("withdraw")) expect(status).toBe(404);
    else if (routeKey.endsWith("sweeps")) expect(body).toMatchObject({ finished: true });
    else expect(body).toMatchObject({ status: 400, code: "body-missing" });
  });

  test("an unknown question in the query", async () => {
    expect((await service.send(method, `${target}?dryRun=true`, body, newKey())).body).toMatchObject({
      status: 400,
      errors: [{ in: "query", pointer: "/dryRun" }],
    });
  });

  test.each(leavesOf(body))("another kind of value at %s", async (pointer, value) => {
    for (const other of othersFor(pointer, value)) {
      const { body: problem } = await service.sendText(method, target, replaced(body, pointer, other), newKey());
      // An empty text may also be one that the policy does not know.
      const status = other === '""' && problem.status === 422 ? 422 : 400;
      expect(problem, `${pointer} = ${other.slice(0, 60)}`).toMatchObject({
        status,
        errors: [{ in: "body", pointer: expect.stringMatching(new RegExp(`^${pointer}(/|$)`)) }],
      });
    }
  });
});

/** Every value in the document that is no object and no list, with its pointer. */
function leavesOf(value: unknown, pointer = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[pointer, value]];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, `${pointer}/${key}`));
}

/** JSON texts that must not be taken where this value stands. */
function othersFor(pointer: string, value: unknown): string[] {
  const never = ["[]", "{}", "-0", "1e21", "-1.5", '"\\u0000"', '"\\udfff"', '""'];
  // Zero days of notice may be agreed, and minus zero is zero.
  const neverThere = /(?:noticeDays|asisPoints)$/.test(pointer) ? never.filter((other) => other !== "-0") : never;
  if (typeof value === "number") return [...neverThere, '"1"', '"NaN"', "true", "9007199254740993", "2.5"];
  if (typeof value === "boolean") return [...never, '"true"', "1"];
  const text = value as string;
  if (/^\d{4}-\d\d-\d\d$/.test(text))
    return [
      ...never,
      '"2025-02-30"',
      '"2023-02-29"',
      '"2025-13-01"',
      '"2025-1-1"',
      '"0000-01-01"',
      '"+012025-01-01"',
      '"2026-03-01T00:00:00Z"',
      '" 2026-03-01"',
    ];
  if (/T.*Z$/.test(text))
    return [
      ...never,
      '"2025-02-30T00:00:00Z"',
      '"2026-03-01T24:00:00Z"',
      '"2026-03-01T09:30:00"',
      '"2026-03-01T09:30:00+01:00"',
      '"2026-03-01 09:30:00Z"',
    ];
  if (pointer.endsWith("/amount"))
    return [...never, '"1"', '"1.0"', '"1.000"', '"-1.00"', '"1e3"', '"NaN"', '"1,00"', '" 1.00"', '"0x1.00"', '"٣.00"', `"${"9".repeat(60)}.00"`];
  if (text === "CHF") return [...never, '"chf"', '"XXX"', '"CHFF"', '"constructor"'];
  return [...never, `"${"x".repeat(5_000)}"`];
}

function replaced(body: object, pointer: string, text: string): string {
  const parts = pointer.split("/").slice(1);
  const last = parts.pop() as string;
  const copy = structuredClone(body);
  const holder = parts.reduce((value, part) => (value as Record<string, unknown>)[part], copy as unknown) as Record<string, unknown>;
  holder[last] = "@@";
  return JSON.stringify(copy).replace('"@@"', () => text);
}

describe("ids in the path", () => {
  const withParams = routes.filter(([, { params }]: [string, Operation]) => params !== undefined);
  const bad = ["x".repeat(129), "%2F", "a%2Fb", "%00", "a%20b", "%F0%9F%9C%81", "a%25", "a+b", "@", "~", "a;b", "a,b", "{accountId}"];

  test.each(withParams.map(([routeKey]) => routeKey))("%s", async (routeKey) => {
    const [method, path] = routeKey.split(" ") as [string, string];
    const body = good[routeKey]?.[1];
    const parameters = path.match(/\{\w+\}/g) ?? [];
    for (const parameter of parameters) {
      if (parameter === "{version}") continue;
      for (const id of bad) {
        const target = path.replaceAll(/\{\w+\}/g, (other) => (other === parameter ? id : "acme"));
        const { body: problem } = await service.send(method, target, body, newKey());
        expect(problem, `${method} ${target}`).toMatchObject({ status: 400, errors: [{ in: "path", pointer: `/${parameter.slice(1, -1)}` }] });
      }
    }
  });

  test.each(["x".repeat(128), "a", "A-Z.a_z:0", "__proto__", "constructor", "toString", "-", "..."])("%s is an id like any other", async (id) => {
    const path = `/v1/products/${id}`;
    expect((await service.send("GET", path)).status).toBe(404);
    expect((await service.send("PUT", path, documents.product)).status).toBe(201);
    expect((await service.send("GET", path)).body.productId).toBe(id);
    expect((await service.send("GET", "/v1/products?limit=100")).body.items.map(({ productId }: { productId: string }) => productId)).toContain(id);
    expect((await service.send("DELETE", path)).status).toBe(204);
  });

  test("spelled with percent signs is the same id", async () => {
    expect((await service.send("GET", "/v1/accounts/%61cme")).body.accountId).toBe("acme");
  });
});

describe("queries", () => {
  test.each([
    ["/v1/products?limit=0", "/limit"],
    ["/v1/products?limit=101", "/limit"],
    ["/v1/products?limit=-1", "/limit"],
    ["/v1/products?limit=1e1", "/limit"],
    ["/v1/products?limit=2.0", "/limit"],
    ["/v1/products?limit=NaN", "/limit"],
    ["/v1/products?limit=1&limit=2", "/limit"],
    ["/v1/products?offset=1", "/offset"],
    ["/v1/products?__proto__=1", "/__proto__"],
    ["/v1/products?%zz=1", "/"],
    ["/v1/products?cursor=%ff", "/cursor"],
    ["/v1/accounts?q=%00", "/q"],
    [`/v1/accounts?q=${"x".repeat(201)}`, "/q"],
    ["/v1/accounts?status=asleep", "/status"],
    ["/v1/accounts?policyId=a/b", "/policyId"],
    [`${account}?asOf=2025-02-30`, "/asOf"],
    [`${account}?asOf=yesterday`, "/asOf"],
    [`${account}?knownAt=2026-01-01T00:00:00`, "/knownAt"],
    [`${account}/licenses?asOf=2026-01-01`, "/asOf"],
    [`${account}/standing?limit=1`, "/limit"],
    ["/v1/decisions?caseId=a%20b", "/caseId"],
    ["/v1/health?verbose=1", "/verbose"],
  ])("%s", async (target, pointer) => {
    expect((await service.send("GET", target)).body).toMatchObject({ status: 400, errors: [{ in: "query", pointer }] });
  });

  test("an empty value equals absent", async () => {
    expect((await service.send("GET", "/v1/accounts?q=&policyId=&status=&limit=&cursor=")).status).toBe(200);
  });
});

describe("cursors", () => {
  test("belong to one list, and to nobody's hand", async () => {
    const { body } = await service.send("GET", `${account}/licenses?limit=1`);
    const cursor: string = body.nextCursor;
    expect((await service.send("GET", `${account}/licenses?limit=1&cursor=${cursor}`)).body.items).toMatchObject([{ licenseId: "l-2" }]);
    const foreign = [
      `${account}/contracts`,
      "/v1/products",
      "/v1/accounts",
      "/v1/accounts/other/licenses",
      `${account}/decisions`,
      "/v1/policies",
      "/v1/decisions?caseId=1",
    ];
    for (const list of foreign) {
      const target = `${list}${list.includes("?") ? "&" : "?"}cursor=${cursor}`;
      expect((await service.send("GET", target)).body, target).toMatchObject({
        status: 400,
        code: "invalid-cursor",
        errors: [{ in: "query", pointer: "/cursor" }],
      });
    }
    const bytes = Buffer.from(cursor, "base64url");
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
    for (const junk of ["x", "null", "MQ", bytes.toString("base64url"), `${cursor}AA`, `${cursor}=`, cursor.slice(2), "A".repeat(4_097)]) {
      expect((await service.send("GET", `${account}/licenses?cursor=${junk}`)).status, junk).toBe(400);
    }
  });

  test("of a search belong to its filters", async () => {
    await service.send("PUT", "/v1/accounts/acme-2", documents.account);
    const { body } = await service.send("GET", "/v1/accounts?q=acme&limit=1");
    expect((await service.send("GET", `/v1/accounts?q=acme&limit=2&cursor=${body.nextCursor}`)).body.items).toMatchObject([{ accountId: "acme-2" }]);
    expect((await service.send("GET", `/v1/accounts?q=acm&limit=1&cursor=${body.nextCursor}`)).body.code).toBe("invalid-cursor");
    await service.send("DELETE", "/v1/accounts/acme-2");
  });
});

test("a list has at most as many items as a document may have, and a long one says so by its place", async () => {
  const lines = Array.from({ length: 20_001 }, (_, n) => ({ licenseId: `l${n}` }));
  const { body } = await service.sendText("PUT", `${account}/contracts/x`, JSON.stringify({ ...documents.contract, lines }), {});
  expect(body).toMatchObject({ status: 400, errors: [{ in: "body", pointer: "/lines" }] });
});

test("an answer to ten thousand mistakes lists fifty, and counts the rest", async () => {
  const lines = Array.from({ length: 10_000 }, () => 0);
  const { body, text } = await service.send("PUT", `${account}/contracts/x`, { ...documents.contract, lines });
  expect(body).toMatchObject({ status: 400, errorCount: 10_000 });
  expect(body.errors).toHaveLength(50);
  expect(text.length).toBeLessThan(10_000);
});
