/** Every shipped policy lints clean, and every rule has a policy that breaks it, at the place that the finding names. */
import { expect, test } from "vitest";
import { shippedPolicies } from "../../domain/policies/index.ts";
import { policy } from "../../domain/policy.ts";
import { lint } from "../../domain/policy-lint.ts";
import { northwind, northwindJson } from "../northwind.ts";

test.each([...shippedPolicies].flatMap(([id, versions]) => versions.map((version) => ({ id, version }))))("$id has no problem", ({ version }) => {
  expect(policy.safeParse(version).error).toBeUndefined();
  expect(lint(version, 2026)).toEqual([]);
});

test("the invented policy has no problem", () => {
  expect(lint(northwind(), 2027)).toEqual([]);
});

// biome-ignore lint/suspicious/noExplicitAny: a policy is broken in all ways
type Break = (document: any) => void;
const formulas = "/clauses/8/formulas";
const circumstance = (more: object) => ({ condition: "circumstance", tags: ["x"], states: "it is x", otherwise: "fail", ...more });
const covered = (more: object) => ({ condition: "covered", otherwise: "fail", ...more });
const reading = (id: string, ...options: string[]) => ({
  id,
  question: "which?",
  options: options.map((id) => ({ id, says: id })),
  default: options[0],
});

const broken: [what: string, pointer: string, says: string, breaks: Break][] = [
  ["a clause that does nothing", "/clauses/9", "decides nothing", ({ clauses }) => delete clauses[9].informs],
  ["a clause whose only part is empty", "/clauses/9", "decides nothing", ({ clauses }) => (clauses[9] = { id: "E", says: "e", conditions: [] })],
  ["no condition of cover", "/clauses", "no clause has the condition `covered`", ({ clauses }) => clauses[0].conditions.shift()],
  [
    "cover that is asked under one option only",
    "/clauses",
    "not asked under every option",
    ({ clauses }) => (clauses[0].conditions[0].when = { reading: "nw-fee-base", is: "forward" }),
  ],
  ["a clause listed twice", "/clauses/9/id", "listed twice", ({ clauses }) => (clauses[9].id = "A.1")],
  [
    "a clause cited that is not listed",
    "/clauses/0/conditions/0/cure/clause",
    "no clause `Z`",
    ({ clauses }) => (clauses[0].conditions[0].cure.clause = "Z"),
  ],
  ["a severity listed twice", "/severities/1/id", "listed twice", ({ severities }) => (severities[1].id = "urgent")],
  ["a program listed twice", "/programs/1", "listed twice", ({ programs }) => (programs[1] = "gold")],
  ["a reading listed twice", "/readings/1/id", "listed twice", ({ readings }) => readings.push(readings[0])],
  ["an option listed twice", "/readings/0/options/2/id", "listed twice", ({ readings }) => readings[0].options.push(readings[0].options[0])],
  ["a default that is no option", "/readings/0/default", "no option `x`", ({ readings }) => (readings[0].default = "x")],
  ["a reading that is common to all", "/readings/1/id", "common to all", ({ readings }) => readings.push(reading("late-notice", "literal"))],
  ["a choice of no reading", "/choices/x", "no reading `x`", (document) => (document.choices = { x: "y" })],
  ["a choice that is no option", "/choices/nw-fee-base", "no option `y`", (document) => (document.choices = { "nw-fee-base": "y" })],
  [
    "when: no reading",
    "/clauses/0/conditions/0/when/reading",
    "no reading `x`",
    ({ clauses }) => (clauses[0].conditions[0].when = { reading: "x", is: "y" }),
  ],
  [
    "when: no option",
    "/clauses/0/conditions/0/when/is",
    "no option `y`",
    ({ clauses }) => (clauses[0].conditions[0].when = { reading: "nw-fee-base", is: "y" }),
  ],
  ["a method by no reading", `${formulas}/3/base/reading`, "no reading `x`", ({ clauses }) => (clauses[8].formulas[3].base = { reading: "x" })],
  [
    "a method by a reading of something else",
    `${formulas}/0/anchor/reading`,
    "no method here",
    ({ clauses }) => (clauses[8].formulas[0].anchor = { reading: "nw-fee-base" }),
  ],
  [
    "a benefit of those who owe by a reading of something else",
    "/clauses/9/benefits/0/owing/reading",
    "no method here",
    ({ clauses }) => (clauses[9].benefits = [{ benefit: "x", says: "x", needs: "contract", owing: { reading: "nw-fee-base" } }]),
  ],
  [
    "fees of a subscription by a reading of something else",
    "/clauses/9/conditions/0/ofSubscription/reading",
    "no method here",
    ({ clauses }) =>
      (clauses[9].conditions = [
        {
          condition: "payments-current",
          scope: "contract",
          withoutContract: "unknown",
          otherwise: "fail",
          ofSubscription: { reading: "nw-fee-base" },
        },
      ]),
  ],
  [
    "an announced end by a reading of something else",
    "/clauses/9/conditions/0/announced/reading",
    "no method here",
    ({ clauses }) => (clauses[9].conditions = [{ condition: "version-supported", otherwise: "fail", announced: { reading: "nw-fee-base" } }]),
  ],
  ["a clause of which all is lost", "/clauses/9", "decides nothing", ({ clauses }) => (clauses[9] = { id: "E", says: "e", lost: [{ what: "it" }] })],
  [
    "closing counted by no reading",
    "/clauses/9/closures/0/countedFrom/reading",
    "no reading `x`",
    ({ clauses }) => (clauses[9].closures = [{ ground: "no-answer", businessDays: 5, calendar: "desk", countedFrom: { reading: "x" } }]),
  ],
  [
    "closing counted by a reading of something else",
    "/clauses/9/closures/0/countedFrom/reading",
    "no method here",
    ({ clauses }) => (clauses[9].closures = [{ ground: "no-answer", businessDays: 5, calendar: "desk", countedFrom: { reading: "nw-fee-base" } }]),
  ],
  [
    "zones by no reading",
    "/clauses/9/conditions/0/zones/reading",
    "no reading `x`",
    ({ clauses }) => (clauses[9].conditions = [{ condition: "open-hours", calendars: { apac: "desk" }, zones: { reading: "x" }, otherwise: "fail" }]),
  ],
  [
    "a calendar known under no reading",
    "/calendars/desk/when/reading",
    "no reading `x`",
    ({ calendars }) => (calendars.desk.when = { reading: "x", is: "y" }),
  ],
  [
    "a region known under no reading",
    "/regions/apac/instead/0/when/reading",
    "no reading `x`",
    (document) => (document.regions = { apac: { zone: null, always: false, instead: [{ when: { reading: "x", is: "y" }, zone: "Asia/Tokyo" }] } }),
  ],
  ["a deadline of no severity", "/clauses/5/deadlines/0/severity", "no severity `x`", ({ clauses }) => (clauses[5].deadlines[0].severity = "x")],
  ["a deadline of no program", "/clauses/5/deadlines/0/program", "no program `x`", ({ clauses }) => (clauses[5].deadlines[0].program = "x")],
  [
    "a deadline by no calendar",
    "/clauses/5/deadlines/1/clock/calendar",
    "no calendar `x`",
    ({ clauses }) => (clauses[5].deadlines[1].clock.calendar = "x"),
  ],
  [
    "an end of life by no calendar",
    "/clauses/5/deadlines/0/endOfLife/calendar",
    "no calendar `x`",
    ({ clauses }) => (clauses[5].deadlines[0].endOfLife = { calendar: "x" }),
  ],
  ["a formula by no calendar", "/clauses/6/formulas/0/calendar", "no calendar `x`", ({ clauses }) => (clauses[6].formulas[0].calendar = "x")],
  [
    "open hours by no calendar",
    "/clauses/9/conditions/0/calendars/apac",
    "no calendar `x`",
    ({ clauses }) => (clauses[9].conditions = [{ condition: "open-hours", calendars: { apac: "x" }, otherwise: "fail" }]),
  ],
  [
    "intake of no severity",
    "/clauses/2/conditions/0/severities/1",
    "no severity `x`",
    ({ clauses }) => (clauses[2].conditions[0].severities = ["urgent", "x"]),
  ],
  [
    "an obligation of no kind of request",
    "/clauses/9/obligations/0/kinds/0",
    "no kind of request `x`",
    ({ clauses }) => (clauses[9].obligations = [{ obligation: "do", kinds: ["x"], ifMissed: null }]),
  ],
  [
    "an assessment as no severity",
    "/clauses/9/assessments/0/severity",
    "no severity `x`",
    ({ clauses }) => (clauses[9].assessments = [{ severity: "x", all: ["inoperable"] }]),
  ],
  [
    "requests that count as no severity",
    "/clauses/9/severities/0/severity",
    "no severity `x`",
    ({ clauses }) => (clauses[9].severities = [{ severity: "x", kinds: ["question"] }]),
  ],
  [
    "a benefit of no program",
    "/clauses/9/benefits/0/programs/0",
    "no program `x`",
    ({ clauses }) => (clauses[9].benefits = [{ benefit: "b", says: "b", needs: "contract", programs: ["x"] }]),
  ],
  [
    "hours that close before they open",
    "/calendars/desk/weekly",
    "closes before it opens",
    ({ calendars }) => (calendars.desk.weekly.mon = [["16:00", "09:00"]]),
  ],
  [
    "other hours under an option that are never open",
    "/calendars/desk/instead/0/weekly",
    "no weekday",
    (document) =>
      (document.calendars.desk.instead = [{ when: { reading: document.readings[0].id, is: document.readings[0].options[0].id }, weekly: {} }]),
  ],
  [
    "a service that stands apart and is none",
    "/clauses/0/conditions/0/exceptServices/0",
    "no service `x`",
    ({ clauses }) => (clauses[0].conditions = [{ ...clauses[0].conditions?.[0], condition: "covered", otherwise: "fail", exceptServices: ["x"] }]),
  ],
  ["a calendar that is never open", "/calendars/desk/weekly", "no weekday", ({ calendars }) => (calendars.desk.weekly = {})],
  [
    "a holiday outside the years listed",
    "/calendars/desk/holidays/dates/7",
    "is outside",
    ({ calendars }) => calendars.desk.holidays.dates.push("2028-01-01"),
  ],
  [
    "holidays that end before the policy begins",
    "/calendars/desk/holidays/lastYear",
    "in force from 2028-01-01",
    (document) => (document.effectiveFrom = "2028-01-01"),
  ],
  ["a deadline without a target", "/clauses/5/deadlines/0", "has no target", ({ clauses }) => delete clauses[5].deadlines[0].targetMinutes],
  [
    "a target that is stated and missing",
    "/clauses/5/deadlines/0/missing",
    "no document is missing",
    ({ clauses }) => (clauses[5].deadlines[0].missing = "a document"),
  ],
  ["a target promised twice", "/clauses/5/deadlines/3", "promised twice", ({ clauses }) => clauses[5].deadlines.push(clauses[5].deadlines[2])],
  [
    "a cap without renewal",
    "/clauses/7/formulas/0",
    "needs `renewal`",
    ({ clauses }) => clauses.splice(6, 1, { id: "D.1", says: "-", informs: "-" }),
  ],
  [
    "alignment without a first period",
    "/clauses/6/formulas/1",
    "needs `initial-period`",
    ({ clauses }) => clauses[6].formulas.push({ formula: "co-term", by: "stub" }),
  ],
  [
    "alignment without renewal",
    "/clauses/9/formulas/1",
    "`co-term` needs `renewal`",
    ({ clauses }) => {
      clauses[6] = { id: "D.1", says: "-", informs: "-" };
      clauses[9].formulas = [
        { formula: "initial-period", months: 12, outlasts: "literal" },
        { formula: "co-term", by: "stub" },
      ];
    },
  ],
  ["fees without reinstatement", `${formulas}/0`, "needs `reinstatement`", ({ clauses }) => clauses[8].formulas.shift()],
  ["reinstatement without fees", `${formulas}/0`, "`reinstatement` needs", ({ clauses }) => clauses[8].formulas.splice(1, 2)],
  ["a fee of new fees that are none", `${formulas}/2/base`, "needs `forward-fees`", ({ clauses }) => clauses[8].formulas.splice(2, 1)],
  ["a formula stated twice", `${formulas}/5`, "stated twice", ({ clauses }) => clauses[8].formulas.push(clauses[8].formulas[1])],
  [
    "the same condition with other results",
    "/clauses/9/conditions/0",
    "`unknown` here and `fail` at clause `A.1`",
    ({ clauses }) => (clauses[9].conditions = [covered({ otherwise: "unknown" })]),
  ],
  [
    "the same circumstance with other results",
    "/clauses/9/conditions/0",
    "circumstance `field-hardware`",
    ({ clauses }) => (clauses[9].conditions = [circumstance({ tags: ["field-hardware"], otherwise: "discretion" })]),
  ],
  [
    "kinds that overlap with other results",
    "/clauses/9/conditions/1",
    "condition `request-kind`",
    ({ clauses }) =>
      (clauses[9].conditions = [
        { condition: "request-kind", kinds: ["service", "question"], says: "a", otherwise: "fail" },
        { condition: "request-kind", kinds: ["question"], says: "b", otherwise: "discretion" },
      ]),
  ],
];

test.each(broken)("%s", (_, pointer, says, breaks) => {
  const document = northwindJson();
  breaks(document);
  const found = lint(policy.parse(document));
  expect(found.map((one) => one.pointer)).toContain(pointer);
  expect(
    found
      .filter((one) => one.pointer === pointer)
      .map(({ detail }) => detail)
      .join("; "),
  ).toContain(says);
});

test("holidays that end before a year that is needed", () => {
  expect(lint(northwind(), 2028)).toEqual([
    { pointer: "/calendars/desk/holidays/lastYear", detail: "the holidays end with 2027, and 2028 is needed: list those of later years" },
  ]);
});

const agreeing: [what: string, breaks: Break][] = [
  [
    "other results under options that exclude one another",
    ({ clauses }) => {
      clauses[0].conditions[0].when = { reading: "nw-fee-base", is: "forward" };
      clauses[9].conditions = [covered({ otherwise: "unknown", when: { reading: "nw-fee-base", is: "back-and-forward" } })];
    },
  ],
  ["the same twice, with the same result", ({ clauses }) => (clauses[9].conditions = [covered({})])],
  [
    "kinds of license of which only one is asked",
    ({ clauses }) => {
      clauses[0].conditions[0].except = ["trial", "beta", "freeware"];
      clauses[9].conditions = [covered({ otherwise: "unknown", except: ["perpetual", "subscription"] })];
    },
  ],
  ["other circumstances", ({ clauses }) => (clauses[9].conditions = [circumstance({ otherwise: "discretion" })])],
  ["no holiday is known at all", ({ calendars }) => (calendars.desk.holidays = { firstYear: 2000, lastYear: 1999, dates: [] })],
  ["hours that are not stated", ({ calendars }) => (calendars.desk.weekly = null)],
  ["an option of a reading common to all", (document) => (document.choices = { "late-notice": "counts-for-next-term" })],
  [
    "what is absent where it may be null",
    (document) => {
      delete document.calendars.desk.zone;
      delete document.effectiveFrom;
    },
  ],
];

test.each(agreeing)("no problem: %s", (_, breaks) => {
  const document = northwindJson();
  breaks(document);
  expect(lint(policy.parse(document))).toEqual([]);
});
