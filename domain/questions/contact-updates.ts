/** "May this person change it, and in this way?" Whose contacts somebody may change, and how changes are taken. */
import { activeOn } from "../conditions/contact-role.ts";
import type { Reason } from "../decision.ts";
import { byId } from "../dossier.ts";
import type { NamedContact } from "../facts.ts";
import { or, spoken, withArticle } from "../policy-small-words.ts";
import { isOpenAt, nextOpening } from "../time/business-calendar.ts";
import { spokenInstant } from "../time/spoken-instant.ts";
import type { Change, ContactCheckRequest, Entry, Say } from "./contact-change.ts";

/**
 * Data of a contact, which everybody has once, and membership: which licenses somebody is a contact of, in which role, until
 * when. One of the role `anyone` changes the data of any contact of their licenses, and membership of their licenses alone;
 * others their own data and no membership. The first contacts of a license are registered, which is no change.
 */
export function changesBy(entry: Entry<"changes-by">, change: Change, say: Say): Reason {
  const { request, dossier, day, before } = change;
  const { contact, actorContactId } = request;
  if (actorContactId === undefined) return say("pass", "not judged: the request does not state which contact asks for the change");
  const actor = byId(dossier.contacts, "contactId", actorContactId);
  const active = actor !== undefined && activeOn(actor, day);
  const theirs = new Set(active && actor.role === entry.anyone ? actor.licenseIds : []);
  const [was, is] = [licensesOf(before && activeOn(before, day) ? before : undefined, entry), licensesOf(contact, entry)];
  const concerned = [...new Set([...was, ...is])];
  const moved = sameStanding(before, contact) ? concerned.filter((id) => !was.has(id) || !is.has(id)) : concerned;
  const beyond = moved.filter((id) => !theirs.has(id));

  const ask = (licenseIds: readonly string[]) => whomToAsk(licenseIds, entry, change);
  const heads = (id: string) => everHeading(id, entry, change);
  const governed = beyond.find((id) => was.has(id) || heads(id).some((one) => activeOn(one, day)));
  if (governed !== undefined) return say("fail", refusal(entry, change, actor, governed), ask([governed]));
  const headless = beyond.find((id) => heads(id).length > 0);
  if (headless !== undefined) {
    const finding = `license \`${headless}\` has no ${spoken(entry.anyone)} on ${day}, and who changes its contacts then is not stated`;
    return say("unknown", finding);
  }
  const [first] = beyond;
  if (first !== undefined) {
    const finding = `license \`${first}\` has no ${spoken(entry.anyone)} yet, who is the purchaser at first: registering its first contacts is no change`;
    return say("info", finding);
  }
  if (active && actor.role === entry.anyone) {
    if (concerned.length === 0) return say("pass", "no license is concerned");
    if (concerned.some((id) => theirs.has(id))) return say("pass", `\`${actorContactId}\` is ${spoken(entry.anyone)} of a license concerned`);
  }
  if (active && actor.role === entry.own && actorContactId === contact.contactId) return say("pass", "own data");
  return say("fail", refusal(entry, change, actor, concerned[0]), ask(concerned));
}

type Named = ContactCheckRequest["contact"] | NamedContact | undefined;

/** Licenses that somebody is a contact of; other roles are contacts of none. */
const licensesOf = (named: Named, { anyone, own }: Entry<"changes-by">): Set<string> =>
  new Set(named !== undefined && (named.role === anyone || named.role === own) ? named.licenseIds : []);

/** Whether role and last day stay, so that only licenses that come or go are concerned. */
const sameStanding = (before: Named, after: Named) => before?.role === after?.role && before?.activeUntil === after?.activeUntil;

/** Those who may change the contacts of the license on days on which they are active, as it is recorded. */
const everHeading = (licenseId: string, { anyone }: Entry<"changes-by">, { namedFor }: Change): NamedContact[] =>
  (namedFor.get(licenseId) ?? []).filter(({ role }) => role === anyone);

/** Somebody who is there; where nobody is, that the purchaser comes first. Null where no license is concerned. */
function whomToAsk(licenseIds: readonly string[], entry: Entry<"changes-by">, change: Change): string | null {
  for (const licenseId of licenseIds) {
    const heads = everHeading(licenseId, entry, change).filter((one) => activeOn(one, change.day));
    if (heads.length > 0) return `ask the ${spoken(entry.anyone)} of \`${licenseId}\`: ${or(heads.map(({ contactId }) => `\`${contactId}\``))}`;
  }
  const [bare] = licenseIds;
  return bare === undefined ? null : `register ${withArticle(entry.anyone)} of \`${bare}\` first: the purchaser, or whoever follows`;
}

function refusal({ anyone, own }: Entry<"changes-by">, change: Change, actor: NamedContact | undefined, licenseId: string | undefined): string {
  const { actorContactId, contact } = change.request;
  if (actor === undefined || !activeOn(actor, change.day)) return `\`${actorContactId}\` is no active contact of the account`;
  if (actor.role === anyone) return `\`${actorContactId}\` is not ${spoken(anyone)} of \`${licenseId}\``;
  if (actor.role !== own) return `\`${actorContactId}\` is neither ${spoken(anyone)} nor ${spoken(own)}`;
  return actorContactId === contact.contactId
    ? `role, licenses and last day are not among what ${withArticle(own)} changes: only their own data`
    : `${withArticle(own)} may change only their own data`;
}

/** By a channel that is taken; one that is taken in hours, in the hours that the parties state. */
export function changesHow(entry: Entry<"changes-how">, { request, at, hours, before }: Change, say: Say): Reason {
  const { channel, contact } = request;
  const roles: readonly string[] | undefined = entry.roles;
  if (roles !== undefined && !roles.includes(contact.role) && !(before !== undefined && roles.includes(before.role)))
    return say("pass", `no ${or(roles.map(spoken))} is concerned`);
  if (channel === undefined) return say("pass", "not judged: the request does not state by which channel the change is asked for");
  if (entry.channels.includes(channel)) return say("pass", `changes are taken by ${channel}`);
  const way = entry.how ?? `use ${or(entry.channels)}`;
  if (!entry.unknown.includes(channel)) return say("fail", `changes are not taken by ${channel}`, way);
  const { calendar, agreedIn } = entry.calendar === undefined ? { calendar: null, agreedIn: null } : hours(entry.calendar);
  const settings = `settings.calendars\` under \`${entry.calendar}\``;
  if (calendar === null) {
    const cure = entry.calendar === undefined ? null : `${way}, or record the hours as the contract's \`${settings}`;
    return say("unknown", `changes are taken by ${channel} in hours that are not stated: ${entry.missing}`, cure);
  }
  const facts = [{ path: `contracts/${agreedIn}/settings/calendars/${entry.calendar}`, value: "addendum" }];
  const taken = `changes are taken by ${channel} in hours that the parties agreed`;
  if (at === null) return say("unknown", `${taken}, and only a day is asked for`, "ask for an instant", facts);
  const open = isOpenAt(calendar, at);
  if (open === null)
    return say("unknown", `${taken}, and which days are holidays is not stated`, `record the holidays as the contract's \`${settings}`, facts);
  if (open) return say("pass", `${taken}, and it is open`, null, facts);
  const opening = nextOpening(calendar, at);
  const cure = `${way}${opening === null ? "" : `, or call when it opens at ${spokenInstant(opening, calendar.zone)}`}`;
  return say("fail", `${taken}, and it is closed at ${spokenInstant(at, calendar.zone)}`, cure, facts);
}
