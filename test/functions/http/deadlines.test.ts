/** Deadlines across accounts, as a list, as CSV and as a calendar; and what a caller may not ask. */
import { gunzipSync } from "node:zlib";
import type { Context } from "aws-lambda";
import { parse } from "csv-parse/sync";
import ICAL from "ical.js";
import { beforeAll, describe, expect, test } from "vitest";
import { refreshDeadlines } from "../../../functions/http/refresh-deadlines.ts";
import { serve } from "../../../functions/http/serve.ts";
import { textFile } from "../../../functions/http/text-file.ts";
import type { ListedDeadline, Store } from "../../../functions/store/store.ts";
import { newKey } from "./example.ts";
import { adminClaims, type Service, startService } from "./service.ts";

const chf = (amount: string) => ({ amount, currency: "CHF" });
let service: Service;

async function write(path: string, document: object): Promise<void> {
  const { status, text } = await service.send("PUT", path, document);
  expect(status, text).toBeLessThan(300);
}

/** Renews on 1 January: increases to be announced by 1 November, notice by 16 November. */
async function customer(accountId: string, name: string): Promise<void> {
  const account = `/v1/accounts/${accountId}`;
  await write(account, { name });
  await write(`${account}/licenses/l-1`, { productId: "qs", kind: "perpetual", seats: 1, deliveredOn: "2026-01-01" });
  await write(`${account}/contracts/c-1`, {
    policyId: "ebiexperts-support",
    program: "enterprise",
    currency: "CHF",
    term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
    soldBy: "direct",
    lines: [{ licenseId: "l-1", annualFee: chf("1000.00") }],
  });
  await refreshDeadlines(service.store, accountId, service.clock.now);
}

const get = async (query: string) => (await service.send("GET", `/v1/deadlines${query}`)).body;
const said = (items: { on: string; kind: string; accountId: string }[]) => items.map(({ on, kind, accountId }) => `${on} ${kind} ${accountId}`);

beforeAll(async () => {
  service = await startService();
  await write("/v1/products/qs", { name: "QS", productLine: "QS", kind: "software" });
  await customer("acme", '=HYPERLINK("http://evil.example","Acme")');
  await customer("beta", "Müller, Söhne; AG\r\nEND:VEVENT");
  await customer("gone", "Gone GmbH");
  const notice = { kind: "non-renewal", form: "email", receivedOn: "2026-11-16" };
  expect((await service.send("POST", "/v1/accounts/gone/contracts/c-1/notices", notice, newKey())).status).toBe(201);
  await refreshDeadlines(service.store, "gone", service.clock.now);
});

describe("GET /v1/deadlines", () => {
  test("without a range: from today, a Sunday in November, for 90 days", async () => {
    const body = await get("");
    expect(said(body.items)).toEqual(["2027-01-01 lapse gone", "2027-01-01 renewal acme", "2027-01-01 renewal beta"]);
    expect(body).toMatchObject({ nextCursor: null, firstDay: "2026-11-22", lastDay: "2027-02-20" });
  });

  test("an entry says all that there is to say", async () => {
    const [item] = (await get("?from=2026-11-16&to=2026-11-16&accountId=acme")).items;
    expect(item).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      kind: "non-renewal-window",
      on: "2026-11-16",
      at: null,
      timeZone: "Europe/Zurich",
      safeOn: "2026-11-16",
      accountId: "acme",
      accountName: '=HYPERLINK("http://evil.example","Acme")',
      contractId: "c-1",
      policyId: "ebiexperts-support",
      clause: "7.2",
      what: "last day on which a notice of non-renewal of `c-1` is in time for the term 2026-01-01 to 2026-12-31",
      term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
      sequence: expect.any(Number),
      updatedAt: expect.stringMatching(/^2026-11-22T11:00:00\.\d+Z$/),
    });
  });

  test("by kind, by account, from and to a day, each day included", async () => {
    expect(said((await get("?kind=lapse")).items)).toEqual(["2027-01-01 lapse gone"]);
    expect(said((await get("?accountId=gone&to=2027-12-31")).items)).toEqual(["2027-01-01 lapse gone", "2027-12-31 reinstatement-window gone"]);
    expect(said((await get("?from=2026-11-01&to=2026-11-16")).items)).toEqual([
      "2026-11-01 price-notice-window acme",
      "2026-11-01 price-notice-window beta",
      "2026-11-16 non-renewal-window acme",
      "2026-11-16 non-renewal-window beta",
    ]);
    expect((await get("?from=2026-11-02&to=2026-11-15")).items).toEqual([]);
    expect((await get("?accountId=nobody")).items).toEqual([]);
  });

  test("pages of one and of two are the whole list, and a cursor is of its own list", async () => {
    const range = "?from=2026-10-01&to=2028-01-31";
    const whole = (await get(`${range}&limit=100`)).items;
    expect(whole).toHaveLength(2 + 2 * 6);
    for (const limit of [1, 2]) {
      const items = [];
      let cursor = "";
      do {
        const page = await get(`${range}&limit=${limit}${cursor}`);
        items.push(...page.items);
        cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
      } while (cursor !== "");
      expect(items).toEqual(whole);
    }
    const { nextCursor } = await get(`${range}&limit=1`);
    for (const other of ["?from=2026-10-02&to=2028-01-31", "?", `${range}&kind=lapse`])
      expect((await service.send("GET", `/v1/deadlines${other}&cursor=${nextCursor}`)).body).toMatchObject({ status: 400, code: "invalid-cursor" });
  });

  test.each([
    ["?from=2026-11-23&to=2026-11-22", "/to"],
    ["?to=2026-10-22", "/to"],
    ["?from=2026-11-22&to=2031-11-23", "/to"],
    ["?from=2026-02-30", "/from"],
    ["?from=03/04/2026", "/from"],
    ["?from=2026-11-22T10:00:00Z", "/from"],
    ["?kind=renewals", "/kind"],
    ["?kind=renewal&kind=lapse", "/kind"],
    ["?accountId=a%20b", "/accountId"],
    ["?limit=101", "/limit"],
    ["?until=2026-12-31", "/until"],
  ])("%s is refused with its place", async (query, pointer) => {
    for (const path of ["/v1/deadlines", "/v1/deadlines.csv", "/v1/deadlines.ics"]) {
      const { status, body } = await service.send("GET", `${path}${query}`);
      expect(status).toBe(400);
      expect(body.errors).toContainEqual(expect.objectContaining({ in: "query", pointer }));
    }
  });

  test("five years to the day may be asked for; days of which none are kept are refused, not claimed to be empty", async () => {
    expect(await get("?from=2026-11-22&to=2031-11-22")).toMatchObject({ firstDay: "2026-11-22", lastDay: "2028-11-22" });
    const kept = "lies outside the days that are kept, `2025-11-22` to `2028-11-22`: got";
    expect(await get("?from=2020-01-01&to=2024-12-31")).toMatchObject({
      code: "invalid-range",
      errors: [{ in: "query", pointer: "/to", detail: `${kept} \`2020-01-01\` to \`2024-12-31\`` }],
    });
    expect(await get("?from=2021-01-01&to=2025-11-21")).toMatchObject({ code: "invalid-range" });
    expect(await get("?from=2021-01-01&to=2025-11-22")).toMatchObject({ firstDay: "2025-11-22", lastDay: "2025-11-22" });
    expect(await get("?from=2028-11-23")).toMatchObject({ code: "invalid-range", errors: [{ in: "query", pointer: "/from" }] });
    expect(await get("?from=2028-11-22")).toMatchObject({ firstDay: "2028-11-22", lastDay: "2028-11-22" });
    expect(await get("?from=2024-01-01&to=2026-12-31")).toMatchObject({ firstDay: "2025-11-22", lastDay: "2026-12-31" });
  });
});

describe("GET /v1/deadlines.csv", () => {
  test("the same rows, for a spreadsheet: with a byte order mark, a header, and no cell that could run", async () => {
    const { headers, text } = await service.send("GET", "/v1/deadlines.csv?from=2026-11-16");
    expect(headers["content-type"]).toBe("text/csv; charset=utf-8; header=present");
    expect(headers["content-disposition"]).toBe('attachment; filename="deadlines-2026-11-22.csv"');
    expect(
      text.startsWith(
        "\uFEFFon,safeOn,kind,accountId,accountName,contractId,policyId,clause,what,termFirstDay,termLastDay,at,timeZone,updatedAt,id\r\n",
      ),
    ).toBe(true);
    const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
    const { items } = await get("?from=2026-11-16");
    expect(rows.map(({ on, kind, accountId }) => `${on} ${kind} ${accountId}`)).toEqual(said(items));
    expect(rows[0]).toEqual({
      on: "2026-11-16",
      safeOn: "2026-11-16",
      kind: "non-renewal-window",
      accountId: "acme",
      accountName: `'=HYPERLINK("http://evil.example","Acme")`,
      contractId: "c-1",
      policyId: "ebiexperts-support",
      clause: "7.2",
      what: items[0].what,
      termFirstDay: "2026-01-01",
      termLastDay: "2026-12-31",
      at: "",
      timeZone: "Europe/Zurich",
      updatedAt: items[0].updatedAt,
      id: items[0].id,
    });
    expect(rows[1]?.accountName).toBe("Müller, Söhne; AG\r\nEND:VEVENT");
  });

  test("is not paged", async () => {
    expect((await service.send("GET", "/v1/deadlines.csv?limit=10")).status).toBe(400);
    expect((await service.send("GET", "/v1/deadlines.csv?accountId=nobody")).text.split("\r\n")).toHaveLength(2);
  });
});

describe("GET /v1/deadlines.ics", () => {
  const read = async (query: string) => {
    const { headers, text } = await service.send("GET", `/v1/deadlines.ics${query}`);
    expect(headers["content-type"]).toBe("text/calendar; charset=utf-8; method=PUBLISH");
    const calendar = new ICAL.Component(ICAL.parse(text));
    return calendar.getAllSubcomponents("vevent").map((one) => ({
      uid: one.getFirstPropertyValue("uid"),
      on: String(one.getFirstPropertyValue("dtstart")),
      status: one.getFirstPropertyValue("status"),
      sequence: Number(String(one.getFirstPropertyValue("sequence"))),
      summary: String(one.getFirstPropertyValue("summary")),
    }));
  };

  test("by itself from 30 days ago for a year, with what was canceled: a notice came in", async () => {
    const events = await read("");
    expect(events.filter(({ status }) => status === "CONFIRMED").map(({ on, summary }) => [on, summary])).toEqual([
      ["2026-11-01", '=HYPERLINK("http://evil.example","Acme"): last day to announce an increase'],
      ["2026-11-01", "Müller, Söhne; AG\nEND:VEVENT: last day to announce an increase"],
      ["2026-11-16", '=HYPERLINK("http://evil.example","Acme"): last day for notice of non-renewal'],
      ["2026-11-16", "Müller, Söhne; AG\nEND:VEVENT: last day for notice of non-renewal"],
      ["2027-01-01", "Gone GmbH: recorded cover is over"],
      ["2027-01-01", '=HYPERLINK("http://evil.example","Acme"): renews'],
      ["2027-01-01", "Müller, Söhne; AG\nEND:VEVENT: renews"],
      ["2027-11-01", '=HYPERLINK("http://evil.example","Acme"): last day to announce an increase'],
      ["2027-11-01", "Müller, Söhne; AG\nEND:VEVENT: last day to announce an increase"],
      ["2027-11-16", '=HYPERLINK("http://evil.example","Acme"): last day for notice of non-renewal'],
      ["2027-11-16", "Müller, Söhne; AG\nEND:VEVENT: last day for notice of non-renewal"],
    ]);
    expect(events.filter(({ status }) => status === "CANCELLED").map(({ on, summary }) => [on, summary])).toEqual([
      ["2026-11-01", "Gone GmbH: last day to announce an increase"],
      ["2026-11-16", "Gone GmbH: last day for notice of non-renewal"],
      ["2027-01-01", "Gone GmbH: renews"],
      ["2027-11-01", "Gone GmbH: last day to announce an increase"],
      ["2027-11-16", "Gone GmbH: last day for notice of non-renewal"],
    ]);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  });

  test("the same facts give the same bytes, whenever it is asked", async () => {
    const range = "?from=2026-11-01&to=2027-12-31";
    const first = await service.send("GET", `/v1/deadlines.ics${range}`);
    service.clock.now += 3 * 3_600_000;
    expect((await service.send("GET", `/v1/deadlines.ics${range}`)).text).toBe(first.text);
    service.clock.now -= 3 * 3_600_000;
  });

  test("after 60 days nobody is told any more that something was canceled", async () => {
    const range = "?from=2026-11-01&to=2027-12-31&accountId=gone";
    expect(await read(range)).toHaveLength(7);
    service.clock.now += 61 * 86_400_000;
    expect(await read(range)).toHaveLength(2);
    service.clock.now -= 61 * 86_400_000;
  });
});

describe("more than one answer can hold", () => {
  const line = "an answer of many lines that differ, one by one: ";
  const long = Array.from({ length: 100_000 }, (_, n) => `${line}${n}`).join("\r\n");
  const file = { type: "text/csv", name: "a.csv", text: long, disposition: "attachment" } as const;

  test.each(["gzip", "br, gzip;q=0.5", "*", "GZIP"])("goes out compressed where `accept-encoding` is %j", (accepted) => {
    const given = textFile({ headers: { "accept-encoding": accepted } }, file);
    expect(given.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
    expect(gunzipSync(given.file?.content as Buffer).toString()).toBe(long);
  });

  test.each([undefined, "", "br", "gzip;q=0", "identity"])("is refused where it is %j", (accepted) => {
    expect(() => textFile({ headers: { "accept-encoding": accepted } }, file)).toThrow("accept-encoding: gzip");
  });

  test("what is short goes out as it is, also to who takes it compressed", () => {
    const given = textFile({ headers: { "accept-encoding": "gzip" } }, { ...file, text: "a\r\n" });
    expect(given.file?.content).toBe("a\r\n");
    expect(given.headers).not.toHaveProperty("content-encoding");
  });

  test("more than 50,000 rows are refused with what to do, never cut short", async () => {
    const listed = (await service.store.listDeadlines({ firstDay: "2026-11-16", lastDay: "2026-11-16" }, { limit: 1, after: null }))
      .deadlines[0] as ListedDeadline;
    // A store that has that many; all else is the real one.
    const of = (rows: number): Store => ({
      ...service.store,
      listDeadlines: async (_, { limit }) => ({ deadlines: Array(Math.min(rows, limit)).fill(listed), after: rows > limit ? "more" : null }),
    });
    const { operations } = await import("../../../functions/deadlines.ts");
    const ask = async (rows: number, path: string) => {
      const handler = serve(operations, { store: () => of(rows), now: () => service.clock.now, log: () => {} });
      const routeKey = `GET ${path}`;
      const requestContext = { http: { method: "GET", path }, requestId: "r", routeKey, authorizer: { jwt: { claims: adminClaims } } };
      const event = { routeKey, rawPath: path, rawQueryString: "", headers: { "accept-encoding": "gzip" }, requestContext };
      return handler(event as never, {} as Context);
    };
    for (const path of ["/v1/deadlines.csv", "/v1/deadlines.ics"]) {
      const full = await ask(50_000, path);
      expect(full.statusCode).toBe(200);
      const text = full.isBase64Encoded ? gunzipSync(Buffer.from(full.body ?? "", "base64")).toString() : full.body;
      if (path.endsWith("csv")) expect(text?.split("\r\n")).toHaveLength(50_002);
      else expect(text?.split("BEGIN:VEVENT")).toHaveLength(50_001);
      const more = await ask(50_001, path);
      expect(more.statusCode).toBe(422);
      expect(JSON.parse(more.body ?? "")).toMatchObject({ code: "too-many-rows" });
    }
  });
});
