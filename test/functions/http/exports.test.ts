/** Exports hold every row once, page by page; an export of contracts that is imported again changes nothing. */
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { preview, rowsOf } from "../imports/files.ts";
import { documents, newKey, writeExample } from "./example.ts";
import { type Service, startService } from "./service.ts";

type Row = Record<string, string>;
let service: Service;

/** Names that a spreadsheet would run, or a careless reader take apart. */
const names = [
  "=1+1",
  "'=1+1",
  "''@x",
  "+41 44",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "＝1",
  "'s Hertogenbosch",
  'Müller, "Söhne"; AG',
  "two\nlines",
  "two\r\nlines",
  "x\r=1",
  "中文 🏳️",
];

beforeAll(async () => {
  service = await startService();
  await writeExample(service);
  const put = async (path: string, document: object) => {
    const { status, text } = await service.send("PUT", path, document);
    expect(status, text).toBeLessThan(300);
  };
  for (const [n, name] of names.entries()) {
    const account = `/v1/accounts/name-${n}`;
    await put(account, { name, customerNumber: name });
    await put(`${account}/licenses/l-1`, { ...documents.license, deploymentId: "d-1", bundleId: "b-1" });
    await put(`${account}/contracts/c-1`, { ...documents.contract, soldBy: { reseller: name.trim() } });
  }
  const [fee] = documents.contract.lines;
  await put("/v1/accounts/acme/licenses/l-3", documents.license);
  const lines = ["l-2", "l-3"].map((licenseId) => ({ ...fee, licenseId, coveredFrom: "2026-02-01", coveredUntil: "2026-11-30" }));
  await put("/v1/accounts/acme/contracts/c-2", { ...documents.contract, anchorOn: "2024-01-01", policyVersion: "1", lines });
  await put("/v1/accounts/acme/contracts/empty", { ...documents.contract, lines: [] });
  await put("/v1/accounts/nothing", { name: "Nothing yet" });
  for (let n = 0; n < 3; n++) {
    const check = { ...documents.check, request: { ...documents.check.request, caseId: `case-${n}` } };
    expect((await service.send("POST", "/v1/entitlement-checks", check, newKey())).status).toBe(201);
  }
  for (const [accountId, contractId] of [
    ["acme", "c-1"],
    ["acme", "c-2"],
    ["name-3", "c-1"],
  ]) {
    const { status } = await service.send("POST", "/v1/quotes", { kind: "renewal", accountId, contractId }, newKey());
    expect(status).toBe(201);
  }
});

async function page(name: string, query = ""): Promise<{ rows: Row[]; next: string | null; text: string }> {
  const { status, text, headers } = await service.send("GET", `/v1/exports/${name}.csv${query}`);
  expect(status, text).toBe(200);
  expect(headers["content-type"]).toBe("text/csv; charset=utf-8; header=present");
  expect(headers["content-disposition"]).toBe(`attachment; filename="${name}-2026-11-22.csv"`);
  const next = headers["x-next-cursor"] ?? null;
  const [, target] = /^<(\S+)>; rel="next"$/.exec(headers.link ?? "") ?? [];
  if (next === null) expect(headers.link).toBeUndefined();
  else expect(new URLSearchParams(target?.split("?")[1]).get("cursor")).toBe(next);
  return { rows: parse(text, { bom: true, columns: true, relax_quotes: false }), next: target ?? null, text };
}

/** By following the links. */
async function pages(name: string, limit: number): Promise<Row[][]> {
  const found: Row[][] = [];
  let query = `?limit=${limit}`;
  for (;;) {
    const { rows, next } = await page(name, query);
    expect(rows.length).toBeLessThanOrEqual(limit);
    found.push(rows);
    if (next === null) return found;
    query = next.slice(next.indexOf("?"));
  }
}

describe.each(["contracts", "renewals", "decisions", "quotes"])("%s", (name) => {
  test("pages of one, two and three hold what one page holds, each with its header, full but for the last", async () => {
    const { rows } = await page(name);
    expect(rows.length).toBeGreaterThan(1);
    for (const limit of [1, 2, 3]) {
      const found = await pages(name, limit);
      expect(found.flat()).toEqual(rows);
      expect(found.length).toBe(Math.ceil(rows.length / limit));
    }
  });

  test("its columns are described", async () => {
    const { text } = await page(name, "?limit=1");
    const { body } = await service.send("GET", "/v1/openapi.json");
    const { description } = body.paths[`/v1/exports/${name}.csv`].get;
    const header = text.slice(1, text.indexOf("\r\n")).split(",");
    expect(header.length).toBeGreaterThan(15);
    for (const column of header) expect(description).toContain(`\`${column}\` `);
  });

  test.each(["?limit=0", "?limit=5001", "?limit=1e3", "?cursor=AAAA", "?cursor=x", "?from=2026-01-01"])("refuses %s", async (query) => {
    expect((await service.send("GET", `/v1/exports/${name}.csv${query}`)).status).toBe(400);
  });

  test("takes no cursor of another export", async () => {
    const other = name === "contracts" ? "renewals" : "contracts";
    const { next } = await page(other, "?limit=1");
    const { body } = await service.send("GET", `/v1/exports/${name}.csv${next?.slice(next.indexOf("?"))}`);
    expect(body).toMatchObject({ status: 400, code: "invalid-cursor" });
  });
});

describe("contracts", () => {
  test("one row a line, with what is recorded and nothing that is derived", async () => {
    const { rows } = await page("contracts");
    expect(rows.map(({ accountId, contractId, licenseId }) => `${accountId} ${contractId} ${licenseId}`).slice(0, 4)).toEqual([
      "acme c-1 l-1",
      "acme c-2 l-2",
      "acme c-2 l-3",
      "name-0 c-1 l-1",
    ]);
    expect(rows).toHaveLength(3 + names.length);
    expect(rows[1]).toEqual({
      accountId: "acme",
      accountName: "Acme AG",
      customerNumber: "4711",
      contractId: "c-2",
      policyId: "ebiexperts-support",
      policyVersion: "1",
      program: "enterprise",
      currency: "CHF",
      anchorOn: "2024-01-01",
      termFirstDay: "2026-01-01",
      termLastDay: "2026-12-31",
      soldBy: "direct",
      licenseId: "l-2",
      productId: "qs-analyzer",
      licenseKind: "perpetual",
      seats: "10",
      deliveredOn: "2025-01-01",
      deploymentId: "",
      bundleId: "",
      annualFee: "1000.00",
      coveredFrom: "2026-02-01",
      coveredUntil: "2026-11-30",
      paidThrough: "",
    });
  });

  test("no cell begins as a formula does", async () => {
    for (const row of (await page("contracts")).rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u);
  });

  test("imported again, every row is unchanged, whatever the names", async () => {
    const { text, rows } = await page("contracts");
    const before = await service.send("GET", "/v1/accounts/name-1/facts");
    const { id, counts, status } = await preview(service, text);
    expect({ status, counts }).toMatchObject({ status: "previewed", counts: { created: 0, updated: 0, unchanged: rows.length, rejected: 0 } });
    expect(await rowsOf(service, id, "&outcome=rejected")).toEqual([]);
    expect((await service.send("GET", "/v1/accounts/name-1/facts")).body).toEqual(before.body);
  });
});

test("renewals: the days for notices, the next term and its fee", async () => {
  const { rows } = await page("renewals");
  expect(rows.map(({ accountId, contractId }) => `${accountId} ${contractId}`).slice(0, 3)).toEqual(["acme c-1", "acme c-2", "acme empty"]);
  // An overdue invoice of 1,000.00 is recorded; 5 % on 1,000.00.
  expect(rows[0]).toEqual({
    accountId: "acme",
    accountName: "Acme AG",
    contractId: "c-1",
    policyId: "ebiexperts-support",
    policyVersion: "1",
    program: "enterprise",
    status: "past-due",
    termFirstDay: "2026-01-01",
    termLastDay: "2026-12-31",
    lapsedOn: "",
    noticeLastDayOn: "2026-11-16",
    noticeSafeOn: "2026-11-16",
    noticeReceivedOn: "",
    noticeRuling: "",
    increaseLastDayOn: "2026-11-01",
    increaseSafeOn: "2026-10-30",
    currency: "CHF",
    currentFee: "1000.00",
    maximumFee: "1050.00",
    renews: "true",
    nextFirstDay: "2027-01-01",
    nextLastDay: "2027-12-31",
    nextFee: "1000.00",
    reinstatementUntil: "",
  });
});

test("decisions: of an account, the newest first, as they were answered", async () => {
  const { rows } = await page("decisions");
  expect(rows.map(({ caseId }) => caseId)).toEqual(["case-2", "case-1", "case-0"]);
  const { body } = await service.send("GET", `/v1/decisions/${rows[0]?.decisionId}`);
  expect(rows[0]).toMatchObject({
    accountId: "acme",
    accountName: "Acme AG",
    contractId: "c-1",
    requestKind: "error",
    productId: "qs-analyzer",
    requestedSeverity: "severity-2",
    outcome: "not-entitled",
    clauses: "2.1",
    headline: body.headline,
    firstResponseDueAt: body.deadlines[0].dueAt,
    decidedAt: body.decidedAt,
    factsDigest: body.factsDigest,
  });
});

test("quotes: of an account, the newest first, each with its status now", async () => {
  const { rows } = await page("quotes");
  // c-2 ends on 30 November; the contract of name-3 was sold by a reseller (7.6).
  expect(rows.map(({ accountId, contractId, kind, status }) => [accountId, contractId, kind, status])).toEqual([
    ["acme", "c-2", "renewal", "refused"],
    ["acme", "c-1", "renewal", "offered"],
    ["name-3", "c-1", "renewal", "refused"],
  ]);
  expect(rows[0]).toMatchObject({ total: "", currency: "", lines: "0" });
  const { body } = await service.send("GET", `/v1/quotes/${rows[1]?.quoteId}`);
  expect(rows[1]).toMatchObject({
    total: "1000.00",
    currency: "CHF",
    payBy: body.payBy ?? "",
    termFirstDay: "2027-01-01",
    termLastDay: "2027-12-31",
    lines: "1",
    acceptedPaidOn: "",
    voidedAt: "",
    decidedAt: body.decidedAt,
  });
  const voided = await service.send("POST", `/v1/quotes/${rows[1]?.quoteId}/void`, { reason: "wrong contract" }, newKey());
  expect(voided.status, voided.text).toBe(200);
  const { body: after } = await service.send("GET", `/v1/quotes/${rows[1]?.quoteId}`);
  expect((await page("quotes")).rows[1]).toMatchObject({ status: "void", voidedAt: after.voidedAt, total: "1000.00" });
});
