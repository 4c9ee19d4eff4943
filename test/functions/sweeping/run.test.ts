/** The sweep on a real store: what is announced, once, however often, late, at once or cut short it runs. */
import { describe, expect, test } from "vitest";
import { account, at, chf, contract, license, portfolio } from "./example.ts";

/** Term 2026: notice through 16 November (31 December − 45), increases through 1 November (− 60). */
const yearEnd = [
  "price-notice-window.closing 2026-10-02 30",
  "notice-window.closing 2026-10-17 30",
  "price-notice-window.closing 2026-10-18 14",
  "price-notice-window.closing 2026-10-29 3",
  "notice-window.closing 2026-11-02 14",
  "notice-window.closing 2026-11-13 3",
  "notice-window.closed 2026-11-17",
  "contract.renewed 2027-01-01",
];

test("each thing is announced once, on its day, in every year anew", async () => {
  const { write, sweepOn, announced, missed } = await portfolio("2026-01-15");
  await write("acme", ...account);
  // Every three days: as late as the shortest reminder allows.
  for (let day = at("2026-09-30"); day < at("2027-01-05"); day += 3 * 86_400_000) await sweepOn(new Date(day).toISOString());
  expect(await announced()).toEqual(yearEnd);
  // Next year's: 2027-12-31 − 45 is 16 November, − 60 is 1 November.
  await sweepOn("2027-10-17T12:00:00Z");
  expect((await announced()).slice(8)).toEqual(["price-notice-window.closing 2027-10-02 30", "notice-window.closing 2027-10-17 30"]);
  expect(await missed()).toEqual([]);
});

test("nothing is announced before the instant at which it is true", async () => {
  const { write, sweepOn, announced } = await portfolio("2026-12-20");
  await write("acme", ...account);
  await sweepOn("2026-12-31T22:59:59.999Z");
  expect(await announced()).toEqual([]);
  await sweepOn("2026-12-31T23:00:00Z");
  expect(await announced()).toEqual(["contract.renewed 2027-01-01"]);
});

describe("a sweep that was missing", () => {
  const reminders = yearEnd.filter((one) => one.includes("closing"));
  const states = yearEnd.filter((one) => !one.includes("closing"));

  const lost = ["price-notice-window.closing 2026-10-29 3", "notice-window.closing 2026-11-02 14", "notice-window.closing 2026-11-13 3"];
  test.each([
    // Days after 2026-10-28, what is announced then, what had lost its purpose.
    [1, ["price-notice-window.closing 2026-10-29 3"], []],
    // 4 November: increases were to be announced through the 1st.
    [7, ["notice-window.closing 2026-11-02 14"], lost.slice(0, 1)],
    [45, ["notice-window.closed 2026-11-17"], lost],
    [60, ["notice-window.closed 2026-11-17"], lost],
  ])("for %i days", async (days, more, missing) => {
    const { write, sweepOn, announced, missed } = await portfolio("2026-01-15");
    await write("acme", ...account);
    for (const day of ["2026-10-02", "2026-10-17", "2026-10-28"]) await sweepOn(day);
    expect(await announced()).toEqual(yearEnd.slice(0, 3));
    await sweepOn(new Date(at("2026-10-28") + days * 86_400_000).toISOString());
    expect((await announced()).slice(3)).toEqual(more);
    expect(await missed()).toEqual(missing);
  });

  test("for 400 days: what is so is announced once, reminders of what is over are kept as missed", async () => {
    const { write, sweepOn, announced, missed } = await portfolio("2026-01-15");
    await write("acme", ...account);
    await sweepOn("2026-01-16");
    // 400 days on, the term of 2027 is seven weeks old.
    const run = await sweepOn("2027-02-20");
    expect(run).toMatchObject({ visited: 1, announced: states.length, missed: reminders.length, finished: true });
    expect(await announced()).toEqual(states);
    expect(await missed()).toEqual(reminders);
    expect(await sweepOn("2027-02-21")).toMatchObject({ announced: 0, missed: 0 });
  });

  test("while a window is still open, it is reminded of late", async () => {
    const { write, sweepOn, announced, missed } = await portfolio("2026-01-15");
    await write("acme", ...account);
    await sweepOn("2026-01-16");
    // The last instant of 16 November in Zurich, and the first of the 17th.
    await sweepOn("2026-11-16T22:59:59.999Z");
    expect((await announced()).filter((one) => one.startsWith("notice"))).toHaveLength(3);
    expect(await missed()).toHaveLength(3);
  });
});

test("delivered five times at once, again and again, the result is that of one", async () => {
  const { write, sweepOn, announced } = await portfolio("2026-01-15");
  const names = Array.from({ length: 6 }, (_, n) => `acme-${n}`);
  for (const name of names) await write(name, ...account);
  const runs = await Promise.all(Array.from({ length: 5 }, () => sweepOn("2026-12-01")));
  await Promise.all(Array.from({ length: 5 }, () => sweepOn("2027-01-02")));
  for (const name of names) expect(await announced(name)).toEqual(["notice-window.closed 2026-11-17", "contract.renewed 2027-01-01"]);
  expect(runs.reduce((sum, { announced }) => sum + announced, 0)).toBe(6);
});

test("cut short after a few accounts, the next runs go on until all is done", async () => {
  const { write, sweepOn, announced, store } = await portfolio("2026-01-15");
  const names = Array.from({ length: 20 }, (_, n) => `acme-${n}`);
  for (const name of names) await write(name, ...account);
  await sweepOn("2026-01-16");
  let runs = 0;
  for (let finished = false; !finished; runs++) {
    let asked = 0;
    const run = await sweepOn(`2027-01-02T12:0${runs}:00Z`, { remainingMilliseconds: () => (asked++ < 12 ? 60_000 : 0) });
    finished = run.finished;
    expect(runs).toBeLessThan(20);
  }
  expect(runs).toBeGreaterThan(2);
  for (const name of names) expect(await announced(name)).toEqual(["notice-window.closed 2026-11-17", "contract.renewed 2027-01-01"]);
  expect((await store.sweeps.read()).progress.mark).toBe(at("2027-01-01T12:00:00Z") + (runs - 1) * 60_000);
});

test("a late notice is announced as the end, though the renewal was announced", async () => {
  const { write, sweepOn, announced } = await portfolio("2026-12-01");
  await write("acme", ...account);
  await sweepOn("2027-01-01");
  expect(await announced()).toEqual(["contract.renewed 2027-01-01"]);
  const notice = { contractId: "c-1", kind: "non-renewal", form: "letter", receivedOn: "2026-11-16" };
  await write("acme", { path: "notices/ntc_1", value: notice });
  await sweepOn("2027-01-10");
  expect(await announced()).toEqual(["contract.lapsed 2027-01-01", "contract.renewed 2027-01-01"]);
});

test("a lapse, its window of twelve months, and the reminders of its end", async () => {
  const { write, sweepOn, announced, missed } = await portfolio("2026-11-10");
  const notice = { contractId: "c-1", kind: "non-renewal", form: "letter", receivedOn: "2026-11-16" };
  await write("acme", ...account, { path: "notices/ntc_1", value: notice });
  for (const day of ["2026-11-17", "2027-01-01", "2027-12-01", "2027-12-17", "2027-12-28", "2028-01-01"]) await sweepOn(day);
  // Lapsed on 1 January 2027: through 31 December.
  expect(await announced()).toEqual([
    "contract.lapsed 2027-01-01",
    "reinstatement-window.closing 2027-12-01 30",
    "reinstatement-window.closing 2027-12-17 14",
    "reinstatement-window.closing 2027-12-28 3",
    "reinstatement-window.closed 2028-01-01",
  ]);
  // By the first sweep the notice that they remind of had come: the one of 2 November, due when the contract was recorded, and the last.
  expect((await missed()).map((one) => one.replace(/T.*Z/, ""))).toEqual([
    "notice-window.closing 2026-11-10 14",
    "notice-window.closing 2026-11-13 3",
  ]);
});

test("where no zone is stated, a day has begun once it has everywhere", async () => {
  const { write, sweepOn, announced } = await portfolio("2026-12-20");
  await write("acme", ...account, { path: "contracts/c-1", value: { ...contract, policyId: "ensim-support", program: "24x7" } });
  // 1 January begins last at UTC−12: at noon in UTC.
  await sweepOn("2027-01-01T11:59:59.999Z");
  expect(await announced()).toEqual([]);
  await sweepOn("2027-01-01T12:00:00Z");
  expect(await announced()).toEqual(["contract.lapsed 2027-01-01T12:00:00Z"]);
});

test("no backlog: what was so before a contract was recorded is history, what lasts is told", async () => {
  const { write, sweepOn, announced, missed } = await portfolio("2026-11-05");
  const invoice = { contractId: "c-1", kind: "support", issuedOn: "2026-01-02", dueOn: "2026-02-01", amount: chf("1000.00"), payments: [] };
  await write(
    "acme",
    ...account,
    { path: "contracts/c-1", value: { ...contract, anchorOn: "2020-01-01" } },
    { path: "licenses/l-2", value: { ...license, deliveredOn: "2025-03-01" } },
    { path: "invoices/inv-7", value: invoice },
  );
  await sweepOn("2026-11-06");
  // The reminder of 2 November is the latest that has passed; the windows of increases are closed.
  expect((await announced()).map((one) => one.replace(/T12:00:00.*Z/, ""))).toEqual([
    "contract.past-due 2026-11-05",
    "coverage.gap-detected 2026-11-05",
    "notice-window.closing 2026-11-05 14",
  ]);
  expect(await missed()).toEqual([]);
});

test("past due from the day after the due day, once, and again for the next time", async () => {
  const { write, sweepOn, announced, missed } = await portfolio("2026-01-15");
  const invoice = (dueOn: string, payments: object[] = []) => ({
    contractId: "c-1",
    kind: "support",
    issuedOn: "2026-01-02",
    dueOn,
    amount: chf("1000.00"),
    payments,
  });
  await write("acme", ...account, { path: "invoices/i-1", value: invoice("2026-02-01") }, { path: "invoices/i-2", value: invoice("2026-02-20") });
  await sweepOn("2026-02-01T22:59:59.999Z");
  expect(await announced()).toEqual([]);
  await sweepOn("2026-02-01T23:00:00Z");
  await sweepOn("2026-03-01");
  // The second invoice fell due while the first was open.
  expect(await announced()).toEqual(["contract.past-due 2026-02-02"]);
  const paid = { paidOn: "2026-03-05", amount: chf("1000.00") };
  await write("acme", { path: "invoices/i-1", value: invoice("2026-02-01", [paid]) }, { path: "invoices/i-2", value: invoice("2026-02-20", [paid]) });
  await write("acme", { path: "invoices/i-3", value: invoice("2026-04-30") });
  await write("acme", { path: "invoices/i-4", value: invoice("2026-05-31", [{ ...paid, paidOn: "2026-06-03" }]) });
  await sweepOn("2026-05-10");
  expect(await announced()).toEqual(["contract.past-due 2026-02-02", "contract.past-due 2026-05-01"]);
  expect(await missed()).toEqual([]);
});

test("an offer that nobody took expires on the day after", async () => {
  const { write, sweepOn, announced } = await portfolio("2026-12-01");
  const offer = (payBy: string) => ({ kind: "reinstatement", contractId: "c-1", payBy });
  await write(
    "acme",
    ...account,
    { path: "quotes/qt_1", value: offer("2026-12-05") },
    { path: "quotes/qt_2", value: { ...offer("2026-12-05"), kind: "additional-purchase", acceptedPaidOn: "2026-12-04" } },
  );
  await sweepOn("2026-12-05T22:59:59.999Z");
  expect(await announced()).toEqual([]);
  await sweepOn("2026-12-05T23:00:00Z");
  expect(await announced()).toEqual(["quote.expired 2026-12-06"]);
});

test("agreed calendars run out 90 and 30 days ahead", async () => {
  const { write, sweepOn, announced } = await portfolio("2026-01-15");
  const calendars = { "standard-business-hours": { holidays: { firstYear: 2026, lastYear: 2027, dates: ["2027-01-01"] } } };
  await write("acme", ...account, { path: "contracts/c-1", value: { ...contract, settings: { autoRenew: false, calendars } } });
  await sweepOn("2027-10-03");
  await sweepOn("2027-12-02");
  expect((await announced()).filter((one) => one.startsWith("calendar"))).toEqual([
    "calendar.running-out 2027-10-03 90",
    "calendar.running-out 2027-12-02 30",
  ]);
});
