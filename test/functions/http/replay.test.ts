/** What a stored answer would be today, what of it changed, and which recorded fact changed it. */
import { beforeEach, describe, expect, test } from "vitest";
import { documents, writeExample } from "./example.ts";
import { accepted, purchase, quoteMade, reinstatement, writeLapsed, writeRunning } from "./quotes-example.ts";
import { type Response, type Service, startService } from "./service.ts";

const account = "/v1/accounts/acme";
const chf = (amount: string) => ({ amount, currency: "CHF" });

let service: Service;
beforeEach(async () => {
  service = await startService();
  await writeExample(service);
});

const put = async (path: string, document: object, on: string): Promise<Response> => {
  service.clock.now = Date.parse(`${on}T09:00:00Z`);
  const response = await service.send("PUT", path, document);
  expect(response.status).toBeLessThan(300);
  return response;
};
const decided = async () => (await service.send("POST", "/v1/entitlement-checks", documents.check)).body;
const replay = async (id: string, body?: object) => (await service.send("POST", `/v1/decisions/${id}/replay`, body)).body;
const saysOf = (list: { says: string }[]) => list.map(({ says }) => says);
const about = (today: { changes: { about: string; says: string }[] }, what: string) => saysOf(today.changes.filter((one) => one.about === what));

describe("a decision, replayed", () => {
  test("says the same today while nothing was recorded", async () => {
    const made = await decided();
    const { identical, today } = await replay(made.id);
    expect(identical).toBe(true);
    expect(today).toMatchObject({ changes: [], because: [], otherChanges: 0 });
    expect({ ...today.answer, id: made.id, decidedAt: made.decidedAt }).toEqual(made);
  });

  test("names the payment that changed it, with when it was recorded; what does not bear on it is counted", async () => {
    const made = await decided();
    expect(made.outcome).toBe("not-entitled");
    await put(`${account}/premises/branch`, documents.premises, "2026-12-01");
    await put("/v1/products/other", { ...documents.product, productLine: "Other" }, "2026-12-02");
    await put(`${account}/invoices/inv-7/payments/p-2`, { paidOn: "2026-03-01", amount: chf("1000.00") }, "2026-12-05");
    const { identical, stored, today } = await replay(made.id);
    expect([identical, stored]).toEqual([true, made]);
    expect(today.answer).toMatchObject({ id: null, outcome: "discretion", asOf: made.asOf, knownAt: "2026-12-05T09:00:00.001Z" });
    expect(about(today, "outcome")).toEqual(["was: not-entitled; now: discretion"]);
    expect(about(today, "reason 2.1 payments-current")).toEqual([expect.stringMatching(/^was: fail, .*CHF 1,000\.00.*; now: pass, /)]);
    expect(today.because).toEqual([
      {
        cause: "fact",
        says: "payment `p-2` of CHF 1,000.00 on invoice `inv-7` added: paid on 2026-03-01, recorded on 2026-12-05",
        path: "invoices/inv-7",
        recordedAt: "2026-12-05T09:00:00.001Z",
      },
    ]);
    expect(today.otherChanges).toBe(2);
  });

  test("of two payments, of which either would not do, names both; of one written twice, when it became what it is", async () => {
    const made = await decided();
    await put(`${account}/invoices/inv-7/payments/a`, { paidOn: "2026-03-01", amount: chf("100.00") }, "2026-12-01");
    await put(`${account}/invoices/inv-7/payments/b`, { paidOn: "2026-03-01", amount: chf("400.00") }, "2026-12-02");
    await put(`${account}/invoices/inv-7/payments/a`, { paidOn: "2026-03-01", amount: chf("600.00") }, "2026-12-03");
    const { today } = await replay(made.id);
    expect(saysOf(today.because)).toEqual([
      "payment `a` of CHF 600.00 on invoice `inv-7` added: paid on 2026-03-01, recorded on 2026-12-03",
      "payment `b` of CHF 400.00 on invoice `inv-7` added: paid on 2026-03-01, recorded on 2026-12-02",
    ]);
  });

  test("of two payments, of which either would do, names both", async () => {
    const made = await decided();
    for (const [id, on] of [
      ["a", "2026-12-01"],
      ["b", "2026-12-02"],
    ] as const)
      await put(`${account}/invoices/inv-${id}`, { ...documents.invoice, dueOn: "2026-02-20" }, on);
    await put(
      `${account}/invoices/inv-7`,
      { ...documents.invoice, payments: [{ paymentId: "p", paidOn: "2026-02-01", amount: chf("1000.00") }] },
      "2026-12-03",
    );
    const { today } = await replay(made.id);
    expect(today.answer.outcome).toBe("not-entitled");
    expect(today.because.map(({ path }: { path: string }) => path)).toEqual(["invoices/inv-7", "invoices/inv-a", "invoices/inv-b"]);
  });

  test("names a line, a product's end of life and a taken-back license, each as it was recorded", async () => {
    const made = await decided();
    await put(`${account}/contracts/c-1/lines/l-2`, { annualFee: chf("1200.00") }, "2026-12-01");
    const covered = await replay(made.id);
    expect(saysOf(covered.today.because)).toEqual(["line `l-2` of CHF 1,200.00 on contract `c-1` added, recorded on 2026-12-01"]);
    await put("/v1/products/qs-analyzer", { ...documents.product, endOfLifeAnnouncedOn: "2025-12-01", endOfLifeOn: "2026-02-01" }, "2026-12-02");
    const { today } = await replay(made.id);
    expect(saysOf(today.because)).toContain("product `qs-analyzer`: end of life on was not recorded, now 2026-02-01, recorded on 2026-12-02");
  });

  test("asked as of another day says so", async () => {
    const made = await decided();
    const { today } = await replay(made.id, { asOf: "2026-01-15T09:30:00Z" });
    expect(today.answer.asOf).toBe("2026-01-15T09:30:00Z");
    expect(today.because).toEqual([
      { cause: "as-of", says: "asked as of 2026-01-15T09:30:00Z instead of 2026-03-02T09:30:00Z", path: null, recordedAt: null },
    ]);
    expect(about(today, "reason 2.1 payments-current")).toHaveLength(1);
  });

  test("asked as known in between says what was said by then", async () => {
    const made = await decided();
    await put(`${account}/invoices/inv-7/payments/p-1`, { paidOn: "2026-03-01", amount: chf("1000.00") }, "2026-12-01");
    await put(`${account}/contracts/c-1/lines/l-2`, { annualFee: chf("1200.00") }, "2026-12-05");
    const between = await replay(made.id, { knownAt: "2026-12-03" });
    expect(between.today.answer).toMatchObject({ outcome: "discretion", knownAt: "2026-12-03T23:59:59.999Z" });
    expect(between.today.because.map(({ path }: { path: string }) => path)).toEqual(["invoices/inv-7"]);
    expect((await replay(made.id)).today.answer.outcome).toBe("entitled");
    expect(await replay(made.id, { knownAt: "2026-01-01" })).toMatchObject({ status: 400, code: "known-at-before-answer" });
    expect(await replay(made.id, { knownAt: "2030-01-01" })).toMatchObject({ status: 400, code: "known-at-in-future" });
  });

  test("that another release made says so", async () => {
    const made = await decided();
    const record = await service.store.getRecord("decision", made.id);
    const id = `${made.id.slice(0, -4)}0000`;
    const otherwise = { ...made, outcome: "entitled", engineVersion: "0.0.1" };
    await service.store.putRecord({ ...(record as NonNullable<typeof record>), id, answer: JSON.stringify(otherwise) });
    const { today } = await replay(id);
    expect(about(today, "outcome")).toEqual(["was: entitled; now: not-entitled"]);
    expect(today.because).toEqual([
      { cause: "release", says: expect.stringMatching(/^release `?\d+\.\d+\.\d+.* answers otherwise than 0\.0\.1/), path: null, recordedAt: null },
    ]);
  });

  test("that can no longer be asked, or whose account is gone, is an answer", async () => {
    const made = await decided();
    await put(`${account}/licenses/l-1`, { ...documents.license, productId: "another" }, "2026-12-01");
    const { today } = await replay(made.id);
    expect(today.answer).toBeNull();
    expect(about(today, "question")).toEqual([expect.stringContaining("license `l-1` is of `another`, not of `qs-analyzer`")]);
    expect(saysOf(today.because)).toEqual(["license `l-1`: product was `qs-analyzer`, now `another`, recorded on 2026-12-01"]);

    for (const path of ["licenses/l-1", "licenses/l-2", "premises/hq", "contracts/c-1", "contacts/jmeier", "invoices/inv-7"]) {
      const { status } = await service.send("DELETE", `${account}/${path}`);
      expect(status).toBe(204);
    }
    expect((await service.send("DELETE", account)).status).toBe(204);
    const gone = await replay(made.id);
    expect(gone.identical).toBe(true);
    expect(gone.today).toEqual({ answer: null, changes: [{ about: "account", says: "was taken back" }], because: [], otherChanges: 0 });
  });

  test("tells no person's name", async () => {
    const made = await decided();
    await put(`${account}/contacts/jmeier`, { ...documents.contact, name: "Canary Bird", role: "none" }, "2026-12-01");
    await put(account, { ...documents.account, name: "Canary Ltd" }, "2026-12-02");
    const { today } = await replay(made.id);
    expect(JSON.stringify(today)).not.toContain("Canary");
    expect(saysOf(today.because)).toEqual(["contact `jmeier`: role was `technical-contact`, now `none`, recorded on 2026-12-01"]);
    expect(today.otherChanges).toBe(1);
  });
});

describe("a quote, replayed", () => {
  test("says the same today, and after a fee changed what it would be now, line by line", async () => {
    await writeLapsed(service, "lapsed");
    const { body: made, text } = await quoteMade(service, reinstatement("lapsed"));
    const first = await service.send("POST", `/v1/quotes/${made.id}/replay`);
    expect(first.body).toMatchObject({ identical: true, today: { changes: [], because: [] } });
    expect(JSON.stringify(first.body.quote)).toBe(text);
    expect({ ...first.body.today.answer, id: made.id }).toEqual({
      ...made,
      decidedAt: expect.any(String),
      // The offer was recorded with the quote.
      knownAt: expect.any(String),
      factsDigest: expect.any(String),
    });

    await put("/v1/accounts/lapsed/contracts/c-1/lines/l-1", { annualFee: chf("12000.00") }, "2026-12-01");
    const { body } = await service.send("POST", `/v1/quotes/${made.id}/replay`, {});
    expect(body.identical).toBe(true);
    // 181 of 365 days of 10,000.00 and of 12,000.00 (7.3(b)).
    expect(about(body.today, "line back-fees of l-1")).toEqual([expect.stringMatching(/^was: CHF 4,958\.90: .*; now: CHF 5,950\.68: /)]);
    expect(about(body.today, "total")).toHaveLength(1);
    expect(saysOf(body.today.because)).toEqual([
      "line `l-1` on contract `c-1`: annual fee was CHF 10,000.00, now CHF 12,000.00, recorded on 2026-12-01",
    ]);
  });

  test("that was accepted stays as it was made; today there is nothing left to bring back", async () => {
    await writeLapsed(service, "lapsed");
    const { body: made } = await quoteMade(service, reinstatement("lapsed"));
    await accepted(service, { body: made } as Response, "2026-07-01");
    const { body } = await service.send("POST", `/v1/quotes/${made.id}/replay`, { asOf: "2026-08-01" });
    expect(body).toMatchObject({ identical: true, stored: { status: "offered", acceptedPaidOn: null } });
    expect(about(body.today, "status")).toEqual([expect.stringMatching(/^was: offered; now: /)]);
    expect(body.today.because.map(({ path }: { path: string }) => path)).toContainEqual(expect.stringMatching(/^contracts\/c-1./));
  });

  test.each([
    ["a purchase", purchase("running")],
    ["a renewal", { kind: "renewal", accountId: "running", contractId: "c-1" }],
    ["a refused reinstatement", reinstatement("running")],
  ])("of %s is the same to the byte", async (_, request) => {
    await writeRunning(service, "running");
    const { body: made, text } = await quoteMade(service, request);
    await put("/v1/accounts/running", { ...documents.account, region: "elsewhere" }, "2026-12-01");
    const { body } = await service.send("POST", `/v1/quotes/${made.id}/replay`);
    expect(JSON.stringify(body.quote)).toBe(text);
    expect(body).toMatchObject({ identical: true, stored: made, today: { changes: [], because: [] } });
  });

  test("of none is not found", async () => {
    expect((await service.send("POST", "/v1/quotes/qt_none/replay")).body).toMatchObject({ status: 404, code: "quote-not-found" });
    expect((await service.send("POST", "/v1/decisions/chk_none/replay")).body).toMatchObject({ status: 404, code: "decision-not-found" });
  });
});
