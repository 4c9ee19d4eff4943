/** How much fits: bodies, nesting, pages, batches, quotes, and the lists inside answers, each at its limit and one beyond. */
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
const required = (kind: string) => facts[kind]?.required as Record<string, unknown>;
const get = async (target: string) => (await service.send("GET", target)).body;
const written = async (path: string, body: object) => {
  const { status, text } = await service.send("PUT", path, body);
  expect(status, text).toBeLessThan(300);
};

describe("a body", () => {
  const product = (bytes: number) => {
    const text = JSON.stringify(required("product"));
    return text + " ".repeat(bytes - text.length);
  };

  test("of a MiB is read, a byte more is 413, on every kind of request", async () => {
    expect((await service.sendText("PUT", "/v1/products/large", product(1_048_576))).status).toBe(201);
    for (const [method, path] of [
      ["PUT", "/v1/products/large"],
      ["POST", "/v1/quotes"],
      ["POST", "/v1/entitlement-checks"],
    ] as const) {
      expect((await service.sendText(method, path, product(1_048_577), newKey())).body).toMatchObject({ status: 413 });
    }
  });

  test("of 32 levels is read, 33 are malformed", async () => {
    const nested = (levels: number) =>
      `{"accountId":"acme","request":{"kind":"error","attestations":${"[".repeat(levels - 2)}${"]".repeat(levels - 2)}}}`;
    const ask = async (levels: number) => (await service.sendText("POST", "/v1/entitlement-checks/preview", nested(levels))).body;
    expect((await ask(32)).errors).toMatchObject([{ pointer: "/request/attestations" }]);
    expect(await ask(33)).toMatchObject({ status: 400, code: "nested-too-deep" });
  });

  test("of another kind than JSON is 415", async () => {
    for (const type of [
      "text/plain",
      "application/xml",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/json; charset=latin1",
    ]) {
      expect((await service.send("PUT", "/v1/products/other", required("product"), { "content-type": type })).body.status, type).toBe(415);
    }
  });
});

describe("a list", () => {
  beforeAll(async () => {
    for (let n = 0; n < 30; n++) await written(`/v1/accounts/acme/premises/p-${100 + n}`, required("premises"));
  });

  test("has 25 items where nothing is said, up to 100 where it is, and a cursor while there is more", async () => {
    const list = "/v1/accounts/acme/premises";
    const first = await get(list);
    expect(first.items).toHaveLength(25);
    const rest = await get(`${list}?cursor=${first.nextCursor}`);
    expect([rest.items.length, rest.nextCursor]).toEqual([6, null]);
    const all = await get(`${list}?limit=100`);
    expect([...first.items, ...rest.items]).toEqual(all.items);
    for (const limit of ["0", "101", "-1", "1.5", "x"]) expect((await get(`${list}?limit=${limit}`)).status, limit).toBe(400);
    expect((await get(`${list}?cursor=x`)).status).toBe(400);
    expect((await get(`${list}?page=2`)).errors).toMatchObject([{ in: "query", pointer: "/page" }]);
  });
});

describe("a batch", () => {
  const batch = (items: unknown[]) => service.send("POST", "/v1/entitlement-checks/batch", { items });

  test("of a hundred is answered item by item, of one more is refused", async () => {
    const { status, body } = await batch([
      check,
      { ...check, accountId: "nobody" },
      { ...check, request: {} },
      ...Array.from({ length: 97 }, () => check),
    ]);
    expect([status, body.items.length]).toEqual([200, 100]);
    expect(body.items.slice(0, 3)).toMatchObject([{ outcome: "entitled" }, { status: 404, code: "account-not-found" }, { status: 400 }]);
    expect((await batch(Array.from({ length: 101 }, () => check))).status).toBe(400);
  });
});

describe("a quote", () => {
  const chunk = 1_000;
  const account = "/v1/accounts/wide";
  const lines = Array.from({ length: chunk + 1 }, (_, n) => ({ licenseId: `l-${n}`, annualFee: chf("100.00") }));

  beforeAll(async () => {
    await written(account, { name: "Wide" });
    for (const { licenseId } of lines) {
      await written(`${account}/licenses/${licenseId}`, { ...required("license"), kind: "perpetual" });
    }
    // Lapsed on 2026-01-01: each license brought back on that very day has one line, on a later day two.
    await written(`${account}/contracts/c-1`, {
      ...required("contract"),
      term: { firstDay: "2025-01-01", lastDay: "2025-12-31" },
      settings: { autoRenew: false },
      lines,
    });
  });

  const quoteOn = (reinstateOn: string, licenseIds?: string[]) =>
    service.send("POST", "/v1/quotes/preview", {
      kind: "reinstatement",
      accountId: "wide",
      contractId: "c-1",
      reinstateOn,
      asOf: "2026-01-01",
      ...(licenseIds && { licenseIds }),
    });

  test("of 1,002 lines is quoted, of 2,003 is 422", async () => {
    // A forward fee each and one reinstatement fee; half a year later a back fee each besides.
    const { status, body } = await quoteOn("2026-01-01");
    expect(status, JSON.stringify(body).slice(0, 500)).toBe(200);
    expect(body.lines).toHaveLength(chunk + 2);
    const tooMany = await quoteOn("2026-07-01");
    expect(tooMany.body).toMatchObject({ status: 422, code: "quote-too-large" });
  });

  test("of 2,000 lines that are bought is quoted and accepted, of one more it is 422", async () => {
    // Delivered on the common anchor, so that there is no stub: a line each.
    const purchase = (count: number) => ({
      kind: "additional-purchase",
      accountId: "acme",
      contractId: "c-1",
      deliveredOn: "2026-01-01",
      asOf: "2026-01-01",
      lines: Array.from({ length: count }, (_, n) => ({ productId: "qs-analyzer", seats: 1, annualFee: chf("1.00"), licenseId: `n-${n}` })),
    });
    const { status, body } = await service.send("POST", "/v1/quotes", purchase(2_000), newKey());
    expect([status, body.status, body.lines.length, body.total]).toEqual([201, "offered", 2_000, chf("2000.00")]);
    expect((await service.send("POST", "/v1/quotes", purchase(2_001), newKey())).body).toMatchObject({ status: 422, code: "quote-too-large" });
    expect((await service.send("POST", `/v1/quotes/${body.id}/accept`, { paidOn: "2026-01-01" })).status).toBe(200);
    expect((await get("/v1/accounts/acme/licenses/n-1999")).deliveredOn).toBe("2026-01-01");
  });

  test("names a gap of more than fifty licenses by fifty and a count", async () => {
    await written(`${account}/licenses/l-covered`, { ...required("license"), kind: "perpetual" });
    await written(`${account}/contracts/c-2`, { ...required("contract"), lines: [{ licenseId: "l-covered", annualFee: chf("100.00") }] });
    const { gaps, gapCount } = await get(`${account}/standing?asOf=2026-06-15`);
    expect([gaps[0].licenseIds.length, gaps[0].count, gapCount]).toEqual([50, chunk + 1, gaps.length]);
  });

  test("the next term's lines are listed up to fifty, counted, and all in the fee", async () => {
    await written(`${account}/contracts/c-3`, { ...required("contract"), lines });
    const { next } = await get(`${account}/contracts/c-3/renewal?asOf=2026-06-15`);
    // 1,001 lines of CHF 100.00.
    expect([next.lines.length, next.lineCount, next.fee]).toEqual([50, chunk + 1, chf("100100.00")]);
  });

  test("no list inside an answer is longer than fifty", async () => {
    for (let n = 0; n < 55; n++) {
      await written(`${account}/contracts/k-${n}`, { ...required("contract"), lines: [{ licenseId: "l-1", annualFee: chf("1.00") }] });
      await written(`${account}/invoices/i-${n}`, { ...required("invoice"), contractId: `k-${n}`, payments: [] });
    }
    const standing = await get(`${account}/standing?asOf=2026-06-15`);
    expect([standing.contracts.length, standing.contractCount]).toEqual([50, 58]);
    expect([standing.overdue.length, standing.overdueCount]).toEqual([50, 55]);
    const asked = { accountId: "wide", asOf: "2026-06-15", request: { kind: "error", licenseId: "l-1" } };
    const decision = (await service.send("POST", "/v1/entitlement-checks/preview", asked)).body;
    // 57 contracts name the license: one answers, 50 of the other 56 are listed, 6 are counted.
    expect(decision.considered).toHaveLength(50);
    expect(decision.considered.at(-1).because).toContain("6 more contracts are not listed");
    for (const answer of [standing, decision]) longest(answer);
  });
});

/** @throws where a list anywhere in it has more than fifty items */
function longest(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) expect(value.length).toBeLessThanOrEqual(50);
  for (const member of Object.values(value)) longest(member);
}
