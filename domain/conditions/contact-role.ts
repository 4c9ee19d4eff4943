/** "May this person ask?" Requests come from contacts whom the customer named for it, and only so many of them count. */
import { byId } from "../dossier.ts";
import type { Contact, NamedContact } from "../facts.ts";
import { or, spoken, withArticle } from "../policy-small-words.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { type Inquiry, type Judge, listed, sooner } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const contactHasRole: Judge<ParametersOf<"contact-role">> = ({ roles, on, most, otherwise }, inquiry) => {
  const { request, facts, day } = inquiry;
  const object = on === undefined ? null : objectOf(on, inquiry);
  if (object === undefined) {
    const missing = `${on}Id`;
    return {
      result: "unknown",
      finding: `${withArticle(or(roles))} is named for a ${on === "license" ? "license" : "place"}, and the request does not say which`,
      missing,
      cure: { says: `state \`${missing}\`` },
    };
  }
  const contacts = object === null ? facts.dossier.contacts : facts.dossier.contacts.filter((contact) => isNamedFor(contact, on, object));
  if (request.contactId === undefined) {
    return {
      result: "unknown",
      finding: `the request does not say which contact reports; it must be ${withArticle(or(roles))}`,
      missing: "contactId",
      cure: { says: "state `contactId`" },
    };
  }
  const named = byId(facts.dossier.contacts, "contactId", request.contactId);
  const counting = countingOn(contacts, roles, most, day);
  const fact = [{ path: `contacts/${request.contactId}/role`, value: named?.role ?? null }];
  if (counting.some(({ contactId }) => contactId === request.contactId)) {
    const until = turnOf(contacts, roles, most, day, request.contactId, true);
    return {
      result: "pass",
      finding: `\`${request.contactId}\` is ${withArticle(named?.role ?? or(roles))}${ofObject(on, object)}`,
      facts: fact,
      until,
    };
  }
  const through =
    counting.length > 0
      ? `report through one of ${listed(counting.map(({ contactId }) => contactId))}`
      : `name ${withArticle(or(roles))}${ofObject(on, object)}`;
  return {
    result: otherwise,
    finding: refusal(request.contactId, named, roles, most, day, named !== undefined && !contacts.includes(named), ofObject(on, object)),
    facts: fact,
    cure: { says: through },
    ...(otherwise === "unknown" ? { missing: "document on who else may ask" } : {}),
    until: turnOf(contacts, roles, most, day, request.contactId, false),
  };
};

/** What the role is held for: " of license `l-1`"; empty where it is the account. */
const ofObject = (on: "license" | "premises" | undefined, object: string | null) =>
  object === null ? "" : on === "license" ? ` of license \`${object}\`` : ` for premises \`${object}\``;

/** The license or premises asked about; undefined where the request leaves them open. */
function objectOf(on: "license" | "premises", { license, premises, request }: Inquiry): string | undefined {
  return on === "license" ? license?.licenseId : (premises?.premisesId ?? request.premisesId);
}

/** Lists that are absent or empty name nothing. */
const isNamedFor = ({ licenseIds, premisesIds }: NamedContact, on: "license" | "premises" | undefined, object: string) =>
  (on === "license" ? licenseIds : premisesIds)?.includes(object) === true;

export const activeOn = ({ activeFrom, activeUntil }: Pick<Contact, "activeFrom" | "activeUntil">, day: CalendarDate) =>
  (activeFrom === undefined || activeFrom <= day) && (activeUntil === undefined || day <= activeUntil);

/** Contacts of a role who count on a day: where there are more than the cap, those with the earliest `activeFrom`, then id. */
function countingOn(contacts: readonly NamedContact[], roles: readonly string[], most: number | undefined, day: CalendarDate): NamedContact[] {
  const active = contacts.filter((contact) => roles.includes(contact.role) && activeOn(contact, day));
  if (most === undefined || active.length <= most) return active;
  const since = ({ activeFrom = "" }: NamedContact) => activeFrom;
  return active.sort((a, b) => compare(since(a), since(b)) || compare(a.contactId, b.contactId)).slice(0, most);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const lastDayAfter = (contact: NamedContact | undefined) => (contact?.activeUntil === undefined ? null : addDays(contact.activeUntil, 1));

/** First day after `day` on which the contact begins or ceases to count. */
function turnOf(
  contacts: readonly NamedContact[],
  roles: readonly string[],
  most: number | undefined,
  day: CalendarDate,
  contactId: string,
  counts: boolean,
): CalendarDate | null {
  let first: CalendarDate | null = null;
  for (const contact of contacts) {
    for (const turn of [contact.activeFrom, lastDayAfter(contact)]) {
      if (turn == null || turn <= day || (first !== null && turn >= first)) continue;
      if (countingOn(contacts, roles, most, turn).some((one) => one.contactId === contactId) !== counts) first = sooner(first, turn);
    }
  }
  return first;
}

function refusal(
  contactId: string,
  named: NamedContact | undefined,
  roles: readonly string[],
  most: number | undefined,
  day: CalendarDate,
  elsewhere: boolean,
  of: string,
): string {
  const role = spoken(or(roles));
  if (named === undefined) return `\`${contactId}\` is not a contact of the account`;
  if (!roles.includes(named.role)) return `\`${contactId}\` is no ${role} but has the role ${spoken(named.role)}`;
  if (elsewhere) return `\`${contactId}\` is no ${role}${of}`;
  if (named.activeFrom !== undefined && day < named.activeFrom)
    return `\`${contactId}\` is ${withArticle(named.role)}${of} only from ${named.activeFrom}`;
  if (named.activeUntil !== undefined && named.activeUntil < day)
    return `\`${contactId}\` was ${withArticle(named.role)}${of} through ${named.activeUntil}`;
  return `\`${contactId}\` is beyond the ${most} ${role}s who may be named`;
}
