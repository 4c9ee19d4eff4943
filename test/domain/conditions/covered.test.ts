/** Covered: the first and the last day are inside (reading `term-days`), and what comes after the recorded term is not guessed. */
import { describe, expect, test } from "vitest";
import type { HeldLicense } from "../../../domain/facts.ts";
import { type About, type Condition, chf, contract, judge, license, prices } from "./asked.ts";

const covered: Condition = { condition: "covered", otherwise: "fail", cure: { says: "bring support back", clause: "7" } };
const cure = { says: "bring support back", clause: "7", price: null };
/** What is to be done instead, where nothing lapsed. */
const instead = (says: string) => ({ says, clause: "4.1", price: null });
const line = (value: string | null) => [{ path: "contracts/c-1/lines/l-1", value }];
const formulas: About["formulas"] = [{ formula: "renewal", months: 12, noticeDays: 45, forms: ["email"] }];

describe("a license on a contract that ends with its term", () => {
  const yes = {
    result: "pass",
    finding: "license `l-1` is covered under contract `c-1` since 2026-01-01 through 2026-12-31",
    facts: line("2026-01-01"),
    until: "2027-01-01",
    readings: ["term-days: both-inside"],
  };
  const no = (day: string, ended = ": it ended on 2026-12-31") => ({
    result: "fail",
    finding: `license \`l-1\` has no cover under contract \`c-1\` on ${day}${ended}`,
    facts: line(null),
    cure,
  });

  test("first day", () => expect(judge(covered, { asOf: "2026-01-01" })).toEqual(yes));
  test("last day", () => expect(judge(covered, { asOf: "2026-12-31" })).toEqual(yes));
  test("day after", () => expect(judge(covered, { asOf: "2027-01-01" })).toEqual(no("2027-01-01")));
  test("day before the first: it begins on the first", () => {
    const term = { firstDay: "2026-03-01", lastDay: "2027-02-28" };
    const about = { dossier: { contracts: [contract("c-1", ["l-1"], { term })] }, asOf: "2026-02-28" };
    expect(judge(covered, about)).toEqual({
      ...no("2026-02-28", ""),
      cure: instead("cover of l-1 begins on 2026-03-01 under contract `c-1`"),
      until: "2026-03-01",
    });
  });
  test("its price is that of a year where nothing says how it is brought back", () => {
    const about = { catalog: { priceLists: prices({ "p-1": "105.00" }) }, asOf: "2027-01-01" };
    expect(judge(covered, about)).toEqual({
      ...no("2027-01-01"),
      cure: { says: "bring support back; first year of l-1 CHF 1,050.00", clause: "7", price: chf("1050.00") },
    });
  });
});

test("a contract that renews by itself covers its license with no end", () => {
  expect(judge(covered, { formulas, asOf: "2028-02-29" })).toEqual({
    result: "pass",
    finding: "license `l-1` is covered under contract `c-1` since 2026-01-01 and renews by itself",
    facts: line("2026-01-01"),
    readings: ["term-days: both-inside"],
  });
});

test("a license that no contract names", () => {
  expect(judge(covered, { dossier: { licenses: [license("l-1"), license("l-2")] }, licenseId: "l-2" })).toEqual({
    result: "fail",
    finding: "license `l-2` is on no support contract",
    facts: [{ path: "licenses/l-2", value: null }],
    cure: instead("put l-2 on a support contract"),
  });
});

describe("the text does not say what follows the recorded term", () => {
  const unknownAfter: Condition = { condition: "covered", otherwise: "fail", afterTerm: "unknown" };
  const until = (coveredUntil?: string, asOf = "2027-01-01") =>
    judge(unknownAfter, {
      dossier: { contracts: [contract("c-1", ["l-1"], { lines: [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredUntil }] })] },
      asOf,
    });

  test("the last day is covered", () => expect(until(undefined, "2026-12-31")).toMatchObject({ result: "pass" }));
  test("the day after is unknown: an agreement would tell", () => {
    expect(until()).toEqual({
      result: "unknown",
      finding: "what follows the recorded term of contract `c-1`, which ended on 2026-12-31, is in an agreement that is not part of the policy",
      facts: line(null),
      missing: ["agreement"],
      cure: { says: "record the term that follows, once the parties say which", clause: "4.1", price: null },
    });
  });
  test("so it is where the line ran to the last day", () => expect(until("2026-12-31")).toMatchObject({ result: "unknown" }));
  test("a line that ended a day before did not end with the term", () => expect(until("2026-12-30")).toMatchObject({ result: "fail" }));
  test("nor on the term's last day, on which the term still runs", () => expect(until("2026-12-30", "2026-12-31")).toMatchObject({ result: "fail" }));
  test("a line that was to run longer than the contract ended with it", () => expect(until("2027-06-30")).toMatchObject({ result: "unknown" }));
  test("a line that is to begin after the term has not ended with it on the term's last day", () => {
    const lines = [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredFrom: "2027-01-01" }];
    expect(judge(unknownAfter, { dossier: { contracts: [contract("c-1", [], { lines })] }, asOf: "2026-12-31" })).toMatchObject({ result: "fail" });
  });
  test("a license that the contract does not name was never covered", () => {
    const dossier = { licenses: [license("l-1"), license("l-2")] };
    expect(judge(unknownAfter, { dossier, licenseId: "l-2", asOf: "2027-01-01" })).toMatchObject({ result: "fail" });
  });
  test("with several lines each has its own end", () => {
    const lines = [
      { licenseId: "l-1", annualFee: chf("1000.00"), coveredUntil: "2026-06-30" },
      { licenseId: "l-2", annualFee: chf("1000.00") },
    ];
    const about: About = { dossier: { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", [], { lines })] }, asOf: "2027-01-01" };
    expect(judge(unknownAfter, about)).toMatchObject({
      result: "fail",
      finding: "license `l-1` has no cover under contract `c-1` on 2027-01-01: it ended on 2026-06-30",
      facts: line(null),
    });
    expect(judge(unknownAfter, { ...about, licenseId: "l-2" })).toMatchObject({ result: "unknown" });
  });
});

test("where the agreement is not in the text at all, no cover is unknown", () => {
  expect(judge({ condition: "covered", otherwise: "unknown" }, { asOf: "2027-01-01" })).toEqual({
    result: "unknown",
    finding: "what follows the recorded term of contract `c-1`, which ended on 2026-12-31, is in an agreement that is not part of the policy",
    facts: line(null),
    missing: ["agreement"],
    cure: { says: "record the term that follows, once the parties say which", clause: "4.1", price: null },
  });
});

describe("a kind of license that the policy gives no support", () => {
  const shut: Condition = { condition: "license-kind", kinds: ["trial"], says: "trials get no support", otherwise: "fail" };
  const cureOf = (beside: Condition[], about: object = {}) =>
    judge(covered, { dossier: { licenses: [license("l-1", { kind: "trial", ...about })], contracts: [contract("c-1", [])] }, beside }).cure ?? null;

  test("nothing is gained by putting it on a contract", () => expect(cureOf([shut])).toBeNull());
  test("nor before its delivery", () => {
    expect(cureOf([shut], { deliveredOn: "2026-07-01" })).toBeNull();
    expect(cureOf([], { deliveredOn: "2026-07-01" })).not.toBeNull();
  });
  test("else it is", () => {
    expect(cureOf([])).toEqual(instead("put l-1 on a support contract"));
    expect(cureOf([{ ...shut, kinds: ["beta"] }])).toEqual(instead("put l-1 on a support contract"));
    expect(cureOf([{ ...shut, otherwise: "discretion" }])).toEqual(instead("put l-1 on a support contract"));
  });
});

describe("what the account does not hold", () => {
  const none = (what: string, says: string) => ({
    result: "fail",
    finding: `the account holds ${what}`,
    facts: [{ path: "licenses", value: null }],
    cure: { says, clause: "4.1", price: null },
  });

  test("a license by its id", () => {
    expect(judge(covered, { licenseId: null, request: { licenseId: "l-9" } })).toEqual(
      none("no license `l-9`", "name a license that the account holds: l-1 (`p-1`)"),
    );
  });
  test("a product", () => {
    expect(judge(covered, { licenseId: null, request: { productId: "p-9" } })).toEqual(
      none("no license of `p-9`", "name a license that the account holds: l-1 (`p-1`)"),
    );
  });
  test("a deployment: the cure says where those that it holds are", () => {
    const licenses = [license("l-1", { deploymentId: "d-1" }), license("l-2")];
    expect(judge(covered, { licenseId: null, dossier: { licenses }, request: { productId: "p-1", deploymentId: "d-9" } })).toEqual(
      none("no license of `p-1` in deployment `d-9`", "name a license that the account holds: l-1 (`p-1`, in `d-1`), l-2 (`p-1`, in none)"),
    );
    expect(judge(covered, { licenseId: null, dossier: { licenses }, request: { deploymentId: "d-9" } }).finding).toBe(
      "the account holds no license in deployment `d-9`",
    );
  });
  test("and it names none that is not held on that day", () => {
    const licenses = [
      license("l-1", { deliveredOn: "2026-06-16" }),
      license("l-2", { retiredOn: "2026-06-16" }),
      license("l-3", { retiredOn: "2026-06-15" }),
    ];
    const named = (asOf: string, of = licenses) => {
      const cure = judge(covered, { licenseId: null, dossier: { licenses: of }, request: { productId: "p-9" }, asOf }).cure;
      return cure as unknown as { says: string };
    };
    expect(named("2026-06-15").says).toBe("name a license that the account holds: l-2 (`p-1`)");
    expect(named("2026-06-16").says).toBe("name a license that the account holds: l-1 (`p-1`)");
    expect(named("2026-06-15", licenses.slice(2)).says).toBe("record the license");
  });
  test("anything", () => {
    expect(judge(covered, { licenseId: null, dossier: { licenses: [] } })).toEqual(none("no license", "record the license"));
  });
});

describe("a license that is held from its delivery until the day before it is retired", () => {
  const on = (asOf: string) =>
    judge(covered, { dossier: { licenses: [license("l-1", { deliveredOn: "2026-03-01", retiredOn: "2026-09-01" })] }, asOf });

  test("day before the delivery: the delivery is the fact, though it is known when it will be retired", () => {
    expect(on("2026-02-28")).toEqual({
      result: "fail",
      finding: "license `l-1` is delivered only on 2026-03-01",
      facts: [{ path: "licenses/l-1/deliveredOn", value: "2026-03-01" }],
      cure: instead("cover of l-1 begins on 2026-03-01 under contract `c-1`"),
      until: "2026-03-01",
    });
  });
  test("delivered before its line begins, it is covered from then on", () => {
    const lines = [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredFrom: "2026-04-01" }];
    const dossier = { licenses: [license("l-1", { deliveredOn: "2026-03-01" })], contracts: [contract("c-1", [], { lines })] };
    expect(judge(covered, { dossier, asOf: "2026-02-28" })).toMatchObject({
      cure: instead("cover of l-1 begins on 2026-04-01 under contract `c-1`"),
    });
  });
  test("before a delivery after which no contract names it, there is nothing to wait for", () => {
    const dossier = { licenses: [license("l-1"), license("l-2", { deliveredOn: "2026-07-01" })] };
    expect(judge(covered, { dossier, licenseId: "l-2" })).toMatchObject({ cure: instead("put l-2 on a support contract from 2026-07-01 on") });
  });
  test("nor where it is retired before its cover would begin, or the contract has ended by its delivery", () => {
    const lines = [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredFrom: "2026-04-01" }];
    const put = instead("put l-1 on a support contract from 2026-03-01 on");
    const retired = {
      licenses: [license("l-1", { deliveredOn: "2026-03-01", retiredOn: "2026-04-01" })],
      contracts: [contract("c-1", [], { lines })],
    };
    expect(judge(covered, { dossier: retired, asOf: "2026-02-28" })).toMatchObject({ cure: put });
    const ended = [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredFrom: "2026-01-01", coveredUntil: "2026-02-28" }];
    const dossier = { licenses: [license("l-1", { deliveredOn: "2026-03-01" })], contracts: [contract("c-1", [], { lines: ended })] };
    expect(judge(covered, { dossier, asOf: "2026-02-28" })).toMatchObject({ cure: put });
  });
  test("day of the delivery", () => expect(on("2026-03-01")).toMatchObject({ result: "pass", until: "2026-09-01" }));
  test("day before it is retired", () => expect(on("2026-08-31")).toMatchObject({ result: "pass", until: "2026-09-01" }));
  test("day on which it is retired", () => {
    expect(on("2026-09-01")).toEqual({
      result: "fail",
      finding: "license `l-1` was retired on 2026-09-01",
      facts: [{ path: "licenses/l-1/retiredOn", value: "2026-09-01" }],
    });
  });
});

describe("a subscription brings support while it runs", () => {
  const on = (asOf: string, known: Parameters<typeof license>[1] = {}, condition = covered) =>
    judge(condition, {
      dossier: { licenses: [license("l-1", { kind: "subscription", termLastDay: "2026-09-30", ...known })], contracts: [contract("c-1", [])] },
      asOf,
    });
  const facts = (value: string | null) => [{ path: "licenses/l-1/termLastDay", value }];
  const yes = {
    result: "pass",
    finding: "support is included in subscription `l-1`, which runs through 2026-09-30",
    facts: facts("2026-09-30"),
    until: "2026-10-01",
  };

  test("first day", () => expect(on("2026-01-01")).toEqual(yes));
  test("last day", () => expect(on("2026-09-30")).toEqual(yes));
  test("day after", () => {
    expect(on("2026-10-01")).toEqual({
      result: "fail",
      finding: "subscription `l-1` ended on 2026-09-30",
      facts: facts("2026-09-30"),
      cure: instead("renew subscription l-1, or record its new last day"),
    });
  });
  test("day after, where the text leaves it open", () => {
    expect(on("2026-10-01", {}, { condition: "covered", otherwise: "unknown" })).toEqual({
      result: "unknown",
      finding: "subscription `l-1` ended on 2026-09-30",
      facts: facts("2026-09-30"),
      cure: instead("renew subscription l-1, or record its new last day"),
      missing: ["agreement"],
    });
  });
  test("retired on its last day, it ends then", () => expect(on("2026-06-15", { retiredOn: "2026-09-30" })).toEqual({ ...yes, until: "2026-09-30" }));
  test("retired the day after, it ends then as well", () => expect(on("2026-06-15", { retiredOn: "2026-10-01" })).toEqual(yes));
  test("retired later, it ends with its term", () => expect(on("2026-06-15", { retiredOn: "2026-12-01" })).toEqual(yes));
  test("not yet delivered", () => {
    expect(on("2025-12-31")).toEqual({
      result: "fail",
      finding: "license `l-1` is delivered only on 2026-01-01",
      facts: [{ path: "licenses/l-1/deliveredOn", value: "2026-01-01" }],
      cure: instead("support of l-1 begins with the subscription on 2026-01-01"),
      until: "2026-01-01",
    });
  });
  test("retired", () => {
    expect(on("2026-08-01", { retiredOn: "2026-08-01" })).toEqual({
      result: "fail",
      finding: "license `l-1` was retired on 2026-08-01",
      facts: [{ path: "licenses/l-1/retiredOn", value: "2026-08-01" }],
    });
  });
  test("without a last day it is unknown, until it is retired", () => {
    const unknown = {
      result: "unknown",
      finding: "the last day of subscription `l-1` is not recorded",
      facts: facts(null),
      cure: instead("record the last day of subscription l-1"),
      missing: ["termLastDay of license `l-1`"],
    };
    expect(on("2026-06-15", { termLastDay: undefined })).toEqual(unknown);
    expect(on("2026-06-15", { termLastDay: undefined, retiredOn: "2026-08-01" })).toEqual({ ...unknown, until: "2026-08-01" });
  });
});

describe("a subscription on a contract line", () => {
  const on = (known: Partial<HeldLicense>, asOf = "2026-06-15", coveredFrom = "2026-01-01") =>
    judge(covered, {
      dossier: {
        licenses: [license("l-1", { kind: "subscription", ...known })],
        contracts: [contract("c-1", [], { lines: [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredFrom }] })],
      },
      asOf,
    });
  const byContract = {
    result: "pass",
    finding: "license `l-1` is covered under contract `c-1` since 2026-01-01 through 2026-12-31",
    until: "2027-01-01",
  };

  test("is covered by it after the subscription ended, and where nobody recorded when it ends", () => {
    expect(on({ termLastDay: "2026-06-14" })).toMatchObject(byContract);
    expect(on({})).toMatchObject(byContract);
  });
  test("while it runs by itself, until neither covers it", () => {
    expect(on({ termLastDay: "2026-06-15" })).toMatchObject({
      result: "pass",
      finding: "support is included in subscription `l-1`, which runs through 2026-06-15",
      until: "2027-01-01",
    });
    expect(on({ termLastDay: "2027-03-31" })).toMatchObject({ until: "2027-04-01" });
  });
  test("after both have ended it fails, and unknown is only what the contract does not cover", () => {
    expect(on({ termLastDay: "2026-06-14" }, "2027-01-01")).toMatchObject({ result: "fail", finding: "subscription `l-1` ended on 2026-06-14" });
    expect(on({}, "2027-01-01")).toMatchObject({ result: "unknown", missing: ["termLastDay of license `l-1`"] });
  });
  test("before the line begins the answer holds until then", () => {
    expect(on({}, "2026-06-15", "2026-07-01")).toMatchObject({ result: "unknown", until: "2026-07-01" });
    expect(on({ termLastDay: "2026-06-14" }, "2026-06-15", "2026-07-01")).toMatchObject({ result: "fail", until: "2026-07-01" });
    expect(on({ retiredOn: "2026-06-20" }, "2026-06-15", "2026-07-01")).toMatchObject({ result: "unknown", until: "2026-06-20" });
  });
});

describe("the parties agreed that nothing follows the recorded term", () => {
  const agreed = contract("c-1", ["l-1"], { settings: { autoRenew: false } });
  const finding =
    "license `l-1` has no cover under contract `c-1` on 2027-01-01: it ended on 2026-12-31, since the parties agreed that the contract does not renew by itself";
  const facts = [...line(null), { path: "contracts/c-1/settings/autoRenew", value: false }];

  test("where the text leaves open what follows, it fails by that agreement", () => {
    const about = { dossier: { contracts: [agreed] }, asOf: "2027-01-01" };
    expect(judge({ condition: "covered", otherwise: "fail", afterTerm: "unknown" }, about)).toEqual({
      result: "fail",
      finding,
      facts,
      cure: instead("put l-1 on a support contract"),
    });
  });
  test("where it says nothing of licenses without a contract, that stays unknown", () => {
    expect(judge({ condition: "covered", otherwise: "unknown" }, { dossier: { contracts: [agreed] }, asOf: "2027-01-01" })).toMatchObject({
      result: "unknown",
      finding,
      facts,
      missing: ["agreement"],
    });
  });
  test("it did not end a line that ended before", () => {
    const lines = [{ licenseId: "l-1", annualFee: chf("1000.00"), coveredUntil: "2026-12-30" }];
    const dossier = { contracts: [contract("c-1", [], { settings: { autoRenew: false }, lines })] };
    expect(judge(covered, { dossier, asOf: "2027-01-01" })).toMatchObject({
      finding: "license `l-1` has no cover under contract `c-1` on 2027-01-01: it ended on 2026-12-30",
      facts: line(null),
    });
  });
});
