/** Policies of which every name leads somewhere and that would still serve nobody, or contradict themselves: refused, at the place to mend. */
import { expect, test } from "vitest";
import { policy } from "../../domain/policy.ts";
import { lint } from "../../domain/policy-lint.ts";
import { northwindJson } from "../northwind.ts";

// biome-ignore lint/suspicious/noExplicitAny: a policy is broken in all ways
type Break = (document: any) => void;
const channel = (channels: string[], more: object = {}) => ({
  condition: "channel",
  ways: channels.map((channel) => ({ channel })),
  otherwise: "fail",
  ...more,
});
const maintenance = (hours: number) => ({ notice: "maintenance", ruling: "hours-ahead", hours, forms: ["email"] });

const harmful: [what: string, pointer: string, says: string, breaks: Break][] = [
  ["no form of notice", "/clauses/6/formulas/0/forms", "nobody could ever end it", ({ clauses }) => (clauses[6].formulas[0].forms = [])],
  ["notice a whole term ahead", "/clauses/6/formulas/0/noticeDays", "got `365`", ({ clauses }) => (clauses[6].formulas[0].noticeDays = 365)],
  [
    "an increase announced a whole term ahead",
    "/clauses/7/formulas/0/noticeDays",
    "got `400`",
    ({ clauses }) => (clauses[7].formulas[0].noticeDays = 400),
  ],
  [
    "channels of which none is taken by both",
    "/clauses/9/conditions/0",
    "here and at clause `B.2`",
    ({ clauses }) => (clauses[9].conditions = [channel(["web", "chat"])]),
  ],
  [
    "the same under one program",
    "/clauses/9/conditions/0",
    "here and at clause `B.2`",
    ({ clauses }) => (clauses[9].conditions = [channel(["chat"], { programs: ["gold"] })]),
  ],
  [
    "two hours for one notice",
    "/clauses/9/notices/1",
    "only the first would count",
    ({ clauses }) => (clauses[9].notices = [maintenance(24), maintenance(72)]),
  ],
  [
    "a severity of everything before the others",
    "/clauses/9/assessments/0",
    "2 entries after it",
    ({ clauses }) =>
      (clauses[9].assessments = [
        { severity: "normal", all: [] },
        { severity: "urgent", all: ["inoperable"] },
        { severity: "normal", any: ["question"] },
      ]),
  ],
  [
    "an impact that is so and not so",
    "/clauses/9/assessments/0",
    "`inoperable` must be so and not so",
    ({ clauses }) => (clauses[9].assessments = [{ severity: "urgent", all: ["inoperable", "businessLoss"], denied: ["inoperable"] }]),
  ],
  [
    "an impact that is so and not stated",
    "/clauses/9/assessments/0",
    "`businessLoss` must be so and not so",
    ({ clauses }) => (clauses[9].assessments = [{ severity: "urgent", all: ["businessLoss"], none: ["businessLoss"] }]),
  ],
  [
    "alternatives that are all not so",
    "/clauses/9/assessments/0/any",
    "none of these may be so",
    ({ clauses }) =>
      (clauses[9].assessments = [{ severity: "urgent", any: ["inoperable", "businessLoss"], denied: ["inoperable"], none: ["businessLoss"] }]),
  ],
  [
    "a benefit twice",
    "/clauses/9/benefits/1/benefit",
    "`updates` is listed twice",
    ({ clauses }) =>
      (clauses[9].benefits = ["gold", "silver"].map((program) => ({ benefit: "updates", says: "new", needs: "contract", programs: [program] }))),
  ],
  [
    "a circumstance that lifts itself",
    "/clauses/4/conditions/0/unless",
    "`B.3` lifts itself",
    ({ clauses }) => (clauses[4].conditions[0].unless = { circumstance: "B.3" }),
  ],
  [
    "a channel that is taken and unknown",
    "/clauses/9/contacts/0/unknown",
    "`phone` cannot be taken and unknown",
    ({ clauses }) => (clauses[9].contacts = [{ contact: "changes-how", channels: ["web", "phone"], unknown: ["phone", "chat"], missing: "hours" }]),
  ],
  ["a return without a window", "/clauses/8/formulas/0", "needs `reinstatement-window`", ({ clauses }) => clauses[8].formulas.pop()],
  [
    "a year of holidays that was forgotten",
    "/calendars/desk/holidays/dates",
    "no holiday is listed in 2028, 2030: list them, or leave the years out",
    ({ calendars }) => {
      calendars.desk.holidays.lastYear = 2030;
      calendars.desk.holidays.dates.push("2029-01-01");
    },
  ],
  [
    "cover that one program is not asked for",
    "/clauses",
    "not under `silver`: a license without support would pass",
    ({ clauses }) => (clauses[0].conditions[0].programs = ["gold"]),
  ],
  [
    "a condition of no program",
    "/clauses/0/conditions/0/programs/1",
    "no program `x`",
    ({ clauses }) => (clauses[0].conditions[0].programs = ["gold", "x"]),
  ],
];

test.each(harmful)("%s", (_, pointer, says, breaks) => {
  const document = northwindJson();
  breaks(document);
  const found = lint(policy.parse(document)).filter((one) => one.pointer === pointer);
  expect(found.map(({ detail }) => detail).join("; ")).toContain(says);
});

const harmless: [what: string, changes: Break][] = [
  ["notice one day short of a term", ({ clauses }) => (clauses[6].formulas[0].noticeDays = 364)],
  ["channels of which one is taken by both", ({ clauses }) => (clauses[9].conditions = [channel(["chat", "portal"])])],
  [
    "other channels under another program",
    ({ clauses }) => (clauses[3].conditions = [channel(["chat"], { programs: ["gold"] }), channel(["web"], { programs: ["silver"] })]),
  ],
  [
    "other channels under another option",
    ({ clauses }) =>
      (clauses[3].conditions = ["forward", "back-and-forward"].map((is, index) =>
        channel([index === 0 ? "chat" : "web"], { when: { reading: "nw-fee-base", is } }),
      )),
  ],
  ["what is left at the end", ({ clauses }) => (clauses[9].assessments = [{ severity: "urgent", all: ["inoperable"] }, { severity: "normal" }])],
  [
    "alternatives of which one may be so",
    ({ clauses }) => (clauses[9].assessments = [{ severity: "urgent", any: ["inoperable", "businessLoss"], denied: ["inoperable"] }]),
  ],
  ["no holiday in any year", ({ calendars }) => (calendars.desk.holidays.dates = [])],
  [
    "cover asked program by program",
    ({ clauses }) => (clauses[0].conditions = ["gold", "silver"].map((program) => ({ ...clauses[0].conditions[0], programs: [program] }))),
  ],
  [
    "another result under another program",
    ({ clauses }) => {
      const [language] = [{ condition: "language", languages: ["en"] }];
      clauses[9].conditions = [
        { ...language, otherwise: "fail", programs: ["gold"] },
        { ...language, otherwise: "discretion", programs: ["silver"] },
      ];
    },
  ],
];

test.each(harmless)("no harm: %s", (_, changes) => {
  const document = northwindJson();
  changes(document);
  expect(lint(policy.parse(document))).toEqual([]);
});
