/** A request with several faults is told the first: shape and ids (400), then the account (404), then contradictions (422). */
import { beforeAll, describe, expect, test } from "vitest";
import { newKey } from "../functions/http/example.ts";
import type { Service } from "../functions/http/service.ts";
import { check, facts } from "./documents.ts";
import { startWithAcme } from "./written.ts";

let service: Service;
beforeAll(async () => {
  service = await startWithAcme();
});

const chf = (amount: string) => ({ amount, currency: "CHF" });
const eur = (amount: string) => ({ amount, currency: "EUR" });
const required = (kind: string) => facts[kind]?.required as object;

interface Faults {
  /** What is asked, with the account left open. */
  send: (account: string, more: object) => [method: string, target: string, body: object];
  malformed: object;
  contradicting: object;
  where: string;
}

const put =
  (kind: string, path: string): Faults["send"] =>
  (account, more) => ["PUT", `/v1/accounts/${account}/${path}`, { ...required(kind), ...more }];

const requests: Record<string, Faults> = {
  "a license": {
    send: put("license", "licenses/l-9"),
    malformed: { seats: 0 },
    contradicting: { retiredOn: "2024-12-31" },
    where: "/retiredOn",
  },
  "a contract": {
    send: put("contract", "contracts/c-9"),
    malformed: { lines: null },
    contradicting: { term: { firstDay: "2026-12-31", lastDay: "2026-01-01" } },
    where: "/term/lastDay",
  },
  "a contract of a policy that there is none of": {
    send: put("contract", "contracts/c-9"),
    malformed: { program: 1 },
    contradicting: { policyId: "nobodys-support" },
    where: "/policyId",
  },
  "a contact": {
    send: put("contact", "contacts/x"),
    malformed: { role: "boss" },
    contradicting: { activeFrom: "2026-02-01", activeUntil: "2026-01-31" },
    where: "/activeUntil",
  },
  "an invoice": {
    send: put("invoice", "invoices/x"),
    malformed: { amount: chf("1") },
    contradicting: { payments: [{ paidOn: "2026-01-01", amount: eur("1.00") }] },
    where: "/payments/0/amount/currency",
  },
  "a notice": {
    send: (account, more) => [
      "POST",
      `/v1/accounts/${account}/contracts/c-1/notices`,
      { kind: "non-renewal", form: "email", receivedOn: "2026-11-16", ...more },
    ],
    malformed: { form: "fax" },
    contradicting: { licenseIds: ["l-none"] },
    where: "/licenseIds/0",
  },
  "an entitlement check": {
    send: (account, more) => ["POST", "/v1/entitlement-checks", { ...check, accountId: account, request: { ...check.request, ...more } }],
    malformed: { kind: "bug" },
    contradicting: { severity: "critical" },
    where: "/request/severity",
  },
  "a quote": {
    send: (account, more) => [
      "POST",
      "/v1/quotes",
      { kind: "reinstatement", accountId: account, contractId: "c-1", reinstateOn: "2026-07-01", ...more },
    ],
    malformed: { reinstateOn: "2026-02-30" },
    contradicting: { licenseIds: ["l-none"] },
    where: "/licenseIds/0",
  },
  "a contact check": {
    send: (account, more) => [
      "POST",
      "/v1/contact-checks",
      { accountId: account, contact: { name: "Tom", role: "technical-contact", activeFrom: "2026-02-01", ...more } },
    ],
    malformed: { role: "boss" },
    contradicting: { activeUntil: "2026-01-31" },
    where: "/contact/activeUntil",
  },
};

test.each(Object.entries(requests))("%s", async (_, { send, malformed, contradicting, where }) => {
  const ask = async (account: string, more: object) => {
    const [method, target, body] = send(account, more);
    return service.send(method, target, body, method === "POST" ? newKey() : {});
  };
  expect((await ask("nobody", { ...contradicting, ...malformed })).status).toBe(400);
  expect((await ask("acme", { ...contradicting, ...malformed })).status).toBe(400);
  expect((await ask("nobody", contradicting)).body).toMatchObject({ status: 404, code: "account-not-found" });
  const contradicted = await ask("acme", contradicting);
  expect(contradicted.status, contradicted.text).toBe(422);
  expect(contradicted.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain(where);
  expect((await ask("acme", {})).status).toBeLessThan(300);
});

describe("in a question", () => {
  const outcomeOf = async (request: object) => {
    const { status, body } = await service.send("POST", "/v1/entitlement-checks", { ...check, request: { ...check.request, ...request } });
    expect([status, body.reasons.length > 0]).toEqual([201, true]);
    return body;
  };

  test.each<[string, object, string]>([
    ["product", { productId: "none", licenseId: null }, "not-entitled"],
    ["license", { licenseId: "none" }, "not-entitled"],
    ["contact", { contactId: "none" }, "not-entitled"],
  ])("a %s that is not known is an answer with a reason", async (_, request, outcome) => {
    const body = await outcomeOf(request);
    expect(body.outcome).toBe(outcome);
    expect(body.reasons.map(({ result }: { result: string }) => result)).toContain("fail");
  });

  test("so are premises", async () => {
    expect((await outcomeOf({ premisesId: "none" })).id).toMatch(/^chk_/);
  });

  test("an account that is not known is none", async () => {
    for (const path of ["standing", "facts", "licenses", "contracts", "contacts", "invoices", "premises", "notices", "quotes", "decisions"]) {
      expect((await service.send("GET", `/v1/accounts/nobody/${path}`)).body).toMatchObject({ status: 404, code: "account-not-found" });
    }
  });
});

test.each(["trial", "freeware"])("a %s license on a contract line is accepted", async (kind) => {
  const license = { ...required("license"), kind };
  expect((await service.send("PUT", `/v1/accounts/acme/licenses/${kind}`, license)).status).toBe(201);
  expect((await service.send("PUT", `/v1/accounts/acme/contracts/c-1/lines/${kind}`, { annualFee: chf("0.00") })).status).toBe(201);
  expect((await service.send("DELETE", `/v1/accounts/acme/contracts/c-1/lines/${kind}`)).status).toBe(204);
});

test("nothing is refused for lying in the past or the future", async () => {
  const at = (path: string, body: object) => service.send("PUT", `/v1/accounts/acme/${path}`, body);
  for (const day of ["1999-12-31", "2199-12-31"]) {
    expect((await at("licenses/far", { ...required("license"), deliveredOn: day })).status).toBeLessThan(300);
    expect((await at("invoices/far", { ...required("invoice"), issuedOn: day, dueOn: day, payments: [] })).status).toBeLessThan(300);
    expect((await at("invoices/far/payments/p", { paidOn: day, amount: chf("1.00") })).status).toBeLessThan(300);
    const notice = { kind: "non-renewal", form: "letter", receivedOn: day };
    expect((await service.send("POST", "/v1/accounts/acme/contracts/c-1/notices", notice, newKey())).status).toBe(201);
    const quotes = [
      { kind: "reinstatement", accountId: "acme", contractId: "c-1", reinstateOn: day },
      {
        kind: "additional-purchase",
        accountId: "acme",
        contractId: "c-1",
        deliveredOn: day,
        lines: [{ productId: "qs-analyzer", seats: 1, annualFee: chf("1.00") }],
      },
    ];
    for (const quote of quotes) expect((await service.send("POST", "/v1/quotes", quote, newKey())).status).toBe(201);
  }
});
