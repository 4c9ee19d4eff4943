/** What may stand in a field: days that exist, instants in UTC, money to the currency's last digit, zones, ids. All else is malformed. */
import { beforeAll, describe, expect, test } from "vitest";
import { newKey } from "../functions/http/example.ts";
import type { Service } from "../functions/http/service.ts";
import { check, facts, questions } from "./documents.ts";
import { startWithAcme } from "./written.ts";

let service: Service;
beforeAll(async () => {
  service = await startWithAcme();
});

type At = [method: string, target: string, pointer: string, body: object];
const put = (kind: string, more: object) => [facts[kind]?.path as string, { ...facts[kind]?.required, ...more }] as const;
const ask = (kind: string, more: object) => [questions[kind]?.path as string, { ...questions[kind]?.required, ...more }] as const;
const at = (method: string, pointer: string, [target, body]: readonly [string, object]): At => [method, target, pointer, body];

async function refused([method, target, pointer, body]: At): Promise<void> {
  const { status, body: problem, text } = await service.send(method, target, body, newKey());
  expect(status, `${method} ${target} ${JSON.stringify(body)} → ${text}`).toBe(400);
  expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
}

/** Every field of the contract that holds a day, with this in it. */
const days = (day: unknown): At[] => [
  ...["endOfLifeAnnouncedOn", "endOfLifeOn"].map((name) => at("PUT", `/${name}`, put("product", { [name]: day }))),
  at("PUT", "/versions/0/supportEndsOn", put("product", { versions: [{ version: "1", supportEndsOn: day }] })),
  ...["deliveredOn", "termLastDay", "retiredOn"].map((name) => at("PUT", `/${name}`, put("license", { [name]: day }))),
  at("PUT", "/anchorOn", put("contract", { anchorOn: day })),
  at("PUT", "/term/firstDay", put("contract", { term: { firstDay: day, lastDay: "2026-12-31" } })),
  at("PUT", "/term/lastDay", put("contract", { term: { firstDay: "2026-01-01", lastDay: day } })),
  ...["coveredFrom", "coveredUntil"].map((name) => at("PUT", `/${name}`, put("contract line", { [name]: day }))),
  ...["activeFrom", "activeUntil"].map((name) => at("PUT", `/${name}`, put("contact", { [name]: day }))),
  ...["issuedOn", "dueOn", "voidedOn"].map((name) => at("PUT", `/${name}`, put("invoice", { [name]: day }))),
  at("PUT", "/payments/0/paidOn", put("invoice", { payments: [{ paidOn: day, amount: { amount: "1.00", currency: "CHF" } }] })),
  at("PUT", "/paidOn", put("payment", { paidOn: day })),
  at("PUT", "/effectiveFrom", put("price list", { effectiveFrom: day })),
  at("POST", "/receivedOn", ask("a notice", { receivedOn: day })),
  ...["reinstateOn", "payOn"].map((name) => at("POST", `/${name}`, ask("a reinstatement", { [name]: day }))),
  at("POST", "/deliveredOn", ask("an additional purchase", { deliveredOn: day })),
  ...["agreedInWritingOn", "updateProvidedOn", "workaroundOn", "customerAskedToCloseOn"].map((name) =>
    at("POST", `/${name}`, ask("a case closure check", { [name]: day })),
  ),
  at("POST", "/until", ask("an exception", { until: day })),
  at("POST", "/paidOn", ["/v1/quotes/qt_none/accept", { paidOn: day }]),
];

/** Every field that holds an instant. */
const instants = (instant: unknown): At[] => [
  ...["filedAt", "phonedAt", "lastVendorMessageAt"].map((name) =>
    at("POST", `/request/${name}`, ["/v1/entitlement-checks/preview", { ...check, request: { ...check.request, [name]: instant } }]),
  ),
  ...["sentAt", "receivedAt", "startsAt"].map((name) => at("POST", `/${name}`, ask("a notice", { [name]: instant }))),
  ...["openedAt", "lastVendorMessageAt", "lastCustomerMessageAt"].map((name) =>
    at("POST", `/${name}`, ask("a case closure check", { [name]: instant })),
  ),
];

test.each([
  "2025-02-30",
  "2026-02-29",
  "2026-04-31",
  "2026-13-01",
  "2026-00-10",
  "2026-1-1",
  "20260101",
  "2026-01-01T00:00:00Z",
  "01.02.2026",
  20_260_101,
])("no day: %s", async (day) => {
  for (const one of days(day)) await refused(one);
});

test.each([
  "2026-03-02",
  "2026-03-02T09:30:00",
  "2026-03-02T09:30:00+01:00",
  "2026-02-30T09:30:00Z",
  "2026-03-02T24:30:00Z",
  "2026-03-02 09:30:00Z",
  0,
])("no instant: %s", async (instant) => {
  for (const one of instants(instant)) await refused(one);
});

test.each(["2025-02-30", "2026-03-02T09:30:00+01:00", "today", "2026", "1772443800"])("neither day nor instant: %s", async (moment) => {
  for (const name of ["asOf", "knownAt"]) {
    await refused(at("POST", `/${name}`, ask("an entitlement preview", { [name]: moment })));
    await refused(at("POST", `/${name}`, ["/v1/quotes/preview", { ...questions["a renewal"]?.required, [name]: moment }]));
    const read = await service.send("GET", `/v1/accounts/acme/standing?${name}=${encodeURIComponent(moment)}`);
    expect([read.status, read.body.errors[0].pointer]).toEqual([400, `/${name}`]);
  }
});

describe("money", () => {
  const money = (amount: unknown, currency = "CHF"): At[] => [
    at("PUT", "/amount/amount", put("invoice", { amount: { amount, currency } })),
    at("PUT", "/annualFee/amount", put("contract line", { annualFee: { amount, currency } })),
    at("PUT", "/items/0/annualFeePerSeat/amount", put("price list", { items: [{ productId: "p", annualFeePerSeat: { amount, currency } }] })),
    at(
      "POST",
      "/lines/0/annualFee/amount",
      ask("an additional purchase", { lines: [{ productId: "qs-analyzer", seats: 1, annualFee: { amount, currency } }] }),
    ),
  ];

  test.each([
    "10500",
    "10500.0",
    "10500.000",
    "10'500.00",
    "10,500.00",
    "1e3",
    "-1.00",
    "+1.00",
    " 1.00",
    ".50",
    "01.00",
    "NaN",
    "",
    10_500,
    10_500.5,
  ])("in francs with two digits, never %s", async (amount) => {
    for (const one of money(amount)) await refused(one);
  });

  test.each([
    ["JPY", "2720000", ["2720000.0", "2720000.00"]],
    ["KWD", "5950.125", ["5950", "5950.12", "5950.1250"]],
    ["EUR", "0.05", ["0.5", "0.050"]],
  ])("in %s as in %s, and no more or fewer digits", async (currency, good, bad) => {
    const invoice = (amount: string) => ({ ...facts.invoice?.required, amount: { amount, currency } });
    const { status, body } = await service.send("PUT", `/v1/accounts/acme/invoices/in-${currency}`, invoice(good));
    expect([status, body.amount]).toEqual([201, { amount: good, currency }]);
    for (const amount of bad) await refused(["PUT", `/v1/accounts/acme/invoices/in-${currency}`, "/amount/amount", invoice(amount)]);
  });

  test("in a currency that there is, and with nothing beside it", async () => {
    for (const currency of ["XXZ", "chf", "Fr.", ""]) {
      await refused(at("PUT", "/amount/currency", put("invoice", { amount: { amount: "1.00", currency } })));
    }
    await refused(at("PUT", "/amount/tax", put("invoice", { amount: { amount: "1.00", currency: "CHF", tax: "7.7" } })));
  });
});

test.each(["Europe/Zürich", "+01:00", "Nowhere/City", "local", ""])("no zone: `%s`", async (timeZone) => {
  await refused(at("PUT", "/timeZone", put("premises", { timeZone })));
  await refused(at("PUT", "/settings/timeZone", put("contract", { settings: { timeZone } })));
});

test.each(["CHE", "ch", "Switzerland", ""])("no country: `%s`", async (country) => {
  await refused(at("PUT", "/country", put("premises", { country })));
});

describe("ids", () => {
  const good = ["a", "0", "A-Z_a.z:09", "x".repeat(128)];
  const bad = ["x".repeat(129), "a b", "a/b", "é", "a@b", "a%", "a,b", "a\n"];

  test.each(good)("%s", async (id) => {
    expect((await service.send("PUT", `/v1/accounts/${id}`, { name: "Any" })).body.accountId).toBe(id);
    expect((await service.send("PUT", `/v1/products/${id}`, facts.product?.required)).body.productId).toBe(id);
    expect((await service.send("PUT", `/v1/accounts/acme/licenses/${id}`, { ...facts.license?.required, productId: id })).status).toBe(201);
  });

  test.each(bad)("none: %j", async (id) => {
    for (const path of ["/v1/accounts/{}", "/v1/products/{}", "/v1/accounts/acme/licenses/{}", "/v1/accounts/acme/invoices/inv-7/payments/{}"]) {
      const { status, body } = await service.send("PUT", path.replace("{}", encodeURIComponent(id)), facts.payment?.required);
      expect([path, status, body.errors[0].in]).toEqual([path, 400, "path"]);
    }
    await refused(at("PUT", "/productId", put("license", { productId: id })));
    await refused(at("POST", "/accountId", ask("an entitlement check", { accountId: id })));
    await refused(at("POST", "/request/licenseId", ask("an entitlement check", { request: { kind: "error", licenseId: id } })));
    await refused(at("POST", "/contractId", ask("a renewal", { contractId: id })));
  });

  test("none at all", async () => {
    await refused(at("POST", "/accountId", ask("an entitlement check", { accountId: "" })));
  });
});

describe("one of the names that there are, in kebab-case", () => {
  test.each<[string, At]>([
    ["product kind", at("PUT", "/kind", put("product", { kind: "Software" }))],
    ["license kind", at("PUT", "/kind", put("license", { kind: "evaluation" }))],
    ["region", at("PUT", "/region", put("premises", { region: "us-mt" }))],
    ["seller", at("PUT", "/soldBy", put("contract", { soldBy: "reseller" }))],
    ["role", at("PUT", "/role", put("contact", { role: "technicalContact" }))],
    ["invoice kind", at("PUT", "/kind", put("invoice", { kind: "maintenance" }))],
    ["request kind", at("POST", "/request/kind", ask("an entitlement check", { request: { kind: "bug" } }))],
    ["channel", at("POST", "/request/channel", ask("an entitlement check", { request: { kind: "error", channel: "fax" } }))],
    ["requester", at("POST", "/request/requester", ask("an entitlement check", { request: { kind: "error", requester: "vendor" } }))],
    ["notice kind", at("POST", "/kind", ask("a notice", { kind: "termination" }))],
    ["notice form", at("POST", "/form", ask("a notice", { form: "fax" }))],
    ["quote kind", at("POST", "/kind", ask("a renewal", { kind: "upgrade" }))],
    ["users affected", at("POST", "/impact/usersAffected", ask("a severity assessment", { impact: { usersAffected: "all" } }))],
    ["import kind", at("POST", "/kind", ask("an import", { kind: "licenses" }))],
  ])("%s", async (_, one) => refused(one));
});
