/** Two sentences told as one, where no zone says which day it is: each figure for both days, the smaller first. */
import { describe, expect, test } from "vitest";
import type { Cure, Reason } from "../../../domain/decision.ts";
import { either, eitherDay, eitherReason, recordZone } from "../../../domain/questions/two-days.ts";
import { chf } from "../conditions/asked.ts";

const depending = ", depending on the time zone, which no fact gives";

describe("in one sentence", () => {
  test.each([
    ["the same", "it ended", "it ended", "it ended"],
    ["one figure", "29 days ago", "30 days ago", "29 or 30 days ago"],
    ["a figure at the end", "it is 29", "it is 30", "it is 29 or 30"],
    ["before a full stop", "it is 29.", "it is 30.", "it is 29 or 30."],
    ["the smaller comes first", "30 days ago", "29 days ago", "29 or 30 days ago"],
    ["two apart: a day may lie between", "29 days ago", "31 days ago", "29 to 31 days ago"],
    ["words side by side are one figure", "1 day ago", "2 days ago", "1 day or 2 days ago"],
    ["with a comma between them they are two", "after 1, 5 are left", "after 2, 6 are left", "after 1 or 2, 5 or 6 are left"],
    ["one date", "due on 2026-01-02, unpaid", "due on 2026-01-01, unpaid", "due on 2026-01-01 or 2026-01-02, unpaid"],
    ["dates two days apart", "due on 2026-02-28", "due on 2026-03-02", "due on 2026-02-28 to 2026-03-02"],
    ["a date and a word", "due on 2026-01-02", "due on demand", "due on 2026-01-02 or demand"],
    ["an amount is one figure", "CHF 1,200.00 open", "CHF 1,300.50 open", "CHF 1,200.00 to 1,300.50 open"],
    ["thousands are more than hundreds", "CHF 1,200.00 open", "CHF 900.00 open", "CHF 900.00 to 1,200.00 open"],
    ["a word", "it is open", "it is closed", "it is open or closed"],
  ])("%s", (_, first, last, both) => expect(either(first, last)).toBe(both));
});

test.each([
  ["dates in two places", "from 2026-01-01 to 2026-12-31", "from 2027-01-01 to 2027-12-31"],
  ["a date and a figure", "on 2026-01-01 it is 5", "on 2026-01-02 it is 6"],
  ["a figure and a date", "5 since 2026-01-01", "6 since 2026-01-02"],
  ["other words between", "it ended", "it goes on and on"],
  ["other signs between", "first 1, second 5 days", "first 1 and 5 days"],
  ["the same words, parted otherwise", "1 day left", "1, day left"],
  ["words parted otherwise on the first", "1, 5 left", "2 6 left"],
  ["a figure, and words parted otherwise", "1 5 left", "2, 6 left"],
])("one sentence after the other: %s", (_, first, last) => expect(either(first, last)).toBe(`${first}; or ${last}`));

test("it is said on what it depends, where it does", () => {
  expect(eitherDay("29 days ago", "30 days ago")).toBe(`29 or 30 days ago${depending}`);
  expect(eitherDay("29 days ago", "29 days ago")).toBe("29 days ago");
});

describe("a reason on both days", () => {
  const reason = (finding: string, cure: Cure | null = null): Reason => ({ clause: "2.1", condition: "x", result: "fail", finding, facts: [], cure });
  const pay = (says: string, price: Cure["price"]): Cure => ({ says, clause: "7.3", price });
  const cureOf = (first: Cure | null, last: Cure | null) => eitherReason(reason("a", first), reason("a", last)).cure;

  test("gives each figure", () => {
    expect(eitherReason(reason("1 day ago"), reason("2 days ago"))).toEqual(reason(`1 day or 2 days ago${depending}`));
    expect(eitherReason(reason("1 day ago"), reason("1 day ago"))).toEqual(reason("1 day ago"));
  });
  test("a cure keeps its price where it is the same on both, and none where it is not", () => {
    const told = `pay by 4 or 5${depending}`;
    expect(cureOf(pay("pay by 4", chf("10.00")), pay("pay by 5", chf("10.00")))).toEqual(pay(told, chf("10.00")));
    expect(cureOf(pay("pay by 4", null), pay("pay by 5", null))).toEqual(pay(told, null));
    for (const other of [chf("11.00"), { amount: "10.00", currency: "EUR" }, null]) {
      expect(cureOf(pay("pay by 4", chf("10.00")), pay("pay by 5", other))).toEqual(pay(told, null));
    }
    expect(cureOf(pay("pay by 4", null), pay("pay by 5", chf("10.00")))).toEqual(pay(told, null));
  });
  test("a cure of one day only is that of the first", () => {
    const cure = pay("pay", chf("10.00"));
    expect([cureOf(cure, null), cureOf(null, cure), cureOf(null, null)]).toEqual([cure, null, null]);
  });
});

test("the zone is recorded where the policy takes it from", () => {
  const premises = (premisesId: string) => ({ premisesId, name: premisesId, region: "apac" as const });
  const agreed = "record the agreed time zone as the contract's `settings.timeZone`";
  const theirs = { says: "record `timeZone` of the premises", clause: null, price: null };
  expect(recordZone(null, [premises("a")]).says).toBe(agreed);
  expect([recordZone("premises", []), recordZone("premises", [premises("a")])]).toEqual([theirs, theirs]);
  // No zone of theirs would be one for both.
  expect(recordZone("premises", [premises("a"), premises("b")]).says).toBe(agreed);
});
