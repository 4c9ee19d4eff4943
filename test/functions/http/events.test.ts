/** What was announced, over HTTP: sweeps run by hand, events read on from where a reader stopped, calls that were missed. */
import { beforeEach, describe, expect, test } from "vitest";
import { newKey, writeExample } from "./example.ts";
import { type Service, startService } from "./service.ts";

let service: Service;
beforeEach(async () => {
  service = await startService();
});

interface Told {
  type: string;
  subject: string;
  sequence: string;
  accountversion: number;
  data: Record<string, unknown>;
}

/** What the reader of the stream does after each write. */
async function ship(): Promise<void> {
  await service.store.events.number(await service.store.events.waiting(1_000));
}

async function sweep(asOf?: string) {
  const { status, body } = await service.send("POST", "/v1/sweeps", asOf === undefined ? {} : { asOf });
  expect(status).toBe(200);
  await ship();
  return body;
}

const read = async (query = ""): Promise<{ items: Told[]; nextCursor: string | null; resumeAfter: string }> =>
  (await service.send("GET", `/v1/events${query}`)).body;
const typesOf = (items: Told[]) => items.map(({ type }) => type);

describe("a sweep by hand", () => {
  test("announces what is due by the instant asked for, and nothing twice", async () => {
    await writeExample(service);
    // l-2 has no support; the invoice was due on 1 February. Both last.
    expect(await sweep()).toMatchObject({ announced: 2, missed: 0, quarantined: [], finished: true });
    expect(await sweep()).toMatchObject({ announced: 0 });
    // The day's last millisecond in UTC: 1 January has begun in Zurich.
    expect(await sweep("2026-12-31")).toMatchObject({ asOf: "2026-12-31T23:59:59.999Z", announced: 1 });
    expect(typesOf((await read()).items).sort()).toEqual(["contract.past-due", "contract.renewed", "coverage.gap-detected"]);
    const { body } = await service.send("GET", "/v1/sweeps/last");
    expect(body).toMatchObject({ asOf: "2026-12-31T23:59:59.999Z", announced: 1, finished: true });
    // What comes after is still to come: 2, 17 and, since it has begun in Zurich, 18 October.
    expect(await sweep("2027-10-17")).toMatchObject({ announced: 3 });
  });

  test("for an instant in the past announces nothing, and takes nothing away from the next", async () => {
    await writeExample(service);
    expect(await sweep("2020-01-01")).toMatchObject({ announced: 0, finished: true });
    expect(await sweep()).toMatchObject({ announced: 2 });
  });

  test("says so when none has run, and refuses what it cannot do", async () => {
    expect((await service.send("GET", "/v1/sweeps/last")).body.code).toBe("sweep-not-found");
    const { status, body } = await service.send("POST", "/v1/sweeps", { asOf: "2040-01-01" });
    expect([status, body.code]).toEqual([400, "as-of-too-far-ahead"]);
    expect((await service.send("POST", "/v1/sweeps")).status).toBe(200);
  });

  test("with an idempotency key answers the same again", async () => {
    await writeExample(service);
    const key = newKey();
    const first = await service.send("POST", "/v1/sweeps", {}, key);
    const again = await service.send("POST", "/v1/sweeps", {}, key);
    expect(first.body.announced).toBe(2);
    expect(again.text).toBe(first.text);
    expect(again.headers["idempotency-replayed"]).toBe("true");
  });
});

describe("events", () => {
  async function several() {
    await writeExample(service);
    await service.send("PUT", "/v1/accounts/other", { name: "Other" });
    await sweep();
    for (const receivedOn of ["2026-11-20", "2026-11-21"]) {
      const notice = { kind: "non-renewal", form: "email", receivedOn };
      expect((await service.send("POST", "/v1/accounts/acme/contracts/c-1/notices", notice, newKey())).status).toBe(201);
      await ship();
    }
  }

  test("are CloudEvents, numbered without gaps, those of an account by version", async () => {
    await several();
    const { items, nextCursor, resumeAfter } = await read();
    expect(items).toHaveLength(4);
    expect(items.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4]);
    expect(items.map(({ accountversion }) => accountversion)).toEqual([7, 7, 8, 9]);
    expect([nextCursor, resumeAfter]).toEqual([null, "0000000000000004"]);
  });

  test("are read page by page, and on from the end when more has come", async () => {
    await several();
    const seen: Told[] = [];
    let query = "?limit=3";
    for (let pages = 0; pages < 2; pages++) {
      const page = await read(query);
      seen.push(...page.items);
      query = `?limit=3&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual((await read()).items);
    const { resumeAfter } = await read("?limit=100");
    expect(await read(`?after=${resumeAfter}`)).toEqual({ items: [], nextCursor: null, resumeAfter });
    const notice = { kind: "non-renewal", form: "email", receivedOn: "2026-11-22" };
    await service.send("POST", "/v1/accounts/acme/contracts/c-1/notices", notice, newKey());
    await ship();
    expect(typesOf((await read(`?after=${resumeAfter}`)).items)).toEqual(["notice.ruled"]);
    expect(typesOf((await read("?after=4")).items)).toEqual(["notice.ruled"]);
  });

  test("can be asked for by type and by account", async () => {
    await several();
    expect(typesOf((await read("?type=notice.ruled")).items)).toEqual(["notice.ruled", "notice.ruled"]);
    expect((await read("?accountId=other")).items).toEqual([]);
    expect((await read("?accountId=acme&limit=1")).items).toHaveLength(1);
    const first = await read("?type=notice.ruled&limit=1");
    expect(first.nextCursor).not.toBeNull();
    expect((await read(`?type=notice.ruled&limit=1&cursor=${first.nextCursor}`)).items).toHaveLength(1);
    expect((await service.send("GET", `/v1/events?cursor=${first.nextCursor}`)).body.code).toBe("invalid-cursor");
    const unknown = await service.send("GET", "/v1/events?type=nope");
    expect(unknown.status).toBe(400);
    expect(unknown.body.errors).toEqual([
      { in: "query", pointer: "/type", detail: expect.stringMatching(/`contract\.renewed`.*`policy\.version-published`, got `nope`/) },
    ]);
    expect((await service.send("GET", `/v1/events?type=notice.ruled&after=1&cursor=${first.nextCursor}`)).status).toBe(400);
  });

  test("that were missed stand in a list of their own", async () => {
    await writeExample(service);
    await sweep();
    // From 2026-11-22 on: the reminders of October and November 2027 are over, the closing and the renewals are not.
    await sweep("2027-12-31");
    const missed = (await read("?missed=true")).items;
    expect(typesOf(missed).sort()).toEqual([...Array(3).fill("notice-window.closing"), ...Array(3).fill("price-notice-window.closing")]);
    expect(missed.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(typesOf((await read("?after=2")).items).sort()).toEqual(["contract.renewed", "contract.renewed", "notice-window.closed"]);
  });
});

describe("a call that has to follow within 15 minutes", () => {
  const chf = (amount: string) => ({ amount, currency: "USD" });
  const filedAt = "2026-11-22T11:00:00Z";
  const check = (more: object = {}) => ({
    accountId: "wes",
    request: { kind: "error", productId: "nb", licenseId: "l-1", severity: "critical", channel: "email", caseId: "case-1", filedAt, ...more },
  });
  const ask = async (body: object) => expect((await service.send("POST", "/v1/entitlement-checks", body)).status).toBe(201);
  const due = async () => (await read("?type=obligation.missed")).items;

  beforeEach(async () => {
    await service.send("PUT", "/v1/products/nb", { name: "Notebook", productLine: "nb", kind: "software" });
    await service.send("PUT", "/v1/accounts/wes", { name: "Wes" });
    await service.send("PUT", "/v1/accounts/wes/licenses/l-1", { productId: "nb", kind: "perpetual", seats: 3, deliveredOn: "2025-01-01" });
    const term = { firstDay: "2026-01-01", lastDay: "2026-12-31" };
    const line = { licenseId: "l-1", annualFee: chf("100.00") };
    const contract = { policyId: "wolfram-enterprise-support", program: "enterprise", currency: "USD", term, soldBy: "direct", lines: [line] };
    expect((await service.send("PUT", "/v1/accounts/wes/contracts/c-1", contract)).status).toBe(201);
  });

  test("is announced as missed after the last instant, once for the case", async () => {
    await ask(check());
    await ask(check());
    await sweep("2026-11-22T11:15:00Z");
    expect(await due()).toEqual([]);
    await sweep("2026-11-22T11:15:00.001Z");
    await sweep("2026-11-22T12:00:00Z");
    expect((await due()).map(({ data }) => [data.caseId, data.dueAt, data.clause])).toEqual([["case-1", "2026-11-22T11:15:00Z", "critical.call"]]);
  });

  test.each([
    ["at the filing", "2026-11-22T11:00:00Z", 0],
    ["a second before the filing, which it does not follow", "2026-11-22T10:59:59Z", 1],
    ["at the last instant", "2026-11-22T11:15:00Z", 0],
    ["a second late", "2026-11-22T11:15:01Z", 1],
  ])("that came %s, as a later decision on the case says", async (_, phonedAt, missed) => {
    await ask(check());
    await ask(check({ phonedAt }));
    await sweep("2026-11-22T12:00:00Z");
    expect(await due()).toHaveLength(missed);
  });

  test("and had been missed when it was asked about is no news", async () => {
    await ask(check({ filedAt: "2026-11-20T11:00:00Z" }));
    await sweep("2026-11-22T12:00:00Z");
    expect(await due()).toEqual([]);
  });
});
