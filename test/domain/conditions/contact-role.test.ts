/** Who may ask: contacts of a role on the days on which they are active, no more than the cap, and where it matters for the object asked about. */
import { describe, expect, test } from "vitest";
import type { NamedContact } from "../../../domain/facts.ts";
import { type About, type Condition, contract, judge, license, technical } from "./asked.ts";

const technicalOnly: Condition = { condition: "contact-role", roles: ["technical-contact"], otherwise: "fail" };
const twoAtMost: Condition = { ...technicalOnly, most: 2 };

const ask = (contacts: NamedContact[], contactId: string | undefined, condition = technicalOnly, about: About = {}) =>
  judge(condition, { ...about, dossier: { contacts, ...about.dossier }, request: { contactId, ...about.request } });

const fact = (contactId: string, value: string | null) => [{ path: `contacts/${contactId}/role`, value }];
const passes = (contactId: string, of = "") => ({
  result: "pass",
  finding: `\`${contactId}\` is a technical contact${of}`,
  facts: fact(contactId, "technical-contact"),
});
const fails = (contactId: string, finding: string, says: string, role: string | null = "technical-contact") => ({
  result: "fail",
  finding,
  facts: fact(contactId, role),
  cure: { says, clause: "4.1", price: null },
});

describe("role", () => {
  test("the right one", () => expect(ask([technical("t-1")], "t-1")).toEqual(passes("t-1")));
  test("another one, and nobody has the right one", () => {
    expect(ask([technical("t-1", { role: "none" })], "t-1")).toEqual(
      fails("t-1", "`t-1` is no technical contact but has the role none", "name a technical contact", "none"),
    );
  });
  test("another one, and others have the right one", () => {
    const contacts = [technical("r-1", { role: "regular-contact" }), technical("t-1"), technical("t-2")];
    expect(ask(contacts, "r-1")).toEqual(
      fails("r-1", "`r-1` is no technical contact but has the role regular contact", "report through one of t-1, t-2", "regular-contact"),
    );
  });
  test("one of several, said with its article", () => {
    const condition: Condition = { ...technicalOnly, roles: ["administrative-contact", "regular-contact"] };
    expect(ask([technical("a-1", { role: "regular-contact" })], "a-1", condition)).toEqual({
      result: "pass",
      finding: "`a-1` is a regular contact",
      facts: fact("a-1", "regular-contact"),
    });
  });
  test("somebody who is not recorded", () => {
    expect(ask([technical("t-1")], "t-9")).toEqual(fails("t-9", "`t-9` is not a contact of the account", "report through one of t-1", null));
  });
  test("nobody named in the request", () => {
    expect(ask([technical("t-1")], undefined)).toEqual({
      result: "unknown",
      finding: "the request does not say which contact reports; it must be a technical contact",
      missing: ["contactId"],
      cure: { says: "state `contactId`", clause: "4.1", price: null },
    });
  });
  test("where the text does not say who else may ask, others are unknown", () => {
    expect(ask([], "t-9", { ...technicalOnly, otherwise: "unknown" })).toEqual({
      ...fails("t-9", "`t-9` is not a contact of the account", "name a technical contact", null),
      result: "unknown",
      missing: ["document on who else may ask"],
    });
  });
});

describe("active from 2026-03-01 through 2026-09-30", () => {
  const on = (asOf: string, more: NamedContact[] = []) =>
    ask([technical("t-1", { activeFrom: "2026-03-01", activeUntil: "2026-09-30" }), ...more], "t-1", technicalOnly, { asOf });
  const early = fails("t-1", "`t-1` is a technical contact only from 2026-03-01", "name a technical contact");
  const late = fails("t-1", "`t-1` was a technical contact through 2026-09-30", "name a technical contact");

  test("day before the first", () => expect(on("2026-02-28")).toEqual({ ...early, until: "2026-03-01" }));
  test("first day", () => expect(on("2026-03-01")).toEqual({ ...passes("t-1"), until: "2026-10-01" }));
  test("last day", () => expect(on("2026-09-30")).toEqual({ ...passes("t-1"), until: "2026-10-01" }));
  test("day after the last", () => expect(on("2026-10-01")).toEqual(late));
  test("the comings and goings of others change nothing", () => {
    const other = technical("t-2", { activeFrom: "2026-07-01", activeUntil: "2026-07-31" });
    expect(on("2026-06-15", [other])).toEqual({ ...passes("t-1"), until: "2026-10-01" });
  });
});

describe("two at most", () => {
  const first = technical("t-9", { activeFrom: "2025-01-01" });
  const second = technical("t-8", { activeFrom: "2025-02-01" });
  const third = technical("t-7", { activeFrom: "2025-03-01" });
  const beyond = (contactId: string, others: string) =>
    fails(contactId, `\`${contactId}\` is beyond the 2 technical contacts who may be named`, `report through one of ${others}`);

  test("two are not too many", () => {
    expect(ask([first, second], "t-9", twoAtMost)).toEqual(passes("t-9"));
    expect(ask([first, second], "t-8", twoAtMost)).toEqual(passes("t-8"));
  });
  test("of three the two who are active the longest count", () => {
    expect(ask([third, second, first], "t-9", twoAtMost)).toEqual(passes("t-9"));
    expect(ask([third, second, first], "t-8", twoAtMost)).toEqual(passes("t-8"));
    expect(ask([third, second, first], "t-7", twoAtMost)).toEqual(beyond("t-7", "t-9, t-8"));
  });
  test("a beginning and an end of its own, today or to come, are no ground against one who is beyond the cap", () => {
    for (const days of [
      { activeFrom: "2026-06-15", activeUntil: "2026-06-15" },
      { activeFrom: "2025-03-01", activeUntil: "2026-12-31" },
    ])
      expect(ask([first, second, technical("t-7", days)], "t-7", twoAtMost)).toEqual(beyond("t-7", "t-9, t-8"));
  });
  test("where there are no more than may be, they are told in their own order", () => {
    const says = "report through one of t-7, t-9";
    expect(ask([third, first], "x", twoAtMost)).toMatchObject({ cure: { says } });
    expect(ask([third, first], "x")).toMatchObject({ cure: { says } });
  });
  test("from the same day on, those with the lower id; one without a first day goes before", () => {
    const same = ["t-3", "t-1", "t-2"].map((id) => technical(id, { activeFrom: "2025-01-01" }));
    expect(ask(same, "t-3", twoAtMost)).toEqual(beyond("t-3", "t-1, t-2"));
    expect(ask([...same, technical("t-9")], "t-2", twoAtMost)).toEqual(beyond("t-2", "t-9, t-1"));
  });
  test("who is not active takes no place, nor does another role", () => {
    expect(ask([{ ...first, activeUntil: "2026-06-14" }, second, third], "t-7", twoAtMost)).toEqual(passes("t-7"));
    expect(ask([{ ...first, role: "regular-contact" }, second, third], "t-7", twoAtMost)).toEqual(passes("t-7"));
  });
  test("a place that comes free is taken the day after", () => {
    const leaving = { ...second, activeUntil: "2026-06-30" };
    expect(ask([first, leaving, third], "t-7", twoAtMost)).toEqual({ ...beyond("t-7", "t-9, t-8"), until: "2026-07-01" });
  });
  test("the first of several places that come free", () => {
    const contacts = [{ ...first, activeUntil: "2026-08-31" }, { ...second, activeUntil: "2026-06-30" }, third];
    expect(ask(contacts, "t-7", twoAtMost)).toEqual({ ...beyond("t-7", "t-9, t-8"), until: "2026-07-01" });
    expect(ask([...contacts].reverse(), "t-7", twoAtMost)).toEqual({ ...beyond("t-7", "t-9, t-8"), until: "2026-07-01" });
  });
  test("who leaves today still holds the place today", () => {
    expect(ask([first, { ...second, activeUntil: "2026-06-15" }, third], "t-7", twoAtMost)).toMatchObject({ result: "fail", until: "2026-06-16" });
  });
});

describe("named for the license", () => {
  const onLicense: Condition = { ...technicalOnly, on: "license" };
  const two = { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", ["l-1", "l-2"])] };

  test("asked about", () =>
    expect(ask([technical("t-1", { licenseIds: ["l-2", "l-1"] })], "t-1", onLicense)).toEqual(passes("t-1", " of license `l-1`")));
  test("another one, none, or a list that is empty", () => {
    const not = fails("t-1", "`t-1` is no technical contact of license `l-1`", "name a technical contact of license `l-1`");
    expect(ask([technical("t-1", { licenseIds: ["l-2"] })], "t-1", onLicense, { dossier: two })).toEqual(not);
    expect(ask([technical("t-1")], "t-1", onLicense)).toEqual(not);
    expect(ask([technical("t-1", { licenseIds: [] })], "t-1", onLicense)).toEqual(not);
  });
  test("not named for it goes before the days", () => {
    const before = { licenseIds: ["l-1"], activeFrom: "2026-06-16" };
    const asked = (known: Partial<NamedContact>) => ask([technical("t-1", known)], "t-1", onLicense);
    expect(asked(before)).toMatchObject({ finding: "`t-1` is a technical contact of license `l-1` only from 2026-06-16" });
    expect(asked({ ...before, licenseIds: ["l-2"] })).toMatchObject({ finding: "`t-1` is no technical contact of license `l-1`" });
    expect(asked({ licenseIds: ["l-1"], activeUntil: "2026-06-14" })).toMatchObject({
      finding: "`t-1` was a technical contact of license `l-1` through 2026-06-14",
    });
  });
  test("through somebody who is", () => {
    expect(ask([technical("t-1"), technical("t-2", { licenseIds: ["l-1"] })], "t-1", onLicense)).toEqual(
      fails("t-1", "`t-1` is no technical contact of license `l-1`", "report through one of t-2"),
    );
  });
  test("a list of premises is no list of licenses", () => {
    expect(ask([technical("t-1", { premisesIds: ["l-1"] })], "t-1", onLicense)).toMatchObject({ result: "fail" });
  });
  test("where it is not known which", () => {
    expect(ask([technical("t-1")], "t-1", onLicense, { licenseId: null })).toEqual({
      result: "unknown",
      finding: "a technical contact is named for a license, and the request does not say which",
      missing: ["licenseId"],
      cure: { says: "state `licenseId`", clause: "4.1", price: null },
    });
  });
  test("lists do not matter where the policy does not ask for them", () => {
    expect(ask([technical("t-1", { licenseIds: ["l-2"] })], "t-1")).toEqual(passes("t-1"));
  });
});

describe("named for the premises", () => {
  const onPremises: Condition = { ...technicalOnly, roles: ["authorized-representative"], on: "premises" };
  const ann = { contactId: "ann", role: "authorized-representative" as const, premisesIds: ["zrh"] };
  const zrh = { premisesId: "zrh", name: "Zurich", region: "uk-eu" as const };
  const bern = { ...zrh, premisesId: "brn" };
  const passed = {
    result: "pass",
    finding: "`ann` is an authorized representative for premises `zrh`",
    facts: fact("ann", "authorized-representative"),
  };

  test("that the request names, whether they are recorded or not", () => {
    expect(ask([ann], "ann", onPremises, { dossier: { premises: [zrh, bern] }, request: { premisesId: "zrh" } })).toEqual(passed);
    expect(ask([ann], "ann", onPremises, { request: { premisesId: "zrh" } })).toEqual(passed);
    expect(ask([ann], "ann", onPremises, { dossier: { premises: [zrh, bern] }, request: { premisesId: "brn" } })).toEqual({
      result: "fail",
      finding: "`ann` is no authorized representative for premises `brn`",
      facts: fact("ann", "authorized-representative"),
      cure: { says: "name an authorized representative for premises `brn`", clause: "4.1", price: null },
    });
  });
  test("without a name the only ones", () => expect(ask([ann], "ann", onPremises, { dossier: { premises: [zrh] } })).toEqual(passed));
  test("with several it is not known which", () => {
    expect(ask([ann], "ann", onPremises, { dossier: { premises: [zrh, bern] } })).toEqual({
      result: "unknown",
      finding: "an authorized representative is named for a place, and the request does not say which",
      missing: ["premisesId"],
      cure: { says: "state `premisesId`", clause: "4.1", price: null },
    });
  });
});
