/** Quotes of every kind over HTTP: what is refused until it is cured, what is not known, and what contradicts the facts. */
import { beforeAll, describe, expect, test } from "vitest";
import { documents } from "./example.ts";
import { accepted, fee, purchase, quoteMade, reinstatement, writeLapsed, writeRunning } from "./quotes-example.ts";
import { type Service, startService } from "./service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
  await writeRunning(service, "running");
  await writeLapsed(service, "gone");
});
const chf = (amount: string) => ({ amount, currency: "CHF" });
const preview = async (request: object) => (await service.send("POST", "/v1/quotes/preview", request)).body;
const failing = ({ reasons }: { reasons: { result: string }[] }) => reasons.filter(({ result }) => result !== "pass" && result !== "info");

describe("an additional purchase", () => {
  test("takes the fee of the price list in force on the day of delivery, and shows the total without aligned terms", async () => {
    const quoted = await preview(purchase("running", { lines: [{ productId: "qs-analyzer", seats: 2 }] }));
    // By hand: two seats at 1,050.00 are 2,100.00; 275 of 365 days of it are 1,582.19.
    expect(quoted).toMatchObject({ id: null, status: "offered", total: chf("3682.19"), newTerm: { firstDay: "2026-04-01", lastDay: "2027-03-31" } });
    expect(quoted.lines.map(({ licenseId }: { licenseId: null }) => licenseId)).toEqual([null, null]);
    expect(quoted.lines[0].formula).toBe("CHF 1,050.00 a seat × 2 seats, price list `pl-2026`, for 12 months from delivery, owed in full");
    expect(quoted.alternatives).toEqual([{ reading: "ebx-co-term", option: "literal", total: chf("2100.00") }]);
    expect(quoted.readings).toContainEqual({ id: "ebx-co-term", chosen: "stub" });
  });

  test("without a fee and without a price list is undetermined, never free", async () => {
    const quoted = await preview(purchase("running", { deliveredOn: "2026-12-31", lines: [{ productId: "none", seats: 2 }] }));
    expect(quoted).toMatchObject({ status: "undetermined", total: null });
    expect(quoted.missing.map(({ what }: { what: string }) => what)).toEqual([
      "product `none` and its product line",
      "annual fee in the price list, for `none` on 2026-12-31",
    ]);
  });

  test("is refused while an earlier license of the line has no support, or an invoice is overdue; each with its cure and price", async () => {
    await writeRunning(service, "careless");
    await service.send("PUT", "/v1/accounts/careless/licenses/l-2", documents.license);
    await service.send("PUT", "/v1/accounts/careless/invoices/inv-1", { ...documents.invoice, amount: fee, dueOn: "2026-03-14" });
    const onTheDueDay = failing(await preview({ ...purchase("careless"), asOf: "2026-03-14" }));
    expect(onTheDueDay).toMatchObject([{ clause: "7.1", condition: "current-on-line", cure: { price: chf("10500.00") } }]);
    const dayAfter = await preview({ ...purchase("careless"), asOf: "2026-03-15" });
    expect(dayAfter).toMatchObject({ status: "refused", total: null, lines: [], newTerm: null });
    expect(failing(dayAfter)).toMatchObject([
      { clause: "7.1", result: "fail", finding: "l-2 of product line `QS` has no support on 2026-03-15", cure: { price: chf("10500.00") } },
      {
        clause: "7.1",
        result: "fail",
        finding: "open balance CHF 10,000.00 on `inv-1`, due 2026-03-14",
        cure: { says: "pay the open balance", price: fee },
      },
    ]);
    await service.send("PUT", "/v1/accounts/careless/contracts/c-1/lines/l-2", { annualFee: fee });
    await service.send("PUT", "/v1/accounts/careless/invoices/inv-1/payments/p-1", { paidOn: "2026-03-15", amount: fee });
    expect((await preview({ ...purchase("careless"), asOf: "2026-03-15" })).status).toBe("offered");
  });

  test("is refused where support lapsed, with what bringing it back costs, and before the contract begins", async () => {
    const lapsed = await preview(purchase("gone", { deliveredOn: "2026-07-01", asOf: "2026-06-01" }));
    expect(lapsed.status).toBe("refused");
    expect(failing(lapsed)[0]).toMatchObject({ clause: "7.1", condition: "contract-runs", cure: { clause: "7.3", price: chf("19323.63") } });
    const early = await preview(purchase("running", { deliveredOn: "2025-12-31" }));
    expect(early.status).toBe("refused");
    expect(failing(early)).toMatchObject([{ finding: "contract `c-1` begins only on 2026-01-01" }]);
  });

  test("of products that are supported otherwise, or under a reseller's agreement, is not the policy's", async () => {
    await service.send("PUT", "/v1/products/cl-desk", { ...documents.product, name: "Cloud Desk", productLine: "CL", kind: "cloud-service" });
    const cloud = await preview(purchase("running", { lines: [{ productId: "cl-desk", seats: 1, annualFee: fee }] }));
    expect([cloud.status, failing(cloud).map(({ result }) => result)]).toEqual(["refused", ["redirect"]]);
    await writeRunning(service, "resold");
    const contract = { ...documents.contract, settings: {}, lines: [{ licenseId: "l-1", annualFee: fee }], soldBy: { reseller: "Resale Ltd" } };
    await service.send("PUT", "/v1/accounts/resold/contracts/c-1", contract);
    for (const request of [purchase("resold"), { kind: "renewal", accountId: "resold", contractId: "c-1", asOf: "2026-10-01" }]) {
      const quoted = await preview(request);
      expect(quoted.status).toBe("refused");
      expect(failing(quoted)).toMatchObject([{ clause: "7.6", result: "redirect", cure: { says: "turn to Resale Ltd" } }]);
    }
  });

  const wrong: [what: string, lines: object[], pointer: string][] = [
    [
      "a fee in another currency",
      [{ productId: "qs-analyzer", seats: 1, annualFee: { amount: "1.00", currency: "EUR" } }],
      "/lines/0/annualFee/currency",
    ],
    ["a license that there is already", [{ productId: "qs-analyzer", seats: 1, licenseId: "l-1" }], "/lines/0/licenseId"],
    ["a license named twice", ["n-1", "n-1"].map((licenseId) => ({ productId: "qs-analyzer", seats: 1, licenseId })), "/lines/1/licenseId"],
    ["more lines than a quote may have", Array(1_001).fill({ productId: "qs-analyzer", seats: 1 }), "/lines"],
  ];
  test.each(wrong)("%s is refused with its place", async (_, lines, pointer) => {
    expect(await preview(purchase("running", { lines }))).toMatchObject({ status: 422, errors: [{ in: "body", pointer }] });
  });

  test("many products are all looked at; the reasons that decide come first, and those beyond fifty are counted", async () => {
    await writeRunning(service, "wide");
    await service.send("PUT", "/v1/accounts/wide/licenses/l-2", documents.license);
    const unknown = Array.from({ length: 59 }, (_, n) => ({ productId: `none-${n}`, seats: 1, annualFee: fee }));
    const quoted = await preview(purchase("wide", { lines: [...unknown, { productId: "qs-analyzer", seats: 1, annualFee: fee }] }));
    expect(quoted.status).toBe("refused");
    expect(quoted.reasons).toHaveLength(51);
    // Of 59 unknown products, one line with a gap and a contract that runs.
    expect(quoted.reasons.at(-1)).toMatchObject({ result: "info", finding: "11 more reasons are not listed" });
    expect(quoted.missing).toHaveLength(50);
  });

  test("a thousand lines are quoted, and accepted", async () => {
    await writeRunning(service, "large");
    const lines = Array(1_000).fill({ productId: "qs-analyzer", seats: 1, annualFee: chf("365.00") });
    const quote = await quoteMade(service, purchase("large", { lines }));
    // By hand: 365.00 and 275 days at 1.00 each, a thousand times.
    expect(quote.body.total).toEqual(chf("640000.00"));
    expect((await accepted(service, quote, "2026-04-01")).status).toBe(200);
    expect((await service.store.readFacts("large", null))?.dossier.licenses).toHaveLength(1_001);
  });
});

describe("a renewal", () => {
  const renewal = (accountId: string, asOf: string) => ({ kind: "renewal", accountId, contractId: "c-1", asOf });

  test("of lapsed support is refused, with what bringing it back costs", async () => {
    const quoted = await preview(renewal("gone", "2026-07-01"));
    expect(quoted).toMatchObject({ status: "refused", lines: [], total: null });
    expect(failing(quoted)).toMatchObject([{ clause: "7.2", result: "fail", cure: { clause: "7.3", price: chf("19323.63") } }]);
  });

  test("of what has not begun is refused", async () => {
    expect(failing(await preview(renewal("running", "2025-12-31")))).toMatchObject([{ clause: "7.2", finding: "the contract begins on 2026-01-01" }]);
  });

  test("where the policy leaves what follows to an agreement is undetermined", async () => {
    const contract = { ...documents.contract, policyId: "psigen-support", settings: {}, lines: [] };
    await writeRunning(service, "psigen");
    expect((await service.send("PUT", "/v1/accounts/psigen/contracts/c-2", contract)).status).toBe(201);
    for (const request of [
      { ...renewal("psigen", "2026-10-01"), contractId: "c-2" },
      { ...purchase("psigen"), contractId: "c-2" },
    ]) {
      const quoted = await preview(request);
      expect(quoted).toMatchObject({ status: "undetermined", total: null, missing: [{ what: "agreement", clause: "exclusions.2" }] });
      expect((await accepted(service, await quoteMade(service, request), "2026-10-01")).body).toMatchObject({ code: "quote-not-offered" });
    }
  });
});

test("under Ensim the fees of the price list bring support back for a year, at the list's annual fee", async () => {
  const items = [{ productId: "qs-analyzer", annualFeePerSeat: chf("20.00"), reinstatementFeePerSeat: chf("7.00") }];
  await service.send("PUT", "/v1/price-lists/ensim-2026", { ...documents.priceList, policyId: "ensim-support", items });
  await writeLapsed(service, "ensim");
  const contract = { ...documents.contract, policyId: "ensim-support", program: "16x5", term: { firstDay: "2025-01-01", lastDay: "2025-12-31" } };
  await service.send("PUT", "/v1/accounts/ensim/contracts/c-1", { ...contract, settings: { timeZone: "America/New_York" } });
  const quote = await quoteMade(service, reinstatement("ensim"));
  // By hand: ten seats at 7.00 and at 20.00.
  expect(quote.body).toMatchObject({ status: "offered", total: chf("270.00") });
  const { reinstatedAs } = (await accepted(service, quote, "2026-07-01")).body;
  expect((await service.send("GET", `/v1/accounts/ensim/contracts/${reinstatedAs[0]}`)).body).toMatchObject({
    policyId: "ensim-support",
    program: "16x5",
    term: { firstDay: "2026-07-01", lastDay: "2027-06-30" },
    settings: { timeZone: "America/New_York" },
    lines: [{ licenseId: "l-1", annualFee: chf("200.00") }],
  });
});
