/** Who may change which contact, and how: data and membership of a license are two things, and first contacts are no change. */
import { describe, expect, test } from "vitest";
import type { Dossier, NamedContact } from "../../../domain/facts.ts";
import type { ContactEntry, Policy } from "../../../domain/policy.ts";
import { checkContact } from "../../../domain/questions/contact-change.ts";
import { contract, technical } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf } from "./asked.ts";

type Change = Omit<NamedContact, "contactId"> & { contactId?: string };
type Asked = { actorContactId?: string; channel?: "email" | "phone" | "web" | "chat" };

function reason(entry: ContactEntry, change: Change, dossier: Partial<Dossier>, asked: Asked, at = "2026-06-15", more: Partial<Policy> = {}) {
  const policy = { ...more, clauses: [{ id: "6.3", says: "who changes a contact", contacts: [entry] }] };
  const answer = checkContact(factsOf(bookOf(policy), dossier), { contact: { contactId: "new", ...change }, ...asked }, asOf(at));
  const [{ result, finding, cure, facts }] = answer.reasons;
  return { result, finding, cure: cure?.says ?? null, settings: facts.slice(1) };
}

const says = (result: string, finding: string, cure: string | null = null) => ({ result, finding, cure, settings: [] });

describe("who changes whose data", () => {
  const by: ContactEntry = { contact: "changes-by", anyone: "administrative-contact", own: "regular-contact" };
  const admin = technical("admin", { role: "administrative-contact", licenseIds: ["l-1"] });
  const other = technical("other", { role: "administrative-contact", licenseIds: ["l-2"] });
  const regular = technical("r-1", { role: "regular-contact", licenseIds: ["l-1"] });
  const ofBoth = technical("both", { role: "regular-contact", licenseIds: ["l-1", "l-2"] });
  const ask = (change: Change, actorContactId: string | undefined, contacts: NamedContact[] = [admin, other, regular, ofBoth]) =>
    reason(by, change, { contacts }, actorContactId === undefined ? {} : { actorContactId });
  const may = says("pass", "`admin` is administrative contact of a license concerned");
  const askAdmin = "ask the administrative contact of `l-1`: `admin`";
  const notTheirs = says("fail", "`admin` is not administrative contact of `l-2`", "ask the administrative contact of `l-2`: `other`");

  test("who asks is not stated", () => {
    expect(ask(regular, undefined)).toEqual(says("pass", "not judged: the request does not state which contact asks for the change"));
  });

  describe("an administrative contact", () => {
    test("data, role and licenses of the contacts of their license", () => {
      expect(ask(regular, "admin")).toEqual(may);
      expect(ask({ ...regular, role: "administrative-contact" }, "admin")).toEqual(may);
      expect(ask({ ...regular, licenseIds: [] }, "admin")).toEqual(may);
      expect(ask({ role: "regular-contact", licenseIds: ["l-1"] }, "admin")).toEqual(may);
    });
    test("data of one who is also a contact of another license", () => expect(ask(ofBoth, "admin")).toEqual(may));
    test("leaving their own license, not the other one", () => {
      expect(ask({ ...ofBoth, licenseIds: ["l-2"] }, "admin")).toEqual(may);
      expect(ask({ ...ofBoth, licenseIds: ["l-1"] }, "admin")).toEqual(notTheirs);
    });
    test("role and last day, which hold for the other license too, are not theirs", () => {
      expect(ask({ ...ofBoth, role: "administrative-contact" }, "admin")).toEqual(notTheirs);
      expect(ask({ ...ofBoth, role: "none" }, "admin")).toEqual(notTheirs);
      expect(ask({ ...ofBoth, activeUntil: "2026-12-31" }, "admin")).toEqual(notTheirs);
    });
    test("nobody of another license, and not bringing somebody into it", () => {
      expect(ask(other, "admin")).toEqual(notTheirs);
      expect(ask({ ...regular, licenseIds: ["l-1", "l-2"] }, "admin")).toEqual(notTheirs);
      expect(ask({ ...admin, licenseIds: ["l-1", "l-2"] }, "admin")).toEqual(notTheirs);
    });
    test("the own data, and laying the role down", () => {
      expect(ask(admin, "admin")).toEqual(may);
      expect(ask({ ...admin, role: "regular-contact" }, "admin")).toEqual(may);
    });
    test("somebody of no license", () => {
      expect(ask({ role: "technical-contact", licenseIds: ["l-2"] }, "admin")).toEqual(says("pass", "no license is concerned"));
    });
  });

  describe("a regular contact", () => {
    const onlyData = "role, licenses and last day are not among what a regular contact changes: only their own data";

    test("the own data", () => expect(ask(regular, "r-1")).toEqual(says("pass", "own data")));
    test("not the own role, licenses or last day", () => {
      expect(ask({ ...regular, role: "administrative-contact" }, "r-1")).toEqual(says("fail", onlyData, askAdmin));
      expect(ask({ ...regular, role: "none" }, "r-1")).toEqual(says("fail", onlyData, askAdmin));
      expect(ask({ ...regular, activeUntil: "2026-12-31" }, "r-1")).toEqual(says("fail", onlyData, askAdmin));
      expect(ask({ ...regular, licenseIds: ["l-1", "l-2"] }, "r-1")).toEqual(
        says("fail", onlyData, "ask the administrative contact of `l-2`: `other`"),
      );
    });
    test("not others' data", () => {
      expect(ask(ofBoth, "r-1")).toEqual(says("fail", "a regular contact may change only their own data", askAdmin));
      expect(ask({ role: "technical-contact" }, "r-1")).toEqual(says("fail", "a regular contact may change only their own data"));
    });
  });

  test("another role, nobody's", () => {
    expect(ask({ ...regular }, "t-1", [admin, regular, technical("t-1")])).toEqual(
      says("fail", "`t-1` is neither administrative contact nor regular contact", askAdmin),
    );
  });
  test("somebody who is not recorded, or not active on the day", () => {
    const nobody = (id: string, cure: string | null) => says("fail", `\`${id}\` is no active contact of the account`, cure);
    expect(ask(regular, "x-1")).toEqual(nobody("x-1", askAdmin));
    const first = "register an administrative contact of `l-1` first: the purchaser, or whoever follows";
    for (const days of [{ activeUntil: "2026-06-14" }, { activeFrom: "2026-06-16" }])
      expect(ask(regular, "admin", [{ ...admin, ...days }, regular])).toEqual(nobody("admin", first));
    for (const days of [{ activeUntil: "2026-06-15" }, { activeFrom: "2026-06-15" }])
      expect(ask(regular, "admin", [{ ...admin, ...days }, regular])).toEqual(may);
  });

  describe("a license that has no administrative contact", () => {
    const yet = "license `l-3` has no administrative contact yet, who is the purchaser at first: registering its first contacts is no change";
    const asAdmin: Change = { contactId: "buyer", role: "administrative-contact", licenseIds: ["l-3"] };

    test("the first contacts are registered by whomever", () => {
      for (const actor of ["buyer", "r-1", "admin"]) expect(ask(asAdmin, actor)).toEqual(says("info", yet));
      expect(ask({ role: "regular-contact", licenseIds: ["l-3"] }, "buyer")).toEqual(says("info", yet));
      expect(ask({ ...regular, licenseIds: ["l-1", "l-3"] }, "r-1")).toEqual(says("info", yet));
    });
    test("beside one that has one, that one is asked", () => {
      expect(ask({ ...asAdmin, licenseIds: ["l-3", "l-1"] }, "buyer")).toEqual(says("fail", "`buyer` is no active contact of the account", askAdmin));
    });
    test("who is a contact of it already is changed, not registered", () => {
      const early = technical("early", { role: "regular-contact", licenseIds: ["l-3"] });
      expect(ask({ ...early, role: "administrative-contact" }, "early", [early])).toEqual(
        says(
          "fail",
          "role, licenses and last day are not among what a regular contact changes: only their own data",
          "register an administrative contact of `l-3` first: the purchaser, or whoever follows",
        ),
      );
    });
    test("once there was one, or will be, nobody can say", () => {
      const finding = "license `l-3` has no administrative contact on 2026-06-15, and who changes its contacts then is not stated";
      const left = technical("left", { role: "administrative-contact", licenseIds: ["l-3"], activeUntil: "2026-06-14" });
      expect(ask(asAdmin, "buyer", [left])).toEqual(says("unknown", finding));
      expect(ask({ ...left, activeUntil: "2026-12-31" }, "left", [left])).toEqual(says("unknown", finding));
      expect(ask(asAdmin, "buyer", [{ ...left, role: "regular-contact" }])).toEqual(says("info", yet));
      const asked: Change = { role: "regular-contact", licenseIds: ["l-3"] };
      expect(ask(asked, "buyer", [{ ...left, activeUntil: "2026-06-15" }])).toMatchObject({
        cure: "ask the administrative contact of `l-3`: `left`",
      });
    });
  });
});

describe("by which way data is changed", () => {
  const how: ContactEntry = { contact: "changes-how", channels: ["web", "email"], unknown: ["phone"], missing: "desk hours", calendar: "desk" };
  const calendars: Policy["calendars"] = { desk: { zone: null, weekly: null, holidays: { firstYear: 2000, lastYear: 1999, dates: [] } } };
  const ask = (asked: Asked, at?: string, settings?: NonNullable<ReturnType<typeof contract>["settings"]>, entry = how) => {
    const contracts = [contract("c-1", []), contract("c-2", [], settings === undefined ? {} : { settings }), contract("c-3", [])];
    return reason(entry, { role: "technical-contact" }, { contracts }, asked, at, { calendars });
  };

  test("not stated, taken, not taken", () => {
    expect(ask({})).toEqual(says("pass", "not judged: the request does not state by which channel the change is asked for"));
    expect(ask({ channel: "email" })).toEqual(says("pass", "changes are taken by email"));
    expect(ask({ channel: "chat" })).toEqual(says("fail", "changes are not taken by chat", "use web or email"));
  });
  test("in hours that are not stated", () => {
    const finding = "changes are taken by phone in hours that are not stated: desk hours";
    const record = "use web or email, or record the hours as the contract's `settings.calendars` under `desk`";
    expect(ask({ channel: "phone" })).toEqual(says("unknown", finding, record));
    const { calendar: _, ...without } = how;
    expect(ask({ channel: "phone" }, undefined, undefined, without)).toEqual(says("unknown", finding));
  });

  const weekly = { mon: [["09:00", "17:00"]] } as { mon: [string, string][] };
  const listed = { firstYear: 2026, lastYear: 2026, dates: ["2026-06-22"] };
  const settings = [{ path: "contracts/c-2/settings/calendars/desk", value: "addendum" }];
  const taken = "changes are taken by phone in hours that the parties agreed";
  const agreed = (at: string, holidays?: typeof listed) =>
    ask({ channel: "phone" }, at, { calendars: { desk: { weekly, ...(holidays === undefined ? {} : { holidays }) } } });

  test("in hours that any of the contracts states: Monday, 17:00 in Zurich is closed", () => {
    expect(agreed("2026-06-15T14:59:59Z", listed)).toEqual({ result: "pass", finding: `${taken}, and it is open`, cure: null, settings });
    expect(agreed("2026-06-15T15:00:00Z", listed)).toEqual({
      result: "fail",
      finding: `${taken}, and it is closed at 2026-06-15T15:00:00Z (Mon 2026-06-15 17:00 Europe/Zurich)`,
      // The Monday after it is a holiday.
      cure: "use web or email, or call when it opens at 2026-06-29T07:00:00Z (Mon 2026-06-29 09:00 Europe/Zurich)",
      settings,
    });
  });
  test("asked of a day, or holidays that are not listed", () => {
    expect(agreed("2026-06-15", listed)).toEqual({
      result: "unknown",
      finding: `${taken}, and only a day is asked for`,
      cure: "ask for an instant",
      settings,
    });
    expect(agreed("2026-06-15T14:59:59Z")).toEqual({
      result: "unknown",
      finding: `${taken}, and which days are holidays is not stated`,
      cure: "record the holidays as the contract's `settings.calendars` under `desk`",
      settings,
    });
  });
});
