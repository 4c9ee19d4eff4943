/** The deadlines list follows the facts: whoever visits, however often, at once with others, or cut in half. */
import { DeleteItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import type { Notice } from "../../../domain/facts.ts";
import { refreshDeadlines } from "../../../functions/http/refresh-deadlines.ts";
import { type DeadlineFilter, type FactWrite, type ListedDeadline, openStore, type Store } from "../../../functions/store/store.ts";
import { type FreshStore, freshStore } from "../../store.ts";
import { license, product, writing } from "./facts.ts";
import { type Call, clientThrough, timeout } from "./interference.ts";

const millisecondsPerDay = 86_400_000;
const noon = Date.parse("2026-11-22T11:00:00Z");
const everything: DeadlineFilter = { firstDay: "2026-10-01", lastDay: "2029-12-31" };
const acme: DeadlineFilter = { ...everything, accountId: "acme" };

let clock: number;
let fresh: FreshStore;
let store: Store;
beforeEach(async () => {
  clock = noon;
  fresh = await freshStore(() => clock);
  store = fresh.store;
  await store.change("catalog", writing({ path: "products/qs", value: { ...product, productLine: "QS" } }));
});

const contract = (lastDay = "2026-12-31", firstDay = "2026-01-01"): FactWrite["value"] => ({
  policyId: "ebiexperts-support",
  program: "enterprise",
  currency: "CHF",
  term: { firstDay, lastDay },
  soldBy: "direct",
  lines: [{ licenseId: "l-1", annualFee: { amount: "1000.00", currency: "CHF" } }],
});
const notice: Notice & { contractId: string } = { kind: "non-renewal", form: "email", receivedOn: "2026-11-16", contractId: "c-1" };

async function write(accountId: string, ...writes: FactWrite[]): Promise<void> {
  clock += 1_000;
  await store.change({ accountId }, writing(...writes));
}

const customer = (accountId: string, ...more: FactWrite[]) =>
  write(
    accountId,
    { path: "account", value: { name: `Customer ${accountId}` } },
    { path: "licenses/l-1", value: license("qs") },
    { path: "contracts/c-1", value: contract() },
    ...more,
  );

const all = async (filter: DeadlineFilter = acme, through = store): Promise<ListedDeadline[]> =>
  (await through.listDeadlines(filter, { limit: 100_000, after: null })).deadlines;
const withCanceled = () => all({ ...acme, canceledSince: 0 });
const said = (deadlines: ListedDeadline[]) => deadlines.map(({ on, kind, canceledAt }) => `${on} ${kind}${canceledAt === null ? "" : " canceled"}`);

const renewing = [
  "2026-11-01 price-notice-window",
  "2026-11-16 non-renewal-window",
  "2027-01-01 renewal",
  "2027-11-01 price-notice-window",
  "2027-11-16 non-renewal-window",
  "2028-01-01 renewal",
  "2028-11-01 price-notice-window",
  "2028-11-16 non-renewal-window",
  "2029-01-01 renewal",
  "2029-11-01 price-notice-window",
  "2029-11-16 non-renewal-window",
];

/** A store on the same table, with something in between. */
async function through(interfere: (call: Call) => Promise<unknown>): Promise<Store> {
  return openStore({ tableName: fresh.tableName, client: await clientThrough(interfere), now: () => clock });
}

describe("a visit", () => {
  test("lists what falls due; another on the same facts writes nothing", async () => {
    await customer("acme");
    await refreshDeadlines(store, "acme", clock);
    expect(said(await all())).toEqual(renewing);
    expect(await all(everything)).toEqual(await all());
    const calls: string[] = [];
    const counted = await through((call) => {
      calls.push(call.name);
      return call.pass();
    });
    const before = await all();
    await refreshDeadlines(counted, "acme", clock + 1);
    expect(calls.filter((name) => /Write|Put|Delete|Update/.test(name))).toEqual([]);
    expect(calls.length).toBeGreaterThan(0);
    expect(await all()).toEqual(before);
  });

  test("a notice that comes in cancels the renewal under its id, and what it brings is added", async () => {
    await customer("acme");
    await refreshDeadlines(store, "acme", clock);
    const before = await all();
    await write("acme", { path: "notices/ntc_1", value: notice });
    await refreshDeadlines(store, "acme", clock + 7);
    expect(said(await all())).toEqual(["2027-01-01 lapse", "2027-12-31 reinstatement-window"]);
    expect(await all(everything)).toEqual(await all());
    expect(await all({ ...everything, canceledSince: 0 })).toEqual(await withCanceled());
    const canceled = (await withCanceled()).filter(({ canceledAt }) => canceledAt !== null);
    expect(canceled.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
    for (const one of canceled) {
      const earlier = before.find(({ id }) => id === one.id) as ListedDeadline;
      expect(one).toEqual({ ...earlier, canceledAt: clock + 7, sequence: one.sequence, updatedAt: clock });
      expect(one.sequence).toBeGreaterThan(earlier.sequence);
    }
  });

  test("a notice that is withdrawn brings the renewal back under the same id, with a higher sequence", async () => {
    await customer("acme");
    await refreshDeadlines(store, "acme", clock);
    const before = await all();
    await write("acme", { path: "notices/ntc_1", value: notice });
    await refreshDeadlines(store, "acme", clock);
    const between = await withCanceled();
    await write("acme", { path: "notices/ntc_1", value: { ...notice, withdrawn: true } });
    await refreshDeadlines(store, "acme", clock);
    const after = await all();
    expect(after.map(({ id, on, what }) => [id, on, what])).toEqual(before.map(({ id, on, what }) => [id, on, what]));
    for (const { id, sequence } of after) expect(sequence).toBeGreaterThan(between.find((one) => one.id === id)?.sequence as number);
  });

  test("a term that was recorded wrong: its deadlines move to other months, and stay the same ones", async () => {
    await customer("acme");
    await refreshDeadlines(store, "acme", clock);
    const before = (await all()).find(({ key }) => key === "non-renewal-window/c-1/2026-01-01");
    await write("acme", { path: "contracts/c-1", value: contract("2027-06-30") });
    await refreshDeadlines(store, "acme", clock);
    const found = (await withCanceled()).filter(({ id }) => id === before?.id);
    // 30 June less 45 days.
    expect(found).toMatchObject([{ on: "2027-05-16", canceledAt: null }]);
    expect(found[0]?.sequence).toBeGreaterThan(before?.sequence as number);
  });

  test("what has long passed leaves the list and is not called canceled; what comes into reach is added", async () => {
    await customer("acme");
    await refreshDeadlines(store, "acme", clock);
    await refreshDeadlines(store, "acme", Date.parse("2027-11-10T11:00:00Z"));
    const later = { accountId: "acme", firstDay: "2026-10-01", lastDay: "2031-01-01", canceledSince: 0 };
    expect(said(await all(later))).toEqual([...renewing.slice(1), "2030-01-01 renewal", "2030-11-01 price-notice-window"]);
  });

  test("canceled deadlines are remembered for 60 days, the sixtieth included", async () => {
    await customer("acme");
    await refreshDeadlines(store, "acme", clock);
    await write("acme", { path: "contracts/c-1", value: null });
    const canceledAt = clock;
    await refreshDeadlines(store, "acme", canceledAt);
    await refreshDeadlines(store, "acme", canceledAt + 60 * millisecondsPerDay);
    expect(said(await withCanceled())).toEqual(renewing.map((one) => `${one} canceled`));
    expect(await all({ ...acme, canceledSince: canceledAt + 1 })).toEqual([]);
    await refreshDeadlines(store, "acme", canceledAt + 60 * millisecondsPerDay + 1);
    expect(await withCanceled()).toEqual([]);
  });

  test("an account that was taken back has none left", async () => {
    await customer("acme");
    await refreshDeadlines(store, "acme", clock);
    await write("acme", { path: "account", value: null });
    await refreshDeadlines(store, "acme", clock);
    expect(await all()).toEqual([]);
    expect(await withCanceled()).toHaveLength(renewing.length);
  });

  test("an account of which nothing was ever recorded has none", async () => {
    await refreshDeadlines(store, "nobody", clock);
    expect(await all()).toEqual([]);
  });

  test("an obligation that was watched for stays in the list once its hour has come; one that was met before is canceled", async () => {
    const dueAt = noon + 15 * 60_000;
    const watch = (key: string) => ({ key, decisionId: "chk_1", contractId: "c-1", caseId: key, what: "call", clause: "first-call", dueAt });
    const decided = { kind: "decision", accountId: "acme", caseId: null, recordedAt: noon, question: {}, answer: "{}" } as const;
    await customer("acme");
    await store.putRecord({ ...decided, id: "chk_1", versions: { account: 1, catalog: 1 }, watches: [watch("case-1"), watch("case-2")] });
    await refreshDeadlines(store, "acme", noon);
    const due = async (filter = acme) => said((await all(filter)).filter(({ kind }) => kind === "obligation"));
    expect(await due()).toEqual(["2026-11-22 obligation", "2026-11-22 obligation"]);
    const settle = (key: string) => () => ({ announcements: [], nextAt: null, settled: [watch(key)] });
    await store.visit({ accountId: "acme" }, settle("case-1"));
    await refreshDeadlines(store, "acme", dueAt - 1);
    expect(await due({ ...acme, canceledSince: 0 })).toEqual(expect.arrayContaining(["2026-11-22 obligation", "2026-11-22 obligation canceled"]));
    await store.visit({ accountId: "acme" }, settle("case-2"));
    await refreshDeadlines(store, "acme", dueAt);
    expect(await due()).toEqual(["2026-11-22 obligation"]);
  });
});

describe("faults", () => {
  const contracts = Array.from({ length: 20 }, (_, n) => ({ path: `contracts/c-${n + 1}`, value: contract() }));

  test("dropped and made anew, the list is the same, and no sequence counts back", async () => {
    await customer("acme");
    await customer("zeta", { path: "contracts/c-2", value: contract("2027-03-31", "2026-04-01") });
    for (const accountId of ["acme", "zeta"]) await refreshDeadlines(store, accountId, clock);
    await write("acme", { path: "notices/ntc_1", value: notice });
    await refreshDeadlines(store, "acme", clock);
    const before = await all(everything);
    expect(before.length).toBeGreaterThan(12);
    const { Items = [] } = await fresh.client.send(new ScanCommand({ TableName: fresh.tableName, ConsistentRead: true }));
    for (const { pk, sk } of Items)
      if (pk && sk?.S?.startsWith("deadline")) await fresh.client.send(new DeleteItemCommand({ TableName: fresh.tableName, Key: { pk, sk } }));
    expect(await all(everything)).toEqual([]);
    for (const accountId of ["zeta", "acme"]) await refreshDeadlines(store, accountId, clock);
    const after = await all(everything);
    expect(after.map(({ sequence: _, ...one }) => one)).toEqual(before.map(({ sequence: _, ...one }) => one));
    for (const [n, { sequence }] of after.entries()) expect(sequence).toBeGreaterThanOrEqual(before[n]?.sequence as number);
  });

  test("more than one transaction holds, cut off after the first: the next visit completes it", async () => {
    await customer("acme", ...contracts);
    let writes = 0;
    const cut = await through((call) => {
      if (call.name === "TransactWriteItems" && ++writes > 1) throw new Error("the process ended");
      return call.pass();
    });
    await expect(refreshDeadlines(cut, "acme", clock)).rejects.toThrow("the process ended");
    expect((await all()).length).toBe(99);
    await refreshDeadlines(store, "acme", clock);
    expect((await all()).length).toBe(220);
  });

  test("a write whose answer is lost is not taken for one that failed, nor done twice", async () => {
    await customer("acme");
    let lost = 0;
    const losing = await through(async (call) => {
      const answer = await call.pass();
      if (call.name === "TransactWriteItems" && lost++ === 0) throw timeout();
      return answer;
    });
    await refreshDeadlines(losing, "acme", clock);
    expect(lost).toBe(1);
    expect(said(await all())).toEqual(renewing);
  });

  test("a visit that read older facts and writes late never overwrites a newer one", async () => {
    await customer("acme");
    let overtaken = false;
    const slow = await through(async (call) => {
      if (call.name === "TransactWriteItems" && !overtaken) {
        overtaken = true;
        await write("acme", { path: "notices/ntc_1", value: notice });
        await refreshDeadlines(store, "acme", clock);
      }
      return call.pass();
    });
    await refreshDeadlines(slow, "acme", clock);
    expect(overtaken).toBe(true);
    expect(said(await all())).toEqual(["2027-01-01 lapse", "2027-12-31 reinstatement-window"]);
  });

  test("the newer visit may also have found nothing to list: the older one still gives way", async () => {
    await customer("acme");
    let overtaken = false;
    const slow = await through(async (call) => {
      if (call.name === "TransactWriteItems" && !overtaken) {
        overtaken = true;
        await write("acme", { path: "contracts/c-1", value: null });
        await refreshDeadlines(store, "acme", clock);
      }
      return call.pass();
    });
    await refreshDeadlines(slow, "acme", clock);
    expect(await withCanceled()).toEqual([]);
  });

  test("eight visits at once, with facts that change meanwhile, end in what the facts say", async () => {
    await customer("acme", ...contracts);
    await Promise.all([
      ...Array.from({ length: 8 }, () => refreshDeadlines(store, "acme", clock)),
      write("acme", { path: "notices/ntc_1", value: notice }).then(() => refreshDeadlines(store, "acme", clock)),
    ]);
    const [once, kinds] = [await all(), new Map<string, number>()];
    for (const { kind } of once) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    expect(new Set(once.map(({ id }) => id)).size).toBe(once.length);
    await refreshDeadlines(store, "acme", clock);
    expect(await all()).toEqual(once);
    // A notice of one contract leaves the same line's cover under nineteen others: each of those renews as before, and nothing lapses.
    expect(kinds.get("renewal")).toBe(57);
    expect(kinds.has("lapse")).toBe(false);
  });
});

describe("the list", () => {
  const accountIds = Array.from({ length: 23 }, (_, n) => `account-${n}`);

  /** 23 accounts, whose terms begin on the first of 1, 2, … 12 months, in 16 shards. */
  async function portfolio() {
    await Promise.all(
      accountIds.map(async (accountId, n) => {
        const month = String((n % 12) + 1).padStart(2, "0");
        const own = { path: "contracts/c-1", value: contract("2026-12-31", `2026-${month}-01`) };
        await store.change(
          { accountId },
          writing({ path: "account", value: { name: accountId } }, { path: "licenses/l-1", value: license("qs") }, own),
        );
        await refreshDeadlines(store, accountId, clock);
      }),
    );
  }

  async function paged(limit: number, filter: DeadlineFilter, reader = store): Promise<ListedDeadline[]> {
    const found: ListedDeadline[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<Store["listDeadlines"]>> = await reader.listDeadlines(filter, { limit, after });
      expect(page.deadlines.length).toBeLessThanOrEqual(limit);
      if (page.after !== null) expect(page.deadlines.length).toBe(limit);
      found.push(...page.deadlines);
      after = page.after;
    } while (after !== null);
    return found;
  }

  test("pages of 1, 2 and 7 are one page cut, over months with none and over the end of a year; a table's crumbs too", async () => {
    await portfolio();
    const year: DeadlineFilter = { firstDay: "2026-10-01", lastDay: "2027-11-30" };
    const whole = await all(year);
    // Whenever they began, all end on 31 December: 1 and 16 November of two years, and 1 January.
    expect(whole.length).toBe(23 * 5);
    expect(whole.map(({ on }) => on)).toEqual(whole.map(({ on }) => on).sort());
    expect(await paged(7, year)).toEqual(whole);
    const winter: DeadlineFilter = { firstDay: "2026-11-16", lastDay: "2027-01-01" };
    for (const limit of [1, 2]) expect(await paged(limit, winter)).toEqual(whole.filter(({ on }) => on >= "2026-11-16" && on <= "2027-01-01"));
    const crumbling = await through((call) => call.pass(call.name === "Query" ? { ...call.input, Limit: 1 } : call.input));
    expect(await paged(20, year, crumbling)).toEqual(whole);
  });

  test("the first and the last day are in it", async () => {
    await customer("acme");
    await refreshDeadlines(store, "acme", clock);
    const within = async (firstDay: string, lastDay: string) => said(await all({ firstDay, lastDay }));
    expect(await within("2026-11-16", "2027-01-01")).toEqual(["2026-11-16 non-renewal-window", "2027-01-01 renewal"]);
    expect(await within("2026-11-17", "2026-12-31")).toEqual([]);
    expect(await within("2026-11-16", "2026-11-16")).toEqual(["2026-11-16 non-renewal-window"]);
  });

  test("of one kind, or of one account, it is the whole list less the others, page by page", async () => {
    await portfolio();
    const whole = await all(everything);
    const ofKind = whole.filter(({ kind }) => kind === "renewal");
    expect(ofKind).toHaveLength(69);
    expect(await paged(3, { ...everything, kind: "renewal" })).toEqual(ofKind);
    const ofAccount = whole.filter(({ accountId }) => accountId === "account-7");
    expect(ofAccount).toHaveLength(11);
    expect(await paged(3, { ...everything, accountId: "account-7" })).toEqual(ofAccount);
    expect(await paged(1, { ...everything, accountId: "account-7", kind: "renewal" })).toEqual(ofAccount.filter(({ kind }) => kind === "renewal"));
    expect(await all({ ...everything, accountId: "account" })).toEqual([]);
  });

  test("a read that fails in the middle fails the list: never a part of it", async () => {
    await portfolio();
    let reads = 0;
    const failing = await through((call) => {
      if (call.name === "BatchGetItem" && ++reads > 1) throw timeout();
      return call.pass();
    });
    await expect(failing.listDeadlines(everything, { limit: 1_000, after: null })).rejects.toThrow("the table did not answer");
  });
});
