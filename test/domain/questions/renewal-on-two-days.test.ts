/** An outlook on two possible days: what the later one changes is a reason, unknown where it decides, for information where it only counts days. */
import { describe, expect, test } from "vitest";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { renewalOnEitherDay } from "../../../domain/questions/renewal-on-two-days.ts";
import { recordZone } from "../../../domain/questions/two-days.ts";
import { invoice } from "../conditions/asked.ts";
import { asOf } from "./asked.ts";
import { ending, type Sold, seller, sold } from "./quotable.ts";

const depending = ", depending on the time zone, which no fact gives";
const outlooks = (days: [string, string], known: Sold = {}) => {
  const [first, last] = days.map((day) => outlookRenewal(sold(known), "c-1", asOf(day))) as [Outlook, Outlook];
  return { first, last, both: onEitherDay(first, last) };
};
const onEitherDay = (first: Outlook, last: Outlook) => renewalOnEitherDay(first, last, recordZone(null, []));
type Outlook = ReturnType<typeof outlookRenewal>;
const said = (result: string, finding: string, clause = "7.2") => ({
  clause,
  condition: "time-zone",
  result,
  finding,
  facts: [{ path: "contracts/c-1/settings/timeZone", value: null }],
  cure: { says: "record the agreed time zone as the contract's `settings.timeZone`", clause: null, price: null },
});
const current = "the contract is current in the term 2026-01-01 to 2026-12-31";
const renews = `${current}, the next is 2027-01-01 to 2027-12-31`;

test("what is the same on both days stays as it is", () => {
  const { first, both } = outlooks(["2026-06-15", "2026-06-15"]);
  expect(both).toEqual(first);
  const ends = outlooks(["2026-06-15", "2026-06-16"], { known: ending });
  expect(ends.both).toEqual(ends.first);
});

describe("days that are left", () => {
  test.each([
    ["2026-11-15", "2026-11-16", "0 or 1 days are left to give notice of non-renewal"],
    ["2026-11-16", "2026-11-17", "0 days are left to give notice of non-renewal; or %; the last day for notice of non-renewal was 1 days ago"],
    ["2026-11-17", "2026-11-18", "the last day for notice of non-renewal was 1 or 2 days ago"],
  ])("%s or %s: for information", (early, late, left) => {
    const { first, both } = outlooks([early, late]);
    expect(both).toEqual({ ...first, reasons: [...first.reasons, said("info", `${renews}; ${left.replace("%", renews)}${depending}`)] });
  });
});

describe("what decides is unknown, and the zone is missing", () => {
  test("the last day of the last term, or the first without one", () => {
    const { first, both } = outlooks(["2026-12-31", "2027-01-01"], { known: ending });
    const finding = `${current}; or the contract is lapsed${depending}`;
    expect(both.reasons.at(-1)).toEqual(said("unknown", finding, first.reasons[0].clause));
    expect(both.missing).toEqual([...first.missing, { what: "timeZone", clause: first.reasons[0].clause }]);
  });
  test("past due on the later day", () => {
    const { both } = outlooks(["2026-03-02", "2026-03-03"], { dossier: { invoices: [invoice("i-1")] } });
    expect(both.reasons.at(-1)).toMatchObject({ condition: "time-zone", result: "unknown" });
    expect(both.missing).toEqual([{ what: "timeZone", clause: "7.2" }]);
  });
});

describe("a reason that only one of the days gives", () => {
  const notices = [{ noticeId: "n-1", contractId: "c-1", kind: "cancellation" as const, form: "letter" as const, receivedOn: "2026-06-16" }];
  const policy = seller({}, [
    { id: "9", says: "cancellation", notices: [{ notice: "cancellation", ruling: "undetermined", missing: "the agreement" }] },
  ]);
  const told = "cancellation `n-1`, received on 2026-06-16: whether and when it ends support is not in the policy; missing: the agreement";
  test("is told, although status and term are the same", () => {
    const { first, last, both } = outlooks(["2026-06-15", "2026-06-16"], { policy, known: ending, dossier: { notices } });
    const { clause } = first.reasons[0];
    expect(both).toEqual({
      ...first,
      reasons: [...first.reasons, said("unknown", `${current}; or ${current}; ${told}${depending}`, clause)],
      missing: [...first.missing, { what: "timeZone", clause }],
    });
    expect(onEitherDay(last, first).reasons.at(-1)?.finding).toBe(`${current}; ${told}; or ${current}${depending}`);
  });
  test("a reason with another result is told too", () => {
    const { first } = outlooks(["2026-06-15", "2026-06-15"], { known: ending });
    const [reason] = first.reasons;
    const same = { ...reason, finding: "the same" };
    const other = { ...first, reasons: [{ ...reason, result: "unknown" as const, finding: "nobody knows" }, same] as typeof first.reasons };
    const both = onEitherDay({ ...first, reasons: [reason, same] }, other);
    expect(both.reasons).toEqual([
      reason,
      same,
      said("unknown", `${current}; ${reason.finding}; or ${current}; nobody knows${depending}`, reason.clause),
    ]);
  });
});
