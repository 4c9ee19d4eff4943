/** Which instants are looked at for an earlier change, and which of them ends an answer. */
import { describe, expect, test } from "vitest";
import type { Dossier, RecordedNotice } from "../../../domain/facts.ts";
import type { EntitlementAnswer } from "../../../domain/questions/entitlement.ts";
import { earlierTurn, turnsOf } from "../../../domain/questions/turns.ts";
import { addDays } from "../../../domain/time/calendar-date.ts";
import { formatInstant, parseInstant } from "../../../domain/time/instant.ts";
import { contract, license } from "../conditions/asked.ts";
import { bookOf, factsOf, type PolicyText } from "./asked.ts";

function turns(dossier: Partial<Dossier>, asOf = "2026-06-15T10:00:00Z", text: PolicyText = {}): string[] {
  const facts = factsOf(bookOf(text), dossier);
  return turnsOf(facts, facts.dossier.licenses, facts.dossier.premises, asOf, false).map(formatInstant);
}

describe("turns", () => {
  const notice = (known: Partial<RecordedNotice> = {}): RecordedNotice =>
    ({ noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", receivedOn: "2026-07-01", ...known }) as RecordedNotice;

  test("the beginning of the day of a notice to come; not one withdrawn, of another kind, or of no contract", () => {
    expect(turns({ notices: [notice()] })).toEqual(["2026-06-30T22:00:00Z"]);
    for (const other of [{ withdrawn: true as const }, { kind: "cancellation" as const }, { contractId: "c-9" }])
      expect(turns({ notices: [notice(other)] })).toEqual([]);
  });
  test("what begins at the instant itself has begun", () => {
    expect(turns({ notices: [notice()] }, "2026-06-30T22:00:00Z")).toEqual([]);
    expect(turns({ notices: [notice()] }, "2026-06-30T21:59:59.999Z")).toEqual(["2026-06-30T22:00:00Z"]);
  });
  test("in the zone of the notice's own contract; without one, where the day begins first and where last", () => {
    const contracts = [contract("c-1", []), contract("c-2", [], { settings: { timeZone: "Asia/Tokyo" } })];
    const on = (contractId: string) => turns({ contracts, notices: [notice({ contractId })] }, undefined, { zone: null });
    expect(on("c-2")).toEqual(["2026-06-30T15:00:00Z"]);
    expect(on("c-1")).toEqual(["2026-06-30T10:00:00Z", "2026-07-01T12:00:00Z"]);
  });
  test("in order, the first hundred of them", () => {
    const days = Array.from({ length: 101 }, (_, n) => addDays("2026-07-01", 100 - n));
    const found = turns({ notices: days.map((receivedOn, n) => notice({ noticeId: `n-${n}`, receivedOn })) });
    expect([found.length, found[0], found[1], found.at(-1)]).toEqual([100, "2026-06-30T22:00:00Z", "2026-07-01T22:00:00Z", "2026-10-07T22:00:00Z"]);
  });
  test("none for one license under one contract, whatever other contracts there are; none without a contract", () => {
    expect(turns({ contracts: [contract("c-1", ["l-1"]), contract("c-2", ["l-9"])] })).toEqual([]);
    expect(turns({ contracts: [], licenses: [license("l-1"), license("l-2", { deliveredOn: "2026-08-01" })] })).toEqual([]);
  });
  test("of a hundred licenses at most", () => {
    const licenses = Array.from({ length: 101 }, (_, n) => license(`l-${n}`, n === 100 ? { retiredOn: "2026-09-01" } : {}));
    expect(turns({ licenses, contracts: [contract("c-1", [])] })).toEqual([]);
    expect(turns({ licenses: licenses.slice(1), contracts: [contract("c-1", [])] })).toEqual(["2026-08-31T22:00:00Z"]);
  });
});

describe("the day on which what lapsed can be brought back no more", () => {
  const window = (months: number): PolicyText => ({
    clauses: [{ id: "7", says: "window", formulas: [{ formula: "reinstatement-window", months, afterwards: "repurchase" }] }],
  });
  test("twelve months after the lapse, also while it is still covered; none without a window", () => {
    // The last day of the term is 2026-12-31; a day begins in Zurich at 23:00Z in winter, at 22:00Z in summer.
    expect(turns({}, undefined, window(12))).toEqual(["2027-12-31T23:00:00Z"]);
    expect(turns({}, undefined, window(6))).toEqual(["2027-06-30T22:00:00Z"]);
    expect(turns({}, "2027-12-31T23:00:00Z", window(12))).toEqual([]);
    expect(turns({})).toEqual([]);
  });
  test("of the contracts that name the license", () => {
    expect(turns({ contracts: [contract("c-1", ["l-9"])] }, undefined, window(12))).toEqual([]);
  });
});

describe("the first day of a version that is yet to govern", () => {
  const book = bookOf({}, { version: "2", effectiveFrom: "2026-07-01" }, { version: "0", effectiveFrom: "2026-02-01" });
  const known = (filed: boolean, contracts = [contract("c-1", ["l-1"])]) => {
    const facts = factsOf(book, { contracts });
    return turnsOf(facts, facts.dossier.licenses, [], "2026-06-15T10:00:00Z", filed).map(formatInstant);
  };
  test("is one, but not for a request of which is stated when it was made", () => {
    expect([known(false), known(true)]).toEqual([["2026-06-30T22:00:00Z"], []]);
  });
});

describe("the first turn at which the answer differs", () => {
  const reason = (known: object = {}) => ({
    clause: "2.1",
    condition: "covered",
    result: "pass",
    finding: "covered",
    facts: [],
    cure: null,
    ...known,
  });
  const answer = (known: object = {}) => ({ contractId: "c-1", reasons: [reason()], validUntil: null, ...known }) as unknown as EntitlementAnswer;
  const [may, june, july] = ["2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z"] as [string, string, string];
  /** These answers from these instants on. */
  const from = (answers: Record<string, EntitlementAnswer>) => (instant: number) => answers[formatInstant(instant)] ?? answer();
  const first = (now: EntitlementAnswer, at: string[], answers: Record<string, EntitlementAnswer>) =>
    earlierTurn(now, at.map(parseInstant), from(answers));

  test.each<[string, EntitlementAnswer]>([
    ["another contract answers", answer({ contractId: "c-2" })],
    ["a reason more", answer({ reasons: [reason(), reason({ clause: "2.2" })] })],
    ["another clause", answer({ reasons: [reason({ clause: "2.2" })] })],
    ["another result", answer({ reasons: [reason({ result: "fail" })] })],
    ["a fact more", answer({ reasons: [reason({ facts: [{ path: "a", value: 1 }] })] })],
    ["another version of the policy", answer({ policy: { id: "acme", version: "2" } })],
    ["something that can be done", answer({ reasons: [reason({ cure: { says: "pay", clause: null, price: null } })] })],
  ])("%s", (_, then) => expect(first(answer(), [july, may, june], { [june]: then, [july]: then })).toBe(june));

  test("of several reasons one is enough; a reason less is a difference", () => {
    const two = (second: object) => answer({ reasons: [reason(), reason({ clause: "2.2", ...second })] });
    expect(first(two({}), [june], { [june]: two({ result: "fail" }) })).toBe(june);
    expect(first(two({}), [june], { [june]: answer() })).toBe(june);
  });
  test("a cure by another clause, or at a price no more, is a difference; another price is none", () => {
    const cure = (clause: string, amount: string | null) =>
      answer({ reasons: [reason({ cure: { says: "pay", clause, price: amount === null ? null : { amount, currency: "CHF" } } })] });
    const turned = (then: EntitlementAnswer) => first(cure("7.3", "1.00"), [june], { [june]: then });
    expect([turned(cure("7.4", "1.00")), turned(cure("7.3", null)), turned(cure("7.3", "2.00"))]).toEqual([june, june, null]);
  });
  test("another finding alone is none", () => {
    expect(first(answer(), [may], { [may]: answer({ reasons: [reason({ finding: "still covered" })] }) })).toBe(null);
  });
  test("at or after what the answer says itself, that counts, and nobody asks", () => {
    const asked: number[] = [];
    const ask = (instant: number) => {
      asked.push(instant);
      return answer({ contractId: "c-2" });
    };
    expect(earlierTurn(answer({ validUntil: june }), [parseInstant(june), parseInstant(july)], ask)).toBe(june);
    expect(asked).toEqual([]);
  });
  test("a turn that leaves it as it is may bring a later change", () => {
    expect(first(answer(), [may], { [may]: answer({ validUntil: july }), [july]: answer({ contractId: "c-2" }) })).toBe(july);
  });
  test("after a hundred that change nothing it is left at that", () => {
    let asked = 0;
    const ask = (instant: number) => {
      asked += 1;
      return answer({ validUntil: formatInstant(instant + 86_400_000) });
    };
    expect(earlierTurn(answer(), [parseInstant(may)], ask)).toBe(null);
    expect(asked).toBe(100);
  });
});

describe("where the answers for several licenses are listed", () => {
  const listed = (finding: string, validUntil: string | null, more: object[] = []) =>
    ({
      contractId: null,
      reasons: [{ clause: "2.1", condition: "which-license", result: "unknown", finding, facts: [], cure: null }, ...more],
      validUntil,
    }) as unknown as EntitlementAnswer;
  const [june, july] = ["2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z"] as [string, string];

  test("a change of one that does not show is passed over; one that does ends it, by its words as well", () => {
    const then: Record<string, EntitlementAnswer> = { [june]: listed("a or b", july), [july]: listed("a or c", null) };
    expect(earlierTurn(listed("a or b", june), [], (instant) => then[formatInstant(instant)] as EntitlementAnswer)).toBe(july);
    const gone: Record<string, EntitlementAnswer> = { [june]: listed("a or b", null) };
    expect(earlierTurn(listed("a or b", june), [], (instant) => gone[formatInstant(instant)] as EntitlementAnswer)).toBe(null);
  });
  test("after a hundred it is left at the next", () => {
    let asked = 0;
    const ask = (instant: number) => {
      asked += 1;
      return listed("a or b", formatInstant(instant + 86_400_000));
    };
    // A hundred days after 1 June.
    expect(earlierTurn(listed("a or b", june), [], ask)).toBe("2026-09-09T00:00:00Z");
    expect(asked).toBe(100);
  });
});
