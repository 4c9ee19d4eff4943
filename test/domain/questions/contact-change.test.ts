/** Contacts: caps on any day, one of a role for each license, registration, what they are named for, and who changes whose data. */
import { describe, expect, test } from "vitest";
import type { Dossier, NamedContact } from "../../../domain/facts.ts";
import type { ContactEntry } from "../../../domain/policy.ts";
import { checkContact, contactChange } from "../../../domain/questions/contact-change.ts";
import { contract, license, technical } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

type Change = Omit<NamedContact, "contactId"> & { contactId?: string };
type Asked = { actorContactId?: string; channel?: "email" | "phone" | "web" | "chat" };

const saying = (...contacts: ContactEntry[]): PolicyText => ({ clauses: [{ id: "6.3", says: "who may be a contact", contacts }] });

function check(entry: ContactEntry, change: Change, dossier: Partial<Dossier> = {}, asked: Asked = {}) {
  return checkContact(factsOf(bookOf(saying(entry)), dossier), { contact: { contactId: "new", ...change }, ...asked }, asOf("2026-06-15"));
}

/** The reason of the one entry; its fact is always the role that is asked for. */
function reason(...about: Parameters<typeof check>) {
  const [first] = check(...about).reasons;
  const { condition, clause, facts, ...said } = first;
  const [entry, { contactId = "new", role }] = about;
  expect({ condition, clause, facts }).toEqual({
    condition: `contact-${entry.contact}`,
    clause: "6.3",
    facts: [{ path: `contacts/${contactId}/role`, value: role }],
  });
  return said;
}

const says = (result: string, finding: string, cure: string | null = null) => ({
  result,
  finding,
  cure: cure === null ? null : { says: cure, clause: "6.3", price: null },
});
const asTechnical: Change = { role: "technical-contact" };

describe("at most two technical contacts", () => {
  const two: ContactEntry = { contact: "most", roles: ["technical-contact"], most: 2, per: "account" };
  const within = says("pass", "within the number of contacts that may be named");
  const beyond = (others: number, day: string) =>
    says("fail", `the account may have 2 technical contacts, and has ${others} others on ${day}`, "end another contact's time first");
  const ask = (contacts: NamedContact[], change: Change = asTechnical) => reason(two, change, { contacts });

  test("the second", () => expect(ask([technical("t-1")])).toEqual(within));
  test("the third", () => expect(ask([technical("t-1"), technical("t-2")])).toEqual(beyond(2, "2026-06-15")));
  test("another role", () => {
    expect(ask([technical("t-1"), technical("t-2")], { role: "regular-contact" })).toEqual(says("pass", "the contact is no technical contact"));
    expect(ask([technical("t-1"), technical("t-2", { role: "regular-contact" })])).toEqual(within);
  });
  test("the contact itself is not another one", () => {
    expect(ask([technical("new"), technical("t-1")])).toEqual(within);
  });
  test("its own last day and another's first are days on which both are there", () => {
    const later = [technical("t-1", { activeFrom: "2026-08-01" }), technical("t-2", { activeFrom: "2026-07-01" })];
    expect(ask(later, { ...asTechnical, activeUntil: "2026-07-31" })).toEqual(within);
    expect(ask(later, { ...asTechnical, activeUntil: "2026-08-01" })).toEqual(beyond(2, "2026-08-01"));
  });
  test("another's last day and its own first", () => {
    const earlier = [technical("t-1"), technical("t-2", { activeUntil: "2026-07-31" })];
    expect(ask(earlier, { ...asTechnical, activeFrom: "2026-07-31" })).toEqual(beyond(2, "2026-07-31"));
    expect(ask(earlier, { ...asTechnical, activeFrom: "2026-08-01" })).toEqual(within);
  });
  test("a time that has passed, of contacts who have no first day", () => {
    const since = [technical("t-1"), technical("t-2", { activeUntil: "2026-02-28" })];
    expect(ask(since, { ...asTechnical, activeUntil: "2026-02-28" })).toEqual(beyond(2, "2026-02-28"));
    expect(ask(since, { ...asTechnical, activeUntil: "2026-03-31" })).toEqual(beyond(2, "2026-02-28"));
    expect(ask(since, { ...asTechnical, activeFrom: "2026-03-01", activeUntil: "2026-03-31" })).toEqual(within);
  });
  test("the day with the most others is told", () => {
    const three = [technical("t-1"), technical("t-2"), technical("t-3", { activeFrom: "2026-09-01" })];
    expect(ask(three)).toEqual(beyond(3, "2026-09-01"));
  });
  test("of days with as many the first, whatever comes after; of days with more that one", () => {
    const leaving = technical("t-2", { activeUntil: "2026-06-30" });
    expect(ask([technical("t-1"), leaving, technical("t-3", { activeFrom: "2026-09-01" })])).toEqual(beyond(2, "2026-06-15"));
    const inMay = technical("t-3", { activeFrom: "2026-05-01", activeUntil: "2026-05-31" });
    expect(ask([technical("t-1"), leaving, inMay])).toEqual(beyond(3, "2026-05-01"));
  });
  test("several roles count together", () => {
    const both: ContactEntry = { ...two, roles: ["administrative-contact", "regular-contact"] };
    const contacts = [technical("a-1", { role: "administrative-contact" }), technical("r-1", { role: "regular-contact" })];
    expect(reason(both, { role: "regular-contact" }, { contacts })).toEqual(
      says(
        "fail",
        "the account may have 2 contacts in all (administrative contact, regular contact), and has 2 others on 2026-06-15",
        "end another contact's time first",
      ),
    );
    expect(reason(both, asTechnical, { contacts })).toEqual(says("pass", "the contact is no administrative contact or regular contact"));
  });
});

describe("at most as many as the license has seats", () => {
  const seats: ContactEntry = { contact: "most", roles: ["regular-contact"], most: "seats", per: "license" };
  const regular = (contactId: string, ...licenseIds: string[]) => technical(contactId, { role: "regular-contact", licenseIds });
  const licenses = [license("l-1", { seats: 2 }), license("l-2", { seats: 1 })];
  const ask = (contacts: NamedContact[], licenseIds: string[] | undefined) =>
    reason(seats, { role: "regular-contact", ...(licenseIds === undefined ? {} : { licenseIds }) }, { licenses, contacts });
  const within = says("pass", "within the number of contacts that may be named");

  test("the second of two seats", () => expect(ask([regular("r-1", "l-1")], ["l-1"])).toEqual(within));
  test("the third", () => {
    expect(ask([regular("r-1", "l-1"), regular("r-2", "l-2", "l-1")], ["l-1"])).toEqual(
      says(
        "fail",
        "license `l-1` may have 2 regular contacts, one for each seat, and has 2 others on 2026-06-15",
        "end another contact's time first",
      ),
    );
  });
  test("any of its licenses", () => {
    expect(ask([regular("r-1", "l-2")], ["l-1", "l-2"])).toEqual(
      says("fail", "license `l-2` may have 1 regular contact, one for each seat, and has 1 other on 2026-06-15", "end another contact's time first"),
    );
  });
  test("those of other licenses do not count, nor those of none", () => {
    expect(ask([regular("r-1", "l-2"), regular("r-2", "l-2"), technical("r-3", { role: "regular-contact" })], ["l-1"])).toEqual(within);
  });
  test("named for none it is a contact of none", () => {
    const none = says("info", "named for no license, so a contact of none");
    expect(ask([regular("r-1", "l-1"), regular("r-2", "l-1")], undefined)).toEqual(none);
    expect(ask([], [])).toEqual(none);
  });
  test("several roles share the seats", () => {
    const both: ContactEntry = { ...seats, roles: ["administrative-contact", "regular-contact"] };
    const contacts = [technical("a-1", { role: "administrative-contact", licenseIds: ["l-2"] })];
    expect(reason(both, { role: "regular-contact", licenseIds: ["l-2"] }, { licenses, contacts })).toEqual(
      says(
        "fail",
        "license `l-2` may have 1 contact in all (administrative contact, regular contact), one for each seat, and has 1 other on 2026-06-15",
        "end another contact's time first",
      ),
    );
  });
  test("a license that was retired, from its day on", () => {
    const retired = (retiredOn: string) =>
      reason(seats, { role: "regular-contact", licenseIds: ["l-1", "l-2"] }, { licenses: [license("l-1"), license("l-2", { retiredOn })] });
    expect(retired("2026-06-15")).toEqual(says("info", "license `l-2` was retired on 2026-06-15: nothing is left to ask about"));
    expect(retired("2026-06-16")).toEqual(within);
  });
  test("a license that is not recorded", () => {
    expect(ask([], ["l-9"])).toEqual(says("unknown", "how many seats license `l-9` has is not recorded"));
  });
});

describe("one administrative contact for each license", () => {
  const one: ContactEntry = { contact: "one-each", role: "administrative-contact", per: "license" };
  const admin = (contactId: string, known: Partial<NamedContact>) => technical(contactId, { role: "administrative-contact", ...known });
  const ask = (contacts: NamedContact[], known: Partial<Change> = {}) =>
    reason(one, { role: "administrative-contact", licenseIds: ["l-1", "l-2"], ...known }, { contacts });
  const only = says("pass", "the only administrative contact");
  const taken = says("fail", "license `l-2` has an administrative contact already: `a-1`", "end the time of `a-1` first");

  test("the first", () => expect(ask([])).toEqual(only));
  test("the second", () => expect(ask([admin("a-1", { licenseIds: ["l-2"] })])).toEqual(taken));
  test("of another license, or of none", () => {
    expect(ask([admin("a-1", { licenseIds: ["l-3"] }), admin("a-2", {})])).toEqual(only);
    const none = says("pass", "the contact is no administrative contact of a license");
    expect(ask([admin("a-1", { licenseIds: ["l-2"] })], { licenseIds: [] })).toEqual(none);
    expect(reason(one, { role: "administrative-contact" }, { contacts: [admin("a-1", { licenseIds: ["l-2"] })] })).toEqual(none);
  });
  test("another role", () => {
    expect(ask([admin("a-1", { licenseIds: ["l-2"] })], { role: "regular-contact" })).toEqual(
      says("pass", "the contact is no administrative contact of a license"),
    );
    expect(ask([admin("a-1", { licenseIds: ["l-2"], role: "regular-contact" })])).toEqual(only);
  });
  test("the day after another's last is free, the last is not", () => {
    const leaving = [admin("a-1", { licenseIds: ["l-2"], activeUntil: "2026-06-30" })];
    expect(ask(leaving, { activeFrom: "2026-06-30" })).toEqual(taken);
    expect(ask(leaving, { activeFrom: "2026-07-01" })).toEqual(only);
  });
  test("the day before another's first is free, the first is not", () => {
    const coming = [admin("a-1", { licenseIds: ["l-2"], activeFrom: "2026-07-01" })];
    expect(ask(coming, { activeUntil: "2026-07-01" })).toEqual(taken);
    expect(ask(coming, { activeUntil: "2026-06-30" })).toEqual(only);
  });
});

describe("a license that is left without one", () => {
  const one: ContactEntry = { contact: "one-each", role: "administrative-contact", per: "license" };
  const admin = (contactId: string, known: Partial<NamedContact> = {}) =>
    technical(contactId, { role: "administrative-contact", licenseIds: ["l-1", "l-2"], ...known });
  const ask = (known: Partial<Change>, others: NamedContact[] = [], before: Partial<NamedContact> = {}) =>
    reason(one, { ...admin("new"), ...known }, { contacts: [admin("new", before), ...others] });
  const without = (licenseId: string, from: string) =>
    says("info", `license \`${licenseId}\` then has no administrative contact from ${from} on, until another one is named`);
  const only = says("pass", "the only administrative contact");

  test("another role, or another license", () => {
    expect(ask({ role: "regular-contact" })).toEqual(without("l-1", "2026-06-15"));
    expect(ask({ licenseIds: ["l-1"] })).toEqual(without("l-2", "2026-06-15"));
    expect(ask({})).toEqual(only);
  });
  test("a last day: from the day after", () => expect(ask({ activeUntil: "2026-06-30" })).toEqual(without("l-1", "2026-07-01")));
  test("a last day that was recorded before is nothing new", () => {
    expect(ask({ activeUntil: "2026-06-30" }, [], { activeUntil: "2026-06-30" })).toEqual(only);
  });
  test("somebody follows on the day after, or too late", () => {
    const next = (activeFrom: string) => ask({ activeUntil: "2026-06-30" }, [admin("a-2", { activeFrom })]);
    expect(next("2026-07-01")).toEqual(only);
    expect(next("2026-07-02")).toEqual(without("l-1", "2026-07-01"));
  });
  test("somebody of another role or license does not follow", () => {
    const others = [admin("r-1", { role: "regular-contact" }), admin("a-2", { licenseIds: ["l-1"] })];
    expect(ask({ role: "regular-contact" }, others)).toEqual(without("l-2", "2026-06-15"));
  });
  test("whose time was over before leaves nothing", () => {
    expect(ask({ role: "regular-contact" }, [], { activeUntil: "2026-06-14" })).toEqual(
      says("pass", "the contact is no administrative contact of a license"),
    );
  });
});

describe("registered in the portal first", () => {
  const registered: ContactEntry = { contact: "registered", roles: ["regular-contact"] };
  const passes = says("pass", "registered in the portal, or no role that needs it");
  const not = says("fail", "`new` is not registered in the portal", "register in the portal first");

  test("it is", () => expect(reason(registered, { role: "regular-contact", registeredInPortal: true })).toEqual(passes));
  test("it is not, or nothing says so", () => {
    expect(reason(registered, { role: "regular-contact", registeredInPortal: false })).toEqual(not);
    expect(reason(registered, { role: "regular-contact" })).toEqual(not);
  });
  test("another role", () => expect(reason(registered, asTechnical)).toEqual(passes));
});

describe("named for an object", () => {
  const forLicense: ContactEntry = { contact: "named-for", roles: ["regular-contact"], on: "license" };
  const forPremises: ContactEntry = { contact: "named-for", roles: ["authorized-representative"], on: "premises" };
  const premises = [{ premisesId: "zrh", name: "Zurich", region: "uk-eu" as const }];

  test("a license", () => {
    const none = says("fail", "a regular contact is named for a license, and none is stated", "state licenseIds");
    expect(reason(forLicense, { role: "regular-contact", licenseIds: ["l-1"] })).toEqual(says("pass", "named for license `l-1`"));
    expect(reason(forLicense, { role: "regular-contact", licenseIds: [] })).toEqual(none);
    expect(reason(forLicense, { role: "regular-contact", premisesIds: ["zrh"] })).toEqual(none);
    expect(reason(forLicense, asTechnical)).toEqual(says("pass", "the contact is no regular contact"));
  });
  test("premises", () => {
    const none = says("fail", "an authorized representative is named for premises, and none is stated", "state premisesIds");
    const passes = says("pass", "named for premises `zrh`");
    expect(reason(forPremises, { role: "authorized-representative", premisesIds: ["zrh"] }, { premises })).toEqual(passes);
    expect(reason(forPremises, { role: "authorized-representative" }, { premises })).toEqual(none);
    expect(reason(forPremises, { role: "authorized-representative", licenseIds: ["l-1"] }, { premises })).toEqual(none);
  });
  test("what is not recorded is not known", () => {
    const unknown = (what: string) => says("unknown", `${what} is not recorded`, `record ${what}`);
    expect(reason(forPremises, { role: "authorized-representative", premisesIds: ["zrh", "zz"] }, { premises })).toEqual(unknown("premises `zz`"));
    expect(reason(forLicense, { role: "regular-contact", licenseIds: ["zrh"] }, { premises })).toEqual(unknown("license `zrh`"));
  });
});

test("whom the customer names may ask, whomever they work for", () => {
  const own: ContactEntry = { contact: "customers-own", roles: ["technical-contact", "regular-contact"] };
  expect(reason(own, asTechnical)).toEqual(says("info", "named by the customer, so the person may ask, whomever the person works for"));
  expect(reason(own, { role: "none" })).toEqual(says("info", "not named as technical contact or regular contact, so the person may not ask"));
});

describe("by which way contacts of a role are changed", () => {
  const written: ContactEntry = { contact: "changes-how", roles: ["technical-contact"], channels: ["email"], how: "write to us", unknown: [] };
  const byPhone = (role: "technical-contact" | "none", recorded?: "technical-contact" | "none") =>
    checkContact(
      factsOf(bookOf(saying(written)), { contacts: recorded === undefined ? [] : [{ contactId: "t-1", role: recorded }] }),
      { contact: { contactId: "t-1", role }, channel: "phone" },
      asOf("2026-06-15"),
    ).reasons[0];

  test("who is one, or becomes one, and nobody else", () => {
    const refused = { result: "fail", finding: "changes are not taken by phone", cure: { says: "write to us" } };
    expect(byPhone("technical-contact")).toMatchObject(refused);
    expect(byPhone("none", "technical-contact")).toMatchObject(refused);
    expect(byPhone("none", "none")).toMatchObject({ result: "pass", finding: "no technical contact is concerned" });
  });
});

describe("the answer", () => {
  const registered: ContactEntry = { contact: "registered", roles: ["technical-contact"] };
  const how: ContactEntry = { contact: "changes-how", channels: ["web"], unknown: ["phone"], missing: "support hours" };
  const ask = (book: ReturnType<typeof bookOf>, dossier: Partial<Dossier>, asked: Asked = {}, registeredInPortal = false) =>
    checkContact(factsOf(book, dossier), { contact: { contactId: "new", ...asTechnical, registeredInPortal }, ...asked }, asOf("2026-06-15"));
  const both = bookOf(saying(registered, how));

  test("all of it", () => {
    const facts = [{ path: "contacts/new/role", value: "technical-contact" }];
    expect(ask(both, {}, { channel: "phone" })).toEqual({
      accountId: "acme",
      outcome: "refused",
      headline: "Refused: `new` is not registered in the portal (6.3)",
      policies: [{ id: "acme-support", version: "1" }],
      reasons: [
        {
          clause: "6.3",
          condition: "contact-registered",
          result: "fail",
          finding: "`new` is not registered in the portal",
          facts,
          cure: { says: "register in the portal first", clause: "6.3", price: null },
        },
        {
          clause: "6.3",
          condition: "contact-changes-how",
          result: "unknown",
          finding: "changes are taken by phone in hours that are not stated: support hours",
          facts,
          cure: null,
        },
      ],
      missing: [{ what: "changes are taken by phone in hours that are not stated: support hours", clause: "6.3" }],
      // The last millisecond of that day in Zurich.
      asOf: "2026-06-15T21:59:59.999Z",
    });
  });
  test("undetermined where something is unknown and nothing refused", () => {
    expect(ask(both, {}, { channel: "phone" }, true)).toMatchObject({
      outcome: "undetermined",
      headline: "Undetermined: changes are taken by phone in hours that are not stated: support hours (6.3)",
    });
  });
  test("else allowed", () => {
    expect(ask(both, {}, {}, true)).toMatchObject({
      outcome: "allowed",
      headline: "Allowed: nothing in the policies of the account's contracts stands against it",
      missing: [],
    });
  });
  test("under every policy that the account has a contract under, once each", () => {
    const book = bookOf(saying(registered), { id: "other-support", ...saying(how) });
    const contracts = [contract("c-1", []), contract("c-2", [], { policyId: "other-support" }), contract("c-3", [])];
    expect(ask(book, { contracts }, { channel: "chat" })).toMatchObject({
      policies: [
        { id: "acme-support", version: "1" },
        { id: "other-support", version: "1" },
      ],
      reasons: [{ condition: "contact-registered" }, { condition: "contact-changes-how" }],
    });
  });
  test("policies that say nothing of contacts allow anyone", () => {
    expect(ask(bookOf({}), {})).toMatchObject({
      outcome: "allowed",
      reasons: [
        {
          clause: "common",
          condition: "contact",
          result: "info",
          finding: "the policies of the account's contracts say nothing about who may be a contact",
          facts: [],
          cure: null,
        },
      ],
    });
  });
  test("without a contract it is undetermined", () => {
    expect(ask(both, { contracts: [] })).toEqual({
      accountId: "acme",
      outcome: "undetermined",
      headline: "Undetermined: the account has no support contract (common)",
      policies: [],
      reasons: [
        { clause: "common", condition: "contract", result: "unknown", finding: "the account has no support contract", facts: [], cure: null },
      ],
      missing: [{ what: "contract", clause: "common" }],
      asOf: "2026-06-15T23:59:59.999Z",
    });
  });
});

test("a contact is asked about as it would be recorded; its name and id may be left out", () => {
  const all = {
    contactId: "new",
    name: "A. New",
    email: "a@example.com",
    phone: "1",
    role: "technical-contact",
    licenseIds: ["l-1"],
    premisesIds: ["zrh"],
    registeredInPortal: true,
    activeFrom: "2026-01-01",
    activeUntil: "2026-12-31",
  };
  expect(contactChange.parse(all)).toEqual(all);
  expect(contactChange.parse({ role: "none" })).toEqual({ role: "none" });
  for (const wrong of [{ role: undefined }, { contactId: "a b" }, { more: 1 }, { activeFrom: "2026-02-30" }])
    expect(contactChange.safeParse({ ...all, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
});

test("an instant is a day in the policy's zone: at 22:30 on a summer evening in UTC it is the next day in Zurich", () => {
  const contacts = [{ ...technical("t-1"), activeUntil: "2026-06-14" }];
  const changes: ContactEntry = { contact: "changes-by", anyone: "administrative-contact", own: "technical-contact" };
  const changedAt = (instant: string) =>
    checkContact(
      factsOf(bookOf(saying(changes)), { contacts }),
      { contact: { contactId: "t-1", role: "none" }, actorContactId: "t-1" },
      asOf(instant),
    );
  // Through 23:59:59.999 in Zurich, which is 21:59:59.999 in UTC, the contact may still change what is its own.
  expect(changedAt("2026-06-14T21:59:59.999Z").outcome).toBe("allowed");
  expect(changedAt("2026-06-14T22:00:00Z").outcome).toBe("refused");
});

test("one who is not recorded yet needs no id, and is not the one who asks", () => {
  const entry: ContactEntry = { contact: "changes-by", anyone: "administrative-contact", own: "technical-contact" };
  const answer = checkContact(
    factsOf(bookOf(saying(entry)), { contacts: [technical("t-1")] }),
    { contact: { role: "technical-contact" }, actorContactId: "t-1" },
    asOf("2026-06-15"),
  );
  expect(answer).toMatchObject({ outcome: "refused", reasons: [{ facts: [{ path: "contacts/new/role", value: "technical-contact" }] }] });
});
