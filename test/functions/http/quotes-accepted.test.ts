/** A quote that is accepted, over HTTP: once, in time, unaltered; and what it records is what was quoted. */
import { extractText, getDocumentProxy } from "unpdf";
import { beforeAll, describe, expect, test } from "vitest";
import { newKey } from "./example.ts";
import { accepted, fee, purchase, quoteMade, reinstatement, voided, writeLapsed, writeRunning } from "./quotes-example.ts";
import { type Service, startService } from "./service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});
let accounts = 0;
const newAccount = () => `customer-${++accounts}`;
const read = async (path: string) => (await service.send("GET", path)).body;
const standing = async (accountId: string, asOf: string) => (await read(`/v1/accounts/${accountId}/standing?asOf=${asOf}`)).contracts;

describe("a reinstatement", () => {
  test("is paid on the last day for a term that began before, and the license is covered again from the payment on", async () => {
    const accountId = newAccount();
    await writeLapsed(service, accountId);
    const quote = await quoteMade(service, reinstatement(accountId));
    // By hand: 181 of 365 days of 10,000.00 are 4,958.90; with 10,500.00 a quarter of 15,458.90 is 3,864.73.
    expect(quote.body).toMatchObject({ status: "offered", total: { amount: "19323.63", currency: "CHF" }, payBy: "2026-12-31" });
    const taken = await accepted(service, quote, "2026-12-31");
    expect(taken.status).toBe(200);
    const contractId = `c-1-${quote.body.id.slice(-10)}`;
    expect(taken.body).toEqual({ ...quote.body, status: "accepted", acceptedPaidOn: "2026-12-31", reinstatedAs: [contractId] });
    expect(await read(`/v1/accounts/${accountId}/contracts/${contractId}`)).toMatchObject({
      anchorOn: null,
      term: { firstDay: "2026-07-01", lastDay: "2027-06-30" },
      lines: [{ licenseId: "l-1", annualFee: { amount: "10500.00", currency: "CHF" }, coveredFrom: null }],
    });
    const asked = { accountId, request: { kind: "error", licenseId: "l-1" } };
    const cover = async (asOf: string) =>
      (await service.send("POST", "/v1/entitlement-checks/preview", { ...asked, asOf })).body.reasons.find(
        ({ condition }: { condition: string }) => condition === "covered",
      ).result;
    const days = ["2026-07-01", "2026-12-30", "2026-12-31", "2027-06-30"];
    expect(await Promise.all(days.map(cover))).toEqual(["fail", "fail", "pass", "pass"]);
    const status = async (asOf: string) => [
      (await read(`/v1/quotes/${quote.body.id}?asOf=${asOf}`)).status,
      ...(await standing(accountId, asOf)).map((one: { status: string }) => one.status),
      (await read(`/v1/accounts/${accountId}/contracts/${contractId}/renewal?asOf=${asOf}`)).status,
    ];
    expect(await status("2026-12-30")).toEqual(["offered", "lapsed", "not-started", "not-started"]);
    expect(await status("2026-12-31")).toEqual(["accepted", "lapsed", "current", "current"]);
    expect(await service.announced()).toContainEqual(
      expect.objectContaining({ type: "contract.reinstated", subject: accountId, data: expect.objectContaining({ reinstatedAs: [contractId] }) }),
    );
  });

  test("of a contract that renews by itself goes on renewing, from its own day or from the common one", async () => {
    const outlooks = [];
    for (const option of ["own", "common"]) {
      const accountId = newAccount();
      await writeLapsed(service, accountId, { readings: { "ebx-reinstated-anchor": option } });
      const notice = { kind: "non-renewal", form: "letter", receivedOn: "2025-11-01" };
      await service.send("POST", `/v1/accounts/${accountId}/contracts/c-1/notices`, notice, newKey());
      const quote = await quoteMade(service, reinstatement(accountId));
      const { reinstatedAs } = (await accepted(service, quote, "2026-06-15")).body;
      const at = `/v1/accounts/${accountId}/contracts/${reinstatedAs[0]}/renewal`;
      outlooks.push(await read(`${at}?asOf=2026-08-01`), await read(`${at}?asOf=2027-08-01`));
    }
    const [own, ownAfter, common, commonAfter] = outlooks;
    const line = (firstDay: string, lastDay: string, amount: string) => [
      { licenseId: "l-1", term: { firstDay, lastDay }, fee: { amount, currency: "CHF" } },
    ];
    expect(own.next.lines).toEqual(line("2027-07-01", "2028-06-30", "10500.00"));
    expect(ownAfter.next.lines).toEqual(line("2028-07-01", "2029-06-30", "10500.00"));
    // By hand: the contract's anchor is the first of January; 184 of 365 days of 10,500.00 are 5,293.15.
    expect(common.next.lines).toEqual(line("2027-07-01", "2027-12-31", "5293.15"));
    expect(commonAfter.next.lines).toEqual(line("2028-01-01", "2028-12-31", "10500.00"));
  });

  test("of the same lapse cannot be accepted a second time, whatever its day", async () => {
    const accountId = newAccount();
    await writeLapsed(service, accountId);
    const [first, later, earlier] = [
      await quoteMade(service, reinstatement(accountId)),
      await quoteMade(service, reinstatement(accountId, "2026-09-01")),
      await quoteMade(service, reinstatement(accountId, "2026-03-01")),
    ];
    expect((await accepted(service, first, "2026-07-01")).status).toBe(200);
    for (const other of [later, earlier]) {
      const { body } = await accepted(service, other, "2026-07-01");
      expect(body).toMatchObject({ status: 409, code: "quote-overtaken" });
      expect(body.detail).toContain("l-1");
      expect(body.detail).toContain(first.body.id);
      const at = async (asOf: string) => {
        const { status, voidedAt, voidedReason } = await read(`/v1/quotes/${other.body.id}?asOf=${asOf}`);
        return [status, voidedAt, voidedReason];
      };
      const reason = `quote \`${first.body.id}\` was accepted instead, paid on 2026-07-01`;
      expect([await at("2026-06-30"), await at("2026-07-01"), await at("2027-06-30")]).toEqual([
        ["offered", null, null],
        ["void", "2026-06-30T22:00:00Z", reason],
        ["void", "2026-06-30T22:00:00Z", reason],
      ]);
    }
    await service.send("POST", "/v1/sweeps", { asOf: "2027-01-02" });
    expect(await service.announced()).not.toContainEqual(expect.objectContaining({ type: "quote.expired", subject: accountId }));
    expect((await standing(accountId, "2026-08-01")).map(({ status }: { status: string }) => status)).toEqual(["lapsed", "current"]);
  });

  test("whose day of payment was mistyped is taken back by deleting the contract, and accepted anew; the others are open meanwhile", async () => {
    const accountId = newAccount();
    await writeLapsed(service, accountId);
    const [quote, other] = [await quoteMade(service, reinstatement(accountId)), await quoteMade(service, reinstatement(accountId, "2026-09-01"))];
    const wrong = await accepted(service, quote, "2026-12-13");
    const made = `/v1/accounts/${accountId}/contracts/${wrong.body.reinstatedAs[0]}`;
    const again = await accepted(service, quote, "2026-07-13");
    expect(again.body).toMatchObject({ status: 409, code: "quote-already-accepted" });
    expect(again.body.detail).toContain(
      `\`DELETE ${made}\`, which takes role \`sales-ops\` or \`admin\`, and accept the quote again with a new \`Idempotency-Key\``,
    );
    expect((await service.send("DELETE", made)).status).toBe(204);
    const status = async (one: typeof quote) => (await read(`/v1/quotes/${one.body.id}?asOf=2026-12-31`)).status;
    expect([await status(quote), await status(other)]).toEqual(["offered", "offered"]);
    expect((await accepted(service, quote, "2026-07-13")).body).toMatchObject({ status: "accepted", acceptedPaidOn: "2026-07-13" });
    expect([await status(quote), await status(other)]).toEqual(["accepted", "void"]);
    expect((await accepted(service, other, "2026-09-01")).body).toMatchObject({ status: 409, code: "quote-overtaken" });
    // One contract brings it back, from the right day on, and neither day is asked to be paid again.
    const contracts = await standing(accountId, "2026-07-13");
    expect(contracts.map((one: { status: string }) => one.status)).toEqual(["lapsed", "current"]);
    expect((await quoteMade(service, reinstatement(accountId, "2026-08-01"))).body).toMatchObject({ status: "refused", total: null });
  });

  test("is overtaken where the license is covered otherwise, or the lapse is another one now", async () => {
    const [elsewhere, gone, shorter] = [newAccount(), newAccount(), newAccount()];
    const quotes = [];
    for (const accountId of [elsewhere, gone, shorter]) {
      await writeLapsed(service, accountId);
      quotes.push(await quoteMade(service, reinstatement(accountId)));
    }
    const contract = await read(`/v1/accounts/${elsewhere}/contracts/c-1`);
    const { contractId: _, ...document } = contract;
    const running = { ...document, settings: {}, term: { firstDay: "2027-06-30", lastDay: "2028-06-29" } };
    await service.send("PUT", `/v1/accounts/${elsewhere}/contracts/c-2`, running);
    await service.send("DELETE", `/v1/accounts/${gone}/contracts/c-1`);
    await service.send("PUT", `/v1/accounts/${shorter}/contracts/c-1/lines/l-1`, { annualFee: fee, coveredUntil: "2025-11-30" });
    const answers = await Promise.all(quotes.map((quote) => accepted(service, quote, "2026-07-01")));
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([409, "quote-overtaken"]));
    expect(answers.map(({ body }) => body.detail)).toEqual([
      "license `l-1` is covered under contract `c-2` from 2027-06-30 on, within the new term",
      "contract `c-1` is no longer recorded",
      "license `l-1` is without cover for 212 days from 2025-12-01 on now, not for 181 days from 2026-01-01 on",
    ]);
    expect((await read(`/v1/quotes/${quotes[0]?.body.id}`)).status).toBe("offered");
  });
});

describe("an additional purchase", () => {
  test("records the licenses, and their terms come out as they were quoted", async () => {
    const accountId = newAccount();
    await writeRunning(service, accountId);
    const quote = await quoteMade(service, purchase(accountId));
    const licenseId = `qs-analyzer-${quote.body.id.slice(-10)}-1`;
    // By hand: 275 of the 365 days of 2027 are 7,534.25 of 10,000.00.
    expect(quote.body).toMatchObject({ status: "offered", total: { amount: "17534.25" }, payBy: null, deliveredOn: "2026-04-01" });
    expect(quote.body.lines).toMatchObject([
      { part: "initial-period", licenseId, firstDay: "2026-04-01", lastDay: "2027-03-31", days: 365, amount: { amount: "10000.00" }, clause: "7.1" },
      { part: "stub", licenseId, firstDay: "2027-04-01", lastDay: "2027-12-31", days: 275, amount: { amount: "7534.25" }, clause: "7.2" },
    ]);
    expect((await accepted(service, quote, "2026-04-20")).body).toMatchObject({ status: "accepted", acceptedPaidOn: "2026-04-20", reinstatedAs: [] });
    expect(await read(`/v1/accounts/${accountId}/licenses/${licenseId}`)).toMatchObject({
      productId: "qs-analyzer",
      kind: "perpetual",
      seats: 10,
      deliveredOn: "2026-04-01",
      soldBy: "direct",
    });
    const next = async (asOf: string) => {
      const { lines } = (await read(`/v1/accounts/${accountId}/contracts/c-1/renewal?asOf=${asOf}`)).next;
      return lines.find((line: { licenseId: string }) => line.licenseId === licenseId);
    };
    expect(await next("2026-06-01")).toEqual({
      licenseId,
      term: { firstDay: "2027-04-01", lastDay: "2027-12-31" },
      fee: { ...fee, amount: "7534.25" },
    });
    expect(await next("2027-06-01")).toEqual({ licenseId, term: { firstDay: "2028-01-01", lastDay: "2028-12-31" }, fee });

    const renewal = async (asOf: string) =>
      (await service.send("POST", "/v1/quotes/preview", { kind: "renewal", accountId, contractId: "c-1", asOf })).body;
    // The stub was paid with the purchase: what is left of the renewal for 2027 is the other license's year. Then both pay theirs.
    expect(await renewal("2026-06-01")).toMatchObject({ status: "offered", total: fee, lines: [{ licenseId: "l-1", part: "renewal" }] });
    expect(await renewal("2027-06-01")).toMatchObject({ status: "offered", total: { amount: "20000.00" } });

    // Writing the contract with the fields of contract.md alone leaves out what the line says of the payment: the accepted quote still says it.
    const { lines, contractId: _, ...agreed } = await read(`/v1/accounts/${accountId}/contracts/c-1`);
    const plain = lines.map((line: { licenseId: string; annualFee: object }) => ({ licenseId: line.licenseId, annualFee: line.annualFee }));
    expect((await service.send("PUT", `/v1/accounts/${accountId}/contracts/c-1`, { ...agreed, lines: plain })).status).toBe(200);
    expect((await read(`/v1/accounts/${accountId}/contracts/c-1`)).lines[1]).toMatchObject({ licenseId, paidThrough: null });
    expect(await renewal("2026-06-01")).toMatchObject({ status: "offered", total: fee, lines: [{ licenseId: "l-1", part: "renewal" }] });
    expect(await renewal("2027-06-01")).toMatchObject({ status: "offered", total: { amount: "20000.00" } });
    // What is stated counts: here that only half a year of the stub was paid, 184 of 365 days are left.
    const stated = plain.map((line: { licenseId: string }) => (line.licenseId === licenseId ? { ...line, paidThrough: "2027-06-30" } : line));
    await service.send("PUT", `/v1/accounts/${accountId}/contracts/c-1`, { ...agreed, lines: stated });
    expect(await renewal("2026-06-01")).toMatchObject({ total: { amount: "15041.10" } });
  });

  test("a payment that is recorded for a later day is told of until then, also in the document", async () => {
    const accountId = newAccount();
    await writeLapsed(service, accountId);
    const quote = await quoteMade(service, reinstatement(accountId));
    expect((await accepted(service, quote, "2026-12-20")).body).toMatchObject({ status: "accepted", acceptedPaidOn: "2026-12-20" });
    const on = (asOf: string) => read(`/v1/quotes/${quote.body.id}?asOf=${asOf}`);
    const before = await on("2026-12-19");
    expect(before).toMatchObject({ status: "offered", acceptedPaidOn: null, payBy: "2026-12-31" });
    expect(before.reasons.slice(0, -1)).toEqual(quote.body.reasons);
    expect(before.reasons.at(-1)).toEqual({
      clause: quote.body.reasons[0].clause,
      condition: "payment-recorded",
      result: "info",
      finding: "payment is recorded for 2026-12-20: the quote is accepted from that day on and is not to be paid again",
      facts: [{ path: `quotes/${quote.body.id}/acceptedPaidOn`, value: "2026-12-20" }],
      cure: null,
    });
    expect(await on("2026-12-20")).toMatchObject({ status: "accepted", reasons: quote.body.reasons });
    // Nothing is left to bring back, and the outlook and the standing of the old contract say so.
    const [made] = (await on("2026-12-20")).reinstatedAs;
    const outlook = await read(`/v1/accounts/${accountId}/contracts/c-1/renewal?asOf=2026-12-20`);
    expect(outlook).toMatchObject({ status: "lapsed", reinstatement: null });
    expect(outlook.reasons.map(({ finding }: { finding: string }) => finding)).toContain(
      `what lapsed was brought back under \`${made}\`: nothing is left to reinstate`,
    );
    const [old] = await standing(accountId, "2026-12-20");
    expect(old).toMatchObject({ contractId: "c-1", status: "lapsed", reinstatementUntil: null });
    const { content } = await service.send("GET", `/v1/quotes/${quote.body.id}.pdf?asOf=2026-12-19`);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(content)), { mergePages: true });
    const words = text.replace(/\s+/g, " ");
    expect(words).toContain("Payment recorded for 2026-12-20: not to be paid again");
    expect(words).not.toContain("To be paid by");
  });

  test("by a name of the caller's own is overtaken once there is such a license, or once the contract ends", async () => {
    const accountId = newAccount();
    await writeRunning(service, accountId);
    const lines = [{ licenseId: "l-9", productId: "qs-analyzer", seats: 10, annualFee: fee }];
    const [first, second, third] = [
      await quoteMade(service, purchase(accountId, { lines })),
      await quoteMade(service, purchase(accountId, { lines })),
      await quoteMade(service, purchase(accountId)),
    ];
    expect((await accepted(service, first, "2026-04-01")).status).toBe(200);
    expect((await accepted(service, second, "2026-04-01")).body).toMatchObject({ status: 409, code: "quote-overtaken" });
    expect((await quoteMade(service, purchase(accountId, { lines }))).body).toMatchObject({
      status: 422,
      errors: [{ pointer: "/lines/0/licenseId" }],
    });
    await service.send("PUT", `/v1/accounts/${accountId}/contracts/c-1`, {
      ...(await read(`/v1/accounts/${accountId}/contracts/c-1`)),
      contractId: undefined,
      settings: { autoRenew: false },
    });
    expect((await accepted(service, third, "2026-04-01")).body).toMatchObject({ status: 409, code: "quote-overtaken" });
  });
});

test("a purchase whose day of payment was mistyped is taken back by deleting its line and license, and accepted anew", async () => {
  const accountId = newAccount();
  await writeRunning(service, accountId);
  const quote = await quoteMade(service, purchase(accountId));
  const licenseId = `qs-analyzer-${quote.body.id.slice(-10)}-1`;
  await accepted(service, quote, "2062-04-20");
  const { detail } = (await accepted(service, quote, "2026-04-20")).body;
  const [line, license] = [`/v1/accounts/${accountId}/contracts/c-1/lines/${licenseId}`, `/v1/accounts/${accountId}/licenses/${licenseId}`];
  expect(detail).toContain(
    `\`DELETE ${line}\` and \`DELETE ${license}\`, which takes role \`sales-ops\` or \`admin\`, and accept the quote again with a new \`Idempotency-Key\``,
  );
  const status = async () => (await read(`/v1/quotes/${quote.body.id}?asOf=2062-05-01`)).status;
  expect((await service.send("DELETE", license)).status).toBe(204);
  // Half of it is left: that is still the acceptance, and cannot be recorded twice.
  expect([await status(), (await accepted(service, quote, "2026-04-20")).body.code]).toEqual(["accepted", "quote-already-accepted"]);
  expect((await service.send("DELETE", line)).status).toBe(204);
  expect(await status()).toBe("offered");
  expect((await accepted(service, quote, "2026-04-20")).body).toMatchObject({ status: "accepted", acceptedPaidOn: "2026-04-20" });
  const { lines } = await read(`/v1/accounts/${accountId}/contracts/c-1`);
  expect(lines.map((one: { licenseId: string }) => one.licenseId)).toEqual(["l-1", licenseId]);
});

test("of two purchases of the same license, one is paid and the other is void", async () => {
  const accountId = newAccount();
  await writeRunning(service, accountId);
  const lines = [{ licenseId: "l-9", productId: "qs-analyzer", seats: 10, annualFee: fee }];
  const [first, second] = [await quoteMade(service, purchase(accountId, { lines })), await quoteMade(service, purchase(accountId, { lines }))];
  await accepted(service, first, "2026-04-01");
  expect((await accepted(service, second, "2026-04-01")).body.detail).toContain(first.body.id);
  expect(await read(`/v1/quotes/${second.body.id}?asOf=2026-04-01`)).toMatchObject({
    status: "void",
    voidedReason: `quote \`${first.body.id}\` was accepted instead, paid on 2026-04-01`,
  });
});

test("a term is renewed once: of two quotes one is paid, and none is offered for it again", async () => {
  const accountId = newAccount();
  await writeRunning(service, accountId);
  const request = { kind: "renewal", accountId, contractId: "c-1", asOf: "2026-10-01" };
  const [first, second] = [await quoteMade(service, request), await quoteMade(service, request)];
  expect((await accepted(service, first, "2026-12-01")).status).toBe(200);
  expect((await accepted(service, second, "2026-12-01")).body).toMatchObject({ status: 409, code: "quote-overtaken" });
  const status = async (asOf: string) => (await read(`/v1/quotes/${second.body.id}?asOf=${asOf}`)).status;
  expect([await status("2026-11-30"), await status("2026-12-01")]).toEqual(["offered", "void"]);
  expect((await quoteMade(service, { ...request, asOf: "2026-12-15" })).body).toMatchObject({ status: "refused", lines: [] });
  expect((await quoteMade(service, { ...request, asOf: "2027-10-01" })).body).toMatchObject({
    status: "offered",
    newTerm: { firstDay: "2028-01-01" },
  });
});

test("a renewal is accepted and records nothing else: it renews anyway", async () => {
  const accountId = newAccount();
  await writeRunning(service, accountId);
  const quote = await quoteMade(service, { kind: "renewal", accountId, contractId: "c-1", asOf: "2026-10-01" });
  expect(quote.body).toMatchObject({ status: "offered", total: fee, newTerm: { firstDay: "2027-01-01", lastDay: "2027-12-31" }, payBy: null });
  const before = await read(`/v1/accounts/${accountId}/facts`);
  expect((await accepted(service, quote, "2026-12-01")).status).toBe(200);
  const after = await read(`/v1/accounts/${accountId}/facts`);
  expect(after.contracts).toEqual(before.contracts);
  expect(after.quotes).toEqual([{ ...before.quotes[0], acceptedPaidOn: "2026-12-01" }]);
});

describe("accepting and voiding", () => {
  test("the same again answers the same; another day, or void, does not", async () => {
    const accountId = newAccount();
    await writeLapsed(service, accountId);
    const quote = await quoteMade(service, reinstatement(accountId));
    const once = await accepted(service, quote, "2026-07-01");
    const version = await read(`/v1/accounts/${accountId}/facts`);
    service.clock.now += 86_400_000;
    expect((await accepted(service, quote, "2026-07-01")).text).toBe(once.text);
    service.clock.now -= 86_400_000;
    expect(await read(`/v1/accounts/${accountId}/facts`)).toEqual(version);
    expect((await accepted(service, quote, "2026-07-02")).body).toMatchObject({ status: 409, code: "quote-already-accepted" });
    expect((await voided(service, quote, "withdrawn")).body).toMatchObject({ status: 409, code: "quote-already-accepted" });
  });

  test("a day after the last is too late, the last day is not, whenever it is recorded", async () => {
    const accountId = newAccount();
    await writeLapsed(service, accountId);
    const quote = await quoteMade(service, reinstatement(accountId));
    expect((await accepted(service, quote, "2027-01-01")).body).toMatchObject({
      status: 409,
      code: "quote-expired",
      errors: [{ pointer: "/paidOn" }],
    });
    service.clock.now += 400 * 86_400_000;
    expect((await read(`/v1/quotes/${quote.body.id}`)).status).toBe("expired");
    expect((await accepted(service, quote, "2026-12-31")).status).toBe(200);
    service.clock.now -= 400 * 86_400_000;
  });

  test("void once, for one reason", async () => {
    const accountId = newAccount();
    await writeLapsed(service, accountId);
    const quote = await quoteMade(service, reinstatement(accountId));
    const gone = await voided(service, quote, "another offer was made");
    expect(gone.body).toMatchObject({ status: "void", voidedReason: "another offer was made", acceptedPaidOn: null });
    expect((await voided(service, quote, "another offer was made")).text).toBe(gone.text);
    expect((await voided(service, quote, "for fun")).body).toMatchObject({ status: 409, code: "quote-void" });
    expect((await accepted(service, quote, "2026-07-01")).body).toMatchObject({ status: 409, code: "quote-void" });
    expect((await service.send("POST", `/v1/quotes/${quote.body.id}/void`, {})).body).toMatchObject({
      status: 400,
      errors: [{ pointer: "/reason" }],
    });
    expect((await service.send("POST", "/v1/quotes/none/accept", { paidOn: "2026-07-01" })).body.code).toBe("quote-not-found");
  });

  test("what offers nothing cannot be accepted, and says why", async () => {
    const accountId = newAccount();
    await writeLapsed(service, accountId);
    const discretion = await quoteMade(service, { ...reinstatement(accountId, "2027-01-01"), asOf: "2026-12-31" });
    expect(discretion.body.status).toBe("discretion");
    const { body } = await accepted(service, discretion, "2026-12-31");
    expect(body).toMatchObject({ status: 409, code: "quote-not-offered" });
    expect(body.detail).toMatch(/`discretion`.*7\.3\(i\)/);
  });
});

describe("at another time", () => {
  test("only the status and what became of the offer change, with the day asked about and what was known", async () => {
    const accountId = newAccount();
    await writeLapsed(service, accountId);
    const quote = await quoteMade(service, reinstatement(accountId));
    const before = new Date(service.clock.now).toISOString();
    await accepted(service, quote, "2026-09-15");
    const at = `/v1/quotes/${quote.body.id}`;
    const status = async (query: string) => (await read(`${at}${query}`)).status;
    expect(await status("")).toBe("accepted");
    expect([await status("?asOf=2026-09-14"), await status("?asOf=2026-09-15")]).toEqual(["offered", "accepted"]);
    expect(await status(`?knownAt=${before}`)).toBe("offered");
    expect(await status(`?knownAt=${before}&asOf=2027-01-01`)).toBe("expired");
    const { status: _, acceptedPaidOn: __, reinstatedAs: ___, ...frozen } = await read(at);
    expect(quote.body).toMatchObject(frozen);
    expect((await read(`/v1/accounts/${accountId}/quotes`)).items).toEqual([await read(at)]);
  });

  test("a quote for last year is expired today, and open as of last year", async () => {
    const accountId = newAccount();
    await writeLapsed(service, accountId);
    service.clock.now += 365 * 86_400_000;
    const { asOf: _, ...today } = reinstatement(accountId);
    const quote = await quoteMade(service, today);
    expect(quote.body.status).toBe("expired");
    expect((await read(`/v1/quotes/${quote.body.id}?asOf=2026-12-31`)).status).toBe("offered");
    expect((await accepted(service, quote, "2026-12-31")).status).toBe(200);
    service.clock.now -= 365 * 86_400_000;
  });
});
