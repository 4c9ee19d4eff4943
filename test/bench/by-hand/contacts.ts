/** Who may ask: technical contacts, at most six at a time. */
import type { NamedContact } from "../../../domain/facts.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { compare } from "./case.ts";

/** At most six count at a time, those active the longest. */
export function technicalContacts(contacts: readonly NamedContact[], day: CalendarDate): NamedContact[] {
  const active = contacts.filter(
    ({ role, activeFrom, activeUntil }) =>
      role === "technical-contact" && (activeFrom === undefined || activeFrom <= day) && (activeUntil === undefined || day <= activeUntil),
  );
  if (active.length <= 6) return active;
  return active.sort((a, b) => compare(a.activeFrom ?? "", b.activeFrom ?? "") || compare(a.contactId, b.contactId)).slice(0, 6);
}

export function contactChanges(contacts: readonly NamedContact[], contactId: string, day: CalendarDate, counts: boolean): CalendarDate | undefined {
  const turns: CalendarDate[] = [];
  for (const { activeFrom, activeUntil } of contacts) {
    if (activeFrom !== undefined && activeFrom > day) turns.push(activeFrom);
    if (activeUntil !== undefined && activeUntil >= day) turns.push(addDays(activeUntil, 1));
  }
  return turns.sort().find((turn) => technicalContacts(contacts, turn).some((one) => one.contactId === contactId) !== counts);
}

export function whyNot(contactId: string, contact: NamedContact | undefined, day: CalendarDate): string {
  if (contact === undefined) return `\`${contactId}\` is not a contact of the account`;
  const { role, activeFrom, activeUntil } = contact;
  if (role !== "technical-contact") return `\`${contactId}\` is no technical contact but has the role ${role.replaceAll("-", " ")}`;
  if (activeFrom !== undefined && day < activeFrom) return `\`${contactId}\` is a technical contact only from ${activeFrom}`;
  if (activeUntil !== undefined && activeUntil < day) return `\`${contactId}\` was a technical contact through ${activeUntil}`;
  return `\`${contactId}\` is beyond the 6 technical contacts who may be named`;
}
