/** Exceptions that the vendor approved, over HTTP: what was its to decide is decided, for as long as it said and where it said. */
import { beforeAll, describe, expect, test } from "vitest";
import { documents, newKey } from "./example.ts";
import { accepted, quoteMade, reinstatement, writeLapsed, writeRunning } from "./quotes-example.ts";
import { type Service, startService } from "./service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});

const { accountId: _, contractId: __, ...exception } = documents.exception;
const approve = (accountId: string, more: object = {}) => service.send("POST", "/v1/exceptions", { accountId, ...exception, ...more });
const chf = (amount: string) => ({ amount, currency: "CHF" });

describe("a case that the vendor may refuse", () => {
  const accountId = "incomplete";
  const question = {
    accountId,
    request: { kind: "error", licenseId: "l-1", severity: "severity-3", contactId: "jmeier", channel: "portal" },
  };
  const asked = async (asOf: string, more: object = {}) =>
    (await service.send("POST", "/v1/entitlement-checks/preview", { ...question, asOf, ...more })).body;

  beforeAll(async () => {
    await writeRunning(service, accountId);
    await service.send("PUT", `/v1/accounts/${accountId}/licenses/l-2`, documents.license);
    await service.send("PUT", `/v1/accounts/${accountId}/contacts/jmeier`, documents.contact);
    await service.send("PUT", `/v1/accounts/${accountId}/contracts/c-2`, { ...documents.contract, settings: {}, lines: [] });
  });

  test("is entitled from the day of approval through the last day, and says by whom, why and what it would be otherwise", async () => {
    const before = new Date(service.clock.now).toISOString();
    expect((await asked("2026-11-22")).outcome).toBe("discretion");
    const made = await approve(accountId, { clause: "7.1(i)", contractId: "c-1", until: "2026-12-15", amountWaived: null });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ clause: "7.1(i)", until: "2026-12-15", approvedOn: "2026-11-01", amountWaived: null });
    const { exceptionId } = made.body;
    expect(exceptionId).toMatch(/^exc_/);

    const allowed = await asked("2026-11-22");
    expect(allowed.outcome).toBe("entitled");
    expect(allowed.headline).toMatch(/^Entitled by exception of head of sales until 2026-12-15 \(7\.1\(i\)\): everything else of the /);
    const reason = allowed.reasons.find(({ clause }: { clause: string }) => clause === "7.1(i)");
    expect(reason).toMatchObject({ result: "pass", cure: null });
    expect(reason.finding).toBe(
      "approved as an exception by head of sales until 2026-12-15: the customer merged with another one; without it: product line `QS` is incomplete: l-2 has no support on 2026-11-22",
    );
    expect(reason.facts).toContainEqual({ path: `exceptions/${exceptionId}`, value: "2026-12-15" });
    // The day after the last one begins in Zurich.
    expect(allowed.validUntil).toBe("2026-12-15T23:00:00Z");
    const days = ["2026-10-31", "2026-11-01", "2026-12-15", "2026-12-16"];
    expect(await Promise.all(days.map(async (day) => (await asked(day)).outcome))).toEqual(["discretion", "entitled", "entitled", "discretion"]);
    expect((await asked("2026-10-31")).validUntil).toBe("2026-10-31T23:00:00Z");
    expect((await asked("2026-11-22", { knownAt: before })).outcome).toBe("discretion");

    const stored = await service.send("POST", "/v1/entitlement-checks", { ...question, asOf: "2026-11-22" });
    const at = `/v1/accounts/${accountId}/exceptions/${exceptionId}`;
    expect((await service.send("GET", at)).body).toEqual(made.body);
    expect((await service.send("GET", `/v1/accounts/${accountId}/exceptions`)).body.items).toEqual([made.body]);
    expect((await service.send("DELETE", at)).status).toBe(204);
    expect((await asked("2026-11-22")).outcome).toBe("discretion");
    const again = await service.send("POST", `/v1/decisions/${stored.body.id}/replay`, {});
    expect(again.body).toMatchObject({ identical: true, decision: { outcome: "entitled" } });
  });

  test("stays at the vendor's discretion under another contract, and at another clause", async () => {
    await approve(accountId, { clause: "7.1(i)", contractId: "c-2" });
    await approve(accountId, { clause: "7.1(ii)", contractId: "c-1" });
    expect((await asked("2026-11-22")).outcome).toBe("discretion");
    await approve(accountId, { clause: "7.1", contractId: null, amountWaived: null });
    expect((await asked("2026-11-22")).outcome).toBe("entitled");
  });
});

describe("a reinstatement after the window", () => {
  const late = (accountId: string) => ({ ...reinstatement(accountId, "2027-01-01"), asOf: "2027-01-15" });

  test("is offered through the exception's last day, less what is waived", async () => {
    const accountId = "late";
    await writeLapsed(service, accountId);
    expect((await quoteMade(service, late(accountId))).body).toMatchObject({ status: "discretion", total: null, indicative: chf("25625.00") });
    const { body } = await approve(accountId, { until: "2027-02-28", amountWaived: chf("5125.00") });
    const quote = await quoteMade(service, late(accountId));
    // By hand: 10,000.00 for the lapse, 10,500.00 for the new term, a quarter of both, 5,125.00, which is waived.
    expect(quote.body).toMatchObject({ status: "offered", total: chf("20500.00"), waived: chf("5125.00"), indicative: null, payBy: "2027-02-28" });
    expect(quote.body.lines.map(({ amount }: { amount: object }) => amount)).toEqual([chf("10000.00"), chf("10500.00"), chf("5125.00")]);
    expect(quote.body.alternatives).toContainEqual({ reading: "ebx-fee-base", option: "back", total: chf("17875.00") });
    expect(quote.body.reasons[0]).toMatchObject({ clause: "7.3(i)", result: "pass" });
    expect(quote.body.reasons[0].facts).toContainEqual({ path: `exceptions/${body.exceptionId}`, value: "2027-02-28" });
    expect((await quoteMade(service, { ...late(accountId), asOf: "2027-03-01" })).body.status).toBe("discretion");
    expect((await accepted(service, quote, "2027-03-01")).body.code).toBe("quote-expired");
    expect((await accepted(service, quote, "2027-02-28")).status).toBe(200);
  });

  test("never costs less than nothing", async () => {
    const accountId = "gift";
    await writeLapsed(service, accountId);
    await approve(accountId, { amountWaived: chf("99999.00") });
    expect((await quoteMade(service, late(accountId))).body).toMatchObject({ status: "offered", total: chf("0.00"), waived: chf("25625.00") });
  });
});

describe("is refused", () => {
  beforeAll(() => writeRunning(service, "sober"));
  const refused: [what: string, more: object, status: number, code: string, pointer: string][] = [
    ["where the clause decides by itself", { clause: "2.1" }, 422, "clause-leaves-no-discretion", "/clause"],
    ["at a clause that there is not", { clause: "7.3(" }, 422, "clause-leaves-no-discretion", "/clause"],
    ["for a contract that there is not", { contractId: "c-9" }, 404, "contract-not-found", "/contractId"],
    ["when it ends before it begins", { contractId: "c-1", until: "2026-10-31" }, 422, "facts-contradict", "/until"],
    [
      "in another currency",
      { contractId: "c-1", amountWaived: { amount: "1.00", currency: "EUR" } },
      422,
      "facts-contradict",
      "/amountWaived/currency",
    ],
    [
      "in a currency that no contract is in",
      { contractId: null, amountWaived: { amount: "1.00", currency: "EUR" } },
      422,
      "facts-contradict",
      "/amountWaived/currency",
    ],
    ["with money where none is waived", { clause: "7.1(i)", amountWaived: chf("1.00") }, 422, "facts-contradict", "/amountWaived"],
    ["for an account that there is not", { accountId: "nobody" }, 404, "account-not-found", "/accountId"],
    ["without an approver", { approvedBy: null }, 400, "invalid-request", "/approvedBy"],
  ];
  test.each(refused)("%s", async (_, more, status, code, pointer) => {
    const { body } = await approve("sober", more);
    expect(body).toMatchObject({ status, code, errors: [{ in: "body", pointer }] });
  });

  test("and says which clauses leave something to the vendor", async () => {
    const { body } = await approve("sober", { clause: "2.1" });
    expect(body.detail).toContain("`2.3`, `5`, `6.1`, `6.4`, `7.1`, `7.1(i)`, `7.1(ii)`, `7.3(i)`, `7.5`");
  });
});

test("counts from today where no day of approval is said, and is recorded once for a key", async () => {
  await writeRunning(service, "keyed");
  const key = newKey();
  const { approvedOn: _, ...body } = { accountId: "keyed", ...exception };
  const first = await service.send("POST", "/v1/exceptions", body, key);
  expect(first.body.approvedOn).toBe("2026-11-22");
  expect(first.headers.location).toBe(`/v1/accounts/keyed/exceptions/${first.body.exceptionId}`);
  expect((await service.send("POST", "/v1/exceptions", body, key)).text).toBe(first.text);
  expect((await service.send("GET", "/v1/accounts/keyed/exceptions")).body.items).toHaveLength(1);
});
