/** What is worth a second look: told with its place, refused nowhere. */
import { describe, expect, test } from "vitest";
import { shippedPolicies } from "../../domain/policies/index.ts";
import { policy } from "../../domain/policy.ts";
import { hints } from "../../domain/policy-hints.ts";
import { lint } from "../../domain/policy-lint.ts";
import { besideVersions, daysChanged } from "../../domain/policy-versions.ts";
import { northwind, northwindJson } from "../northwind.ts";

test("nothing of the example, and of the policies that ship only what their texts lost", () => {
  expect(hints(northwind())).toEqual([]);
  const found = [...shippedPolicies].flatMap(([id, versions]) =>
    versions.flatMap((version) => hints(version).map(({ pointer }) => `${id} ${pointer}`)),
  );
  expect(found.filter((one) => !/ensim-support \/clauses\/\d+\/deadlines\/0$/.test(one))).toEqual([]);
});

// biome-ignore lint/suspicious/noExplicitAny: a policy is changed in all ways
type Change = (document: any) => void;
const contacts = { roles: ["technical-contact"] };

const hasty: [what: string, pointer: string, says: string, changes: Change][] = [
  [
    "a reading that nothing refers to",
    "/readings/1",
    "no part refers to reading `spare`",
    ({ readings }) => readings.push({ id: "spare", question: "?", options: [{ id: "a", says: "a" }], default: "a" }),
  ],
  ["a calendar that nothing is counted by", "/calendars/spare", "by calendar `spare`", ({ calendars }) => (calendars.spare = { ...calendars.desk })],
  ["hours of another zone", "/calendars/desk/zone", "begin in `Europe/Oslo`", ({ calendars }) => (calendars.desk.zone = "America/New_York")],
  [
    "a holiday twice",
    "/calendars/desk/holidays/dates/7",
    "2026-12-25 is listed twice",
    ({ calendars }) => calendars.desk.holidays.dates.push("2026-12-25"),
  ],
  [
    "a severity under one program without a first response",
    "/clauses/5/deadlines/0",
    "no first response is promised for `urgent` under `silver`:",
    ({ clauses }) => clauses[5].deadlines.splice(1, 1),
  ],
  [
    "a severity without one, where no program is named",
    "/clauses/5/deadlines/0",
    "no first response is promised for `urgent`:",
    (document) => {
      document.programs = [];
      document.clauses[3].conditions.splice(0, 1);
      delete document.clauses[3].conditions[0].programs;
      document.clauses[5].deadlines.splice(0, 2);
    },
  ],
  ["any service passes", "/clauses", "no clause speaks of requests of kind `service`", ({ clauses }) => clauses[4].conditions.pop()],
  [
    "a circumstance of two clauses",
    "/clauses/9/conditions/0/tags/1",
    "`field-hardware` is also a circumstance of clause `B.3`",
    ({ clauses }) => (clauses[9].conditions = [{ condition: "circumstance", tags: ["E", "field-hardware"], states: "it is x", otherwise: "fail" }]),
  ],
  [
    "fewer contacts count than may be recorded",
    "/clauses/9/conditions/0/most",
    "at most 4 count, and at most 6 may be recorded (clause `E`)",
    ({ clauses }) => {
      clauses[9].conditions = [{ condition: "contact-role", ...contacts, most: 4, otherwise: "fail" }];
      clauses[9].contacts = [{ contact: "most", ...contacts, most: 6, per: "account" }];
    },
  ],
  [
    "an environment that is misspelled",
    "/clauses/9/assessments/0/environment",
    "is `prodution` meant to be `production`?",
    ({ clauses }) => (clauses[9].assessments = [{ severity: "urgent", all: ["inoperable"], environment: "prodution" }]),
  ],
  [
    "a cap of six times the fee",
    "/clauses/7/formulas/0/mostBasisPoints",
    "`600 %`",
    ({ clauses }) => (clauses[7].formulas[0].mostBasisPoints = 60_000),
  ],
];

test.each(hasty)("%s", (_, pointer, says, changes) => {
  const document = northwindJson();
  changes(document);
  const found = policy.parse(document);
  expect(lint(found)).toEqual([]);
  expect(hints(found)).toEqual([{ pointer, detail: expect.stringContaining(says) }]);
});

const meant: [what: string, changes: Change][] = [
  ["a calendar without a zone of its own", ({ calendars }) => (calendars.desk.zone = null)],
  ["no promise at all", ({ clauses }) => (clauses[5] = { id: "C.1", says: "-", informs: "-" })],
  ["a promise whatever the severity", ({ clauses }) => (clauses[5].deadlines = [{ ...clauses[5].deadlines[2], severity: undefined }])],
  [
    "an environment of the customer's own",
    ({ clauses }) => (clauses[9].assessments = [{ severity: "urgent", all: ["inoperable"], environment: "vessel" }]),
  ],
  ["a cap of the whole fee", ({ clauses }) => (clauses[7].formulas[0].mostBasisPoints = 10_000)],
  [
    "as many as the license has seats",
    ({ clauses }) => {
      clauses[9].conditions = [{ condition: "contact-role", ...contacts, most: 4, otherwise: "fail" }];
      clauses[9].contacts = [{ contact: "most", ...contacts, most: "seats", per: "license" }];
    },
  ],
];

test.each(meant)("no hint: %s", (_, changes) => {
  const document = northwindJson();
  changes(document);
  expect(hints(policy.parse(document))).toEqual([]);
});

describe("beside the versions that there are", () => {
  const version = (name: string, effectiveFrom: string | null, changes: object = {}) => ({
    ...northwind(),
    version: name,
    effectiveFrom,
    ...changes,
  });
  const [first, second] = [version("a", "2026-01-01"), version("b", "2026-10-01")];

  test("the first one may be in force since ever, a later one has a first day", () => {
    expect(besideVersions(version("x", null), [])).toEqual([]);
    expect(besideVersions(version("x", null), [first, second])).toEqual([
      {
        pointer: "/effectiveFrom",
        detail: "is missing: there is version `a`, in force from 2026-01-01, and this one would be in force before it, since ever",
      },
    ]);
    expect(besideVersions(version("x", "2026-10-01"), [first, second])).toMatchObject([{ pointer: "/effectiveFrom" }]);
    expect(besideVersions(version("x", "2026-10-02"), [first, second])).toEqual([]);
  });
  test("vendor and zone are those of all", () => {
    expect(besideVersions(version("x", "2027-01-01", { vendor: "Other", zone: "UTC" }), [first]).map(({ pointer }) => pointer)).toEqual([
      "/vendor",
      "/zone",
    ]);
  });

  const changed = (effectiveFrom: string, today: string) =>
    daysChanged(version("x", effectiveFrom), [first, second], today).map(({ detail }) => detail);
  test("days before today that were under another version are named", () => {
    expect(changed("2026-10-02", "2026-10-03")).toEqual([
      "lies before today, 2026-10-03: the days from 2026-10-02 on were under version `b`, and are under this one from now on",
    ]);
    expect(changed("2026-03-01", "2026-10-03")).toEqual([
      "lies before today, 2026-10-03: the days from 2026-03-01 through 2026-09-30 were under version `a`, and are under this one from now on",
    ]);
    expect(changed("2025-03-01", "2026-10-03")).toEqual([
      "lies before today, 2026-10-03: the days from 2025-03-01 through 2025-12-31 were under version `a`, and are under this one from now on",
    ]);
  });
  test("today and later change nothing that was", () => {
    expect(changed("2026-10-03", "2026-10-03")).toEqual([]);
    expect(daysChanged(version("x", "2020-01-01"), [], "2026-10-03")).toEqual([]);
  });
});
