/** "May somebody be this contact?" How many there may be, one of a role for each license, what they are named for. */
import { listed } from "../conditions/condition.ts";
import { activeOn } from "../conditions/contact-role.ts";
import { licensesById } from "../coverage.ts";
import type { Reason } from "../decision.ts";
import type { Contact, HeldLicense, NamedContact } from "../facts.ts";
import { spoken, withArticle } from "../policy-small-words.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import type { Change, Entry, Say } from "./contact-change.ts";

const plural = (count: number) => (count === 1 ? "" : "s");

/** Other contacts of the roles, for a license where one is given. */
const others = (change: Change, roles: readonly string[], licenseId: string | null): NamedContact[] =>
  (licenseId === null ? change.others : (change.namedFor.get(licenseId) ?? [])).filter(
    ({ role, contactId }) => roles.includes(role) && contactId !== change.request.contact.contactId,
  );

/**
 * The day on which most of them are active together with the contact, and how many; counted on days on which someone begins,
 * and on last days, since one without a first day was there before any other began.
 */
function busiest(
  contact: Pick<Contact, "activeFrom" | "activeUntil">,
  rest: readonly NamedContact[],
  day: CalendarDate,
): { day: CalendarDate; count: number } {
  const begins = [contact.activeFrom, day, ...rest.map(({ activeFrom }) => activeFrom)];
  const ends = [contact.activeUntil, ...rest.map(({ activeUntil }) => activeUntil)];
  const days = [...begins, ...ends].filter((one) => one !== undefined).filter((one) => activeOn(contact, one));
  let worst = { day, count: 0 };
  for (const one of days) {
    const count = rest.filter((other) => activeOn(other, one)).length;
    if (count > worst.count) worst = { day: one, count };
  }
  return worst;
}

export function most(entry: Entry<"most">, change: Change, say: Say): Reason {
  const { contact } = change.request;
  if (!(entry.roles as string[]).includes(contact.role)) return say("pass", `the contact is no ${entry.roles.map(spoken).join(" or ")}`);
  const licenses = licensesById(change.dossier);
  const scopes = entry.per === "account" ? [null] : (contact.licenseIds ?? []);
  for (const licenseId of scopes) {
    const license = licenseId === null ? undefined : licenses(licenseId);
    const cap = entry.most === "seats" ? license?.seats : entry.most;
    if (cap === undefined) return say("unknown", `how many seats license \`${licenseId}\` has is not recorded`);
    const { count, day } = busiest(contact, others(change, entry.roles, licenseId), change.day);
    if (count + 1 > cap) {
      const where = licenseId === null ? "the account" : `license \`${licenseId}\``;
      const [role, ...more] = entry.roles.map(spoken);
      const what = more.length === 0 ? `${role}${plural(cap)}` : `contact${plural(cap)} in all (${[role, ...more].join(", ")})`;
      return say(
        "fail",
        `${where} may have ${cap} ${what}${entry.most === "seats" ? ", one for each seat," : ","} and has ${count} other${plural(count)} on ${day}`,
        "end another contact's time first",
      );
    }
  }
  if (scopes.length === 0) return say("info", "named for no license, so a contact of none");
  const retired = scopes.find((licenseId) => licenseId !== null && isRetired(licenses(licenseId), change.day));
  if (retired != null) return say("info", `license \`${retired}\` was retired on ${licenses(retired)?.retiredOn}: nothing is left to ask about`);
  return say("pass", "within the number of contacts that may be named");
}

/** The first day on which a license is no longer held counts: "retired on". */
const isRetired = (license: HeldLicense | undefined, day: CalendarDate) => license?.retiredOn !== undefined && license.retiredOn <= day;

export function oneEach(entry: Entry<"one-each">, change: Change, say: Say): Reason {
  const { contact } = change.request;
  const its = contact.role === entry.role ? (contact.licenseIds ?? []) : [];
  for (const licenseId of its) {
    const rest = others(change, [entry.role], licenseId).filter((other) => overlap(contact, other));
    if (rest.length > 0)
      return say(
        "fail",
        `license \`${licenseId}\` has ${withArticle(entry.role)} already: \`${rest[0]?.contactId}\``,
        `end the time of \`${rest[0]?.contactId}\` first`,
      );
  }
  return (
    leftWithout(entry, change, say) ??
    say("pass", its.length === 0 ? `the contact is no ${spoken(entry.role)} of a license` : `the only ${spoken(entry.role)}`)
  );
}

/** A license that has one of the role, and by this change has none from some day on; null where there is no such license. */
function leftWithout({ role }: Entry<"one-each">, change: Change, say: Say): Reason | null {
  const { before, day, request } = change;
  const { contact } = request;
  if (before?.role !== role) return null;
  const its = new Set(contact.role === role ? contact.licenseIds : []);
  for (const licenseId of before.licenseIds ?? []) {
    const stays = its.has(licenseId);
    const from = stays ? contact.activeUntil && addDays(contact.activeUntil, 1) : day;
    if (from === undefined || !activeOn(before, from)) continue;
    if (others(change, [role], licenseId).some((other) => activeOn(other, from))) continue;
    return say("info", `license \`${licenseId}\` then has no ${spoken(role)} from ${from} on, until another one is named`);
  }
  return null;
}

/** Lists that are absent or empty name nothing; what is named must be recorded. */
export function namedFor(entry: Entry<"named-for">, { request: { contact }, dossier }: Change, say: Say): Reason {
  const [what, ids, recorded] =
    entry.on === "license"
      ? ["license", contact.licenseIds, dossier.licenses.map(({ licenseId }) => licenseId)]
      : ["premises", contact.premisesIds, dossier.premises.map(({ premisesId }) => premisesId)];
  if (!(entry.roles as string[]).includes(contact.role)) return say("pass", `the contact is no ${entry.roles.map(spoken).join(" or ")}`);
  if (ids === undefined || ids.length === 0)
    return say(
      "fail",
      `${withArticle(contact.role)} is named for ${entry.on === "license" ? "a license" : "premises"}, and none is stated`,
      `state ${entry.on}Ids`,
    );
  const known = new Set(recorded);
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined) return say("unknown", `${what} \`${stranger}\` is not recorded`, `record ${what} \`${stranger}\``);
  return say("pass", `named for ${what} ${listed(ids.map((id) => `\`${id}\``))}`);
}

const overlap = (a: Pick<Contact, "activeFrom" | "activeUntil">, b: Pick<Contact, "activeFrom" | "activeUntil">) =>
  (a.activeFrom ?? "0") <= (b.activeUntil ?? "9") && (b.activeFrom ?? "0") <= (a.activeUntil ?? "9");
