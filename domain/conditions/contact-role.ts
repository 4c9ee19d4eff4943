/** "May this person ask?" Requests come from contacts whom the customer named for it, and only so many of them count. */
import * as z from "zod";
import { byId, contactRole, type NamedContact } from "../facts.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { defineCondition, listed, sooner } from "./condition.ts";

export const contactHasRole = defineCondition(
  "contact-role",
  {
    role: contactRole,
    /** At most so many count at a time: those active the longest. */
    most: z.int().min(1).optional(),
    otherwise: z.enum(["fail", "unknown"]),
  },
  ({ role, most, otherwise }, { request, facts, day }) => {
    const { contacts } = facts.dossier;
    if (request.contactId === undefined) {
      return { result: "unknown", finding: `the request does not say which contact reports; it must be a ${spoken(role)}`, missing: "contactId" };
    }
    const named = byId(contacts, "contactId", request.contactId);
    const counting = countingOn(contacts, role, most, day);
    const fact = [{ path: `contacts/${request.contactId}/role`, value: named?.role ?? null }];
    if (counting.some(({ contactId }) => contactId === request.contactId)) {
      const until = contacts.length === 1 ? lastDayAfter(named) : turnOf(contacts, role, most, day, request.contactId, true);
      return { result: "pass", finding: `\`${request.contactId}\` is a ${spoken(role)}`, facts: fact, until };
    }
    const through = counting.length > 0 ? `report through one of ${listed(counting.map(({ contactId }) => contactId))}` : `name a ${spoken(role)}`;
    return {
      result: otherwise,
      finding: refusal(request.contactId, named, role, most, day),
      facts: fact,
      cure: { says: through },
      until: turnOf(contacts, role, most, day, request.contactId, false),
    };
  },
);

const spoken = (role: string) => role.replaceAll("-", " ");
const activeOn = ({ activeFrom, activeUntil }: NamedContact, day: CalendarDate) =>
  (activeFrom === undefined || activeFrom <= day) && (activeUntil === undefined || day <= activeUntil);

/** Contacts of a role who count on a day: where there are more than the cap, those with the earliest `activeFrom`, then id. */
function countingOn(contacts: readonly NamedContact[], role: string, most: number | undefined, day: CalendarDate): NamedContact[] {
  const active = contacts.filter((contact) => contact.role === role && activeOn(contact, day));
  if (most === undefined || active.length <= most) return active;
  const since = ({ activeFrom = "" }: NamedContact) => activeFrom;
  return active.sort((a, b) => compare(since(a), since(b)) || compare(a.contactId, b.contactId)).slice(0, most);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const lastDayAfter = (contact: NamedContact | undefined) => (contact?.activeUntil === undefined ? null : addDays(contact.activeUntil, 1));

/** First day after `day` on which the contact begins or ceases to count. */
function turnOf(contacts: readonly NamedContact[], role: string, most: number | undefined, day: CalendarDate, contactId: string, counts: boolean): CalendarDate | null {
  let first: CalendarDate | null = null;
  for (const contact of contacts) {
    for (const turn of [contact.activeFrom, lastDayAfter(contact)]) {
      if (turn == null || turn <= day || (first !== null && turn >= first)) continue;
      if (countingOn(contacts, role, most, turn).some((one) => one.contactId === contactId) !== counts) first = sooner(first, turn);
    }
  }
  return first;
}

function refusal(contactId: string, named: NamedContact | undefined, role: string, most: number | undefined, day: CalendarDate): string {
  if (named === undefined) return `\`${contactId}\` is not a contact of the account`;
  if (named.role !== role) return `\`${contactId}\` is no ${spoken(role)} but has the role ${spoken(named.role)}`;
  if (named.activeFrom !== undefined && day < named.activeFrom) return `\`${contactId}\` is a ${spoken(role)} only from ${named.activeFrom}`;
  if (named.activeUntil !== undefined && named.activeUntil < day) return `\`${contactId}\` was a ${spoken(role)} through ${named.activeUntil}`;
  return `\`${contactId}\` is beyond the ${most} ${spoken(role)}s who may be named`;
}
