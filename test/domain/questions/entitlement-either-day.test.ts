/** An entitlement on two possible days: what holds on both holds, what differs is unknown, and nothing is taken from one day alone. */
import { describe, expect, test } from "vitest";
import type { DeadlineAnswer, Reason, Result } from "../../../domain/decision.ts";
import { type EntitlementAnswer, sameDeadlines } from "../../../domain/questions/entitlement-answer.ts";
import { onEitherDay } from "../../../domain/questions/entitlement-either-day.ts";

const depends = "depends on the time zone, which no fact gives";
const depending = ", depending on the time zone, which no fact gives";
const cure = { says: "record the agreed time zone as the contract's `settings.timeZone`", clause: null, price: null };
const missing = (clause: string) => [{ what: "timeZone", clause }];

const reason = (clause: string, result: Result, finding: string): Reason => ({
  clause,
  condition: `c-${clause}`,
  result,
  finding,
  facts: [],
  cure: null,
});
const deadline = (dueAt: string | null, known: Partial<DeadlineAnswer> = {}): DeadlineAnswer => ({
  kind: "first-response",
  dueAt,
  commitment: "effort",
  clause: "5",
  clock: "business",
  source: "policy",
  steps: [{ from: "2026-06-15T10:00:00Z", to: "2026-06-15T11:00:00Z", counted: "PT1H", note: "open" }],
  ...known,
});
const covered = reason("2.1", "pass", "covered");
const answer = (known: Partial<EntitlementAnswer> = {}): EntitlementAnswer => ({
  accountId: "acme",
  outcome: "entitled",
  headline: "Entitled: all holds",
  policy: { id: "acme-support", version: "1" },
  contractId: "c-1",
  considered: [],
  reasons: [covered],
  missing: [],
  serviceLevel: { program: "gold", requestedSeverity: null, effectiveSeverity: null },
  deadlines: [],
  obligations: [],
  readings: [],
  validUntil: null,
  asOf: "2026-06-15T10:00:00Z",
  ...known,
});
const either = (a: Partial<EntitlementAnswer>, b: Partial<EntitlementAnswer>) => onEitherDay(answer(a), answer(b), cure);

describe("what holds on both days", () => {
  test("is the answer as it stands", () => expect(either({}, {})).toEqual(answer()));
  test("with both figures where only these differ; a pass and a remark say the same", () => {
    const found = either(
      { headline: "Entitled: 5 days left", reasons: [reason("2.1", "pass", "5 days left"), reason("3", "pass", "open")] },
      { headline: "Entitled: 4 days left", reasons: [reason("2.1", "pass", "4 days left"), reason("3", "info", "open")] },
    );
    expect(found).toEqual(
      answer({
        headline: `Entitled: 4 or 5 days left${depending}`,
        reasons: [reason("2.1", "pass", `4 or 5 days left${depending}`), reason("3", "pass", "open")],
      }),
    );
  });
});

describe("what differs is unknown", () => {
  const fails = reason("2.2", "fail", "owes");
  test("with the clause that differs first, and both findings", () => {
    expect(either({ reasons: [covered, reason("2.2", "pass", "paid")] }, { reasons: [covered, fails] })).toEqual(
      answer({
        outcome: "undetermined",
        headline: `Undetermined: the answer ${depends} (2.2)`,
        reasons: [covered, { ...reason("2.2", "unknown", `${depends}: paid; or owes`), cure }],
        missing: missing("2.2"),
      }),
    );
  });
  test("as is a condition that only one of the days asks, whichever it is", () => {
    const unasked = (finding: string) => ({ ...reason("2.2", "unknown", `${depends}: ${finding}`), cure });
    expect(either({}, { reasons: [covered, fails] })).toMatchObject({
      outcome: "undetermined",
      reasons: [covered, unasked("not asked; or owes")],
      missing: missing("2.2"),
    });
    expect(either({ reasons: [covered, fails] }, {})).toMatchObject({ outcome: "undetermined", reasons: [covered, unasked("owes; or not asked")] });
  });
  test("not what only one of them asks and holds: each is told, by its own clause and condition", () => {
    for (const other of [
      { ...covered, clause: "2.3" },
      { ...covered, condition: "other" },
    ])
      expect(either({}, { reasons: [other] })).toEqual(answer({ reasons: [covered, other] }));
    const paid = reason("2.2", "pass", "paid");
    expect(either({ reasons: [covered, paid] }, { reasons: [paid, covered] })).toEqual(answer({ reasons: [covered, paid] }));
  });
  test("what either lacks is missing, and readings of either were used, each once", () => {
    const lacks = (what: string) => ({ what, clause: "3" });
    const read = (id: string) => ({ id, chosen: "yes" });
    const found = either(
      { missing: [lacks("a"), lacks("b")], readings: [read("r-1")] },
      { missing: [lacks("b"), lacks("c")], readings: [read("r-1"), read("r-2")] },
    );
    expect([found.missing, found.readings]).toEqual([
      [lacks("a"), lacks("b"), lacks("c")],
      [read("r-1"), read("r-2")],
    ]);
  });
  test("nor what both decide alike, in whatever order they ask it", () => {
    const refused = { outcome: "not-entitled" as const, headline: "Not entitled: owes (2.2)" };
    const inOrder = answer({ ...refused, reasons: [fails, covered] });
    expect(either(inOrder, { ...refused, reasons: [covered, fails] })).toEqual(inOrder);
  });
  test("what fails on both fails all the same", () => {
    const found = either({ reasons: [covered, fails] }, { reasons: [reason("2.1", "fail", "no cover"), fails] });
    expect(found).toMatchObject({ outcome: "not-entitled", headline: "Not entitled: owes (2.2)", missing: missing("2.1") });
  });
});

describe("a deadline that differs", () => {
  const early = deadline("2026-06-15T11:00:00Z");
  const late = deadline("2026-06-16T07:00:00Z");
  test("is not known, nor is the headline sure of it", () => {
    const found = either(
      { headline: "Entitled: all holds; first response due Monday", deadlines: [early] },
      { headline: "Entitled: all holds; first response due Tuesday", deadlines: [late] },
    );
    expect(found).toEqual(
      answer({
        headline: `Entitled: all holds; first response due Monday or Tuesday${depending}`,
        deadlines: [{ ...early, dueAt: null, steps: [] }],
        missing: missing("5"),
      }),
    );
  });
  test("stays where it is the same on both, although a reason differs", () => {
    const found = either({ deadlines: [early] }, { deadlines: [early], reasons: [reason("2.1", "fail", "no cover")] });
    expect([found.outcome, found.deadlines]).toEqual(["undetermined", [early]]);
  });
  test("that only the later day has is missing by the first clause", () => {
    expect(either({}, { deadlines: [late] })).toMatchObject({ deadlines: [], missing: missing("2.1") });
  });
  test("deadlines are the same by number, kind and instant", () => {
    const same = (a: DeadlineAnswer[], b: DeadlineAnswer[]) => sameDeadlines(answer({ deadlines: a }), answer({ deadlines: b }));
    expect([same([], []), same([early], [early]), same([early], [{ ...early, clause: "6" }])]).toEqual([true, true, true]);
    expect([same([early], []), same([], [early]), same([early], [early, late]), same([early], [late])]).toEqual([false, false, false, false]);
    expect(same([early], [{ ...early, kind: "next-update" }])).toBe(false);
  });
});
