/** Lists and search: every item once, in order, page by page; accounts by text, policy and status as they stand now. */
import { beforeAll, describe, expect, test } from "vitest";
import { documents, writeExample } from "./example.ts";
import { type Service, startService } from "./service.ts";

let service: Service;
const account = "/v1/accounts/acme";

/** Under which status each of these accounts stands at the test's time. */
const contracts: Record<string, object | null> = {
  bare: null,
  begins: { term: { firstDay: "2027-01-01", lastDay: "2027-12-31" } },
  "current-1": {},
  "current-2": {},
  ended: { term: { firstDay: "2024-01-01", lastDay: "2024-12-31" }, settings: { autoRenew: false } },
  lapsed: { term: { firstDay: "2025-03-01", lastDay: "2026-02-28" }, settings: { autoRenew: false } },
};
const statuses: Record<string, string> = {
  acme: "past-due",
  bare: "none",
  begins: "not-started",
  "current-1": "current",
  "current-2": "current",
  ended: "ended",
  lapsed: "lapsed",
};

beforeAll(async () => {
  service = await startService();
  await writeExample(service);
  for (const [id, change] of Object.entries(contracts)) {
    await service.send("PUT", `/v1/accounts/${id}`, { name: `The ${id.toUpperCase()} company`, customerNumber: `nr-${id}` });
    if (change === null) continue;
    await service.send("PUT", `/v1/accounts/${id}/licenses/l-1`, documents.license);
    const { status } = await service.send("PUT", `/v1/accounts/${id}/contracts/c-1`, { ...documents.contract, ...change });
    expect(status).toBe(201);
  }
});

/** All items of a list, read in pages of this size. */
async function all(target: string, limit: number): Promise<{ items: Record<string, string>[]; pages: number }> {
  const items: Record<string, string>[] = [];
  let cursor: string | null = null;
  for (let pages = 1; ; pages++) {
    const { status, body } = await service.send(
      "GET",
      `${target}${target.includes("?") ? "&" : "?"}limit=${limit}${cursor === null ? "" : `&cursor=${cursor}`}`,
    );
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(limit);
    items.push(...body.items);
    cursor = body.nextCursor;
    if (cursor === null) return { items, pages };
  }
}

const ids = (items: Record<string, string>[], name = "accountId") => items.map((item) => item[name]);

describe("accounts", () => {
  test.each([1, 2, 3, 7, 100])("in pages of %s: every one once, in the order of ids, with its status now", async (limit) => {
    const { items } = await all("/v1/accounts", limit);
    expect(ids(items)).toEqual(Object.keys(statuses).sort());
    for (const { accountId, status } of items) expect(status, accountId).toBe(statuses[accountId as string]);
  });

  test.each(["past-due", "none", "not-started", "current", "ended", "lapsed", "notice-given"])("of status %s", async (status) => {
    const expected = Object.keys(statuses).filter((id) => statuses[id] === status);
    for (const limit of [1, 2, 100]) {
      const { items, pages } = await all(`/v1/accounts?status=${status}`, limit);
      expect(ids(items)).toEqual(expected.sort());
      expect(pages).toBeLessThanOrEqual(Math.ceil(expected.length / limit) + 1);
    }
  });

  test("by part of the name, the number or the id, in any case; by policy; by both and status", async () => {
    expect(ids((await all("/v1/accounts?q=CURRENT", 1)).items)).toEqual(["current-1", "current-2"]);
    expect(ids((await all("/v1/accounts?q=nr-laps", 25)).items)).toEqual(["lapsed"]);
    expect(ids((await all("/v1/accounts?q=The+ended%20c", 25)).items)).toEqual(["ended"]);
    expect(ids((await all("/v1/accounts?q=nobody", 25)).items)).toEqual([]);
    expect((await all("/v1/accounts?policyId=ebiexperts-support", 2)).items).toHaveLength(6);
    expect((await all("/v1/accounts?policyId=other", 2)).items).toEqual([]);
    expect(ids((await all("/v1/accounts?q=company&policyId=ebiexperts-support&status=current", 1)).items)).toEqual(["current-1", "current-2"]);
  });

  test("follow a fact at once", async () => {
    await service.send("PUT", `${account}/invoices/inv-7/payments/all`, { paidOn: "2026-11-01", amount: documents.invoice.amount });
    expect(ids((await all("/v1/accounts?status=past-due", 25)).items)).toEqual([]);
    await service.send("DELETE", `${account}/invoices/inv-7/payments/all`);
    expect(ids((await all("/v1/accounts?status=past-due", 25)).items)).toEqual(["acme"]);
  });
});

describe("facts of an account and of the catalog", () => {
  const many: [list: string, idName: string, document: object][] = [
    [`${account}/licenses`, "licenseId", documents.license],
    [`${account}/premises`, "premisesId", documents.premises],
    [`${account}/contacts`, "contactId", documents.contact],
    [`${account}/invoices`, "invoiceId", { ...documents.invoice, kind: "other" }],
    [`${account}/contracts`, "contractId", { ...documents.contract, lines: [] }],
    ["/v1/products", "productId", documents.product],
    ["/v1/price-lists", "priceListId", { ...documents.priceList, items: [] }],
  ];

  test.each(many)("%s", async (list, idName, document) => {
    const before = ids((await all(list, 100)).items, idName) as string[];
    const added = ["Z-1", "a-1", "a-10", "a-2"];
    for (const id of added) expect((await service.send("PUT", `${list}/${id}`, document)).status).toBe(201);
    for (const limit of [1, 2, 100]) {
      const { items } = await all(list, limit);
      expect(ids(items, idName)).toEqual([...before, ...added].sort());
      expect(items.find((item) => item[idName] === "a-2")).toMatchObject(document);
    }
    for (const id of added) await service.send("DELETE", `${list}/${id}`);
  });

  test("the last page says so, also when it is full", async () => {
    const { body } = await service.send("GET", `${account}/licenses?limit=2`);
    expect(body.items).toHaveLength(2);
    expect(body.nextCursor).toBeNull();
  });

  test("a cursor goes on after its item, even when that is gone", async () => {
    for (const id of ["p-1", "p-2", "p-3"]) await service.send("PUT", `${account}/premises/${id}`, documents.premises);
    const { body } = await service.send("GET", `${account}/premises?limit=2`);
    expect(ids(body.items, "premisesId")).toEqual(["hq", "p-1"]);
    await service.send("DELETE", `${account}/premises/p-1`);
    expect(ids((await service.send("GET", `${account}/premises?cursor=${body.nextCursor}`)).body.items, "premisesId")).toEqual(["p-2", "p-3"]);
  });
});

test("two price lists that name a product from the same day with different fees: the second is refused", async () => {
  const second = (amount: string) => ({
    ...documents.priceList,
    items: [{ productId: "qs-analyzer", annualFeePerSeat: { amount, currency: "CHF" } }],
  });
  expect((await service.send("PUT", "/v1/price-lists/pl-same", second("100.00"))).status).toBe(201);
  expect((await service.send("PUT", "/v1/price-lists/pl-other", second("100.01"))).body).toMatchObject({
    status: 422,
    errors: [{ pointer: "/items/0/annualFeePerSeat" }, { pointer: "/items/0/annualFeePerSeat" }],
  });
  expect((await service.send("GET", "/v1/price-lists/pl-other")).status).toBe(404);
  expect((await service.send("PUT", "/v1/price-lists/pl-same", second("100.01"))).status).toBe(422);
  expect((await service.send("PUT", "/v1/price-lists/pl-other", { ...second("100.01"), effectiveFrom: "2026-01-02" })).status).toBe(201);
});
