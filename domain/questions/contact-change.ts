/** "May this contact be recorded so, and may this person change it?" Caps, registration, roles on objects, who may change whom. */
import * as z from "zod";
import type { CompiledPolicy } from "../compiled-policy.ts";
import { licensesById } from "../coverage.ts";
import type { Missing, Reason, Reasons } from "../decision.ts";
import { byId } from "../dossier.ts";
import { type Contact, contact, type Dossier, identifier, type NamedContact } from "../facts.ts";
import { zoneOf } from "../notice-rulings.ts";
import type { ContactEntry } from "../policy.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { formatInstant } from "../time/instant.ts";
import { processPolicy } from "./choose-contract.ts";
import { channel } from "./entitlement-request.ts";
import { type AsOf, daysOf, instantOfAsOf, type KnownFacts } from "./question.ts";

export const contactChange = contact.extend({
  contactId: identifier.optional().meta({ description: "Absent: a contact who is not recorded yet." }),
  name: contact.shape.name.optional(),
});

export const contactCheckRequest = z.strictObject({
  contact: contactChange,
  actorContactId: identifier.optional().meta({ description: "The contact who asks for the change." }),
  channel: z.optional(channel),
});

export type ContactCheckRequest = z.infer<typeof contactCheckRequest>;

export interface ContactCheckAnswer {
  accountId: string;
  outcome: "allowed" | "refused" | "discretion" | "undetermined";
  headline: string;
  policies: { id: string; version: string }[];
  reasons: Reasons;
  missing: Missing[];
  asOf: string;
}

/** Checks a contact as it would be recorded, under every policy that the account has contracts under. Source: Ebiexperts 6.3, 6.5; Wolfram contacts.*; essensys 1.1.5. */
export function checkContact(facts: KnownFacts, request: ContactCheckRequest, asOf: AsOf): ContactCheckAnswer {
  const asked = new Map<string, { policy: CompiledPolicy; zone: string }>();
  for (const contract of facts.dossier.contracts) {
    const policy = processPolicy(facts, contract, asOf);
    // Where no zone is stated and none was agreed, days are those of UTC.
    asked.set(contract.policyId, { policy, zone: zoneOf(policy, contract) ?? "UTC" });
  }
  const policies = [...asked.values()];
  const reasons: Reason[] = [];
  for (const { policy, zone } of policies) {
    const change = changeOf(facts.dossier, request, daysOf(asOf, zone)[0]);
    for (const { clause, entry } of policy.contacts) reasons.push(judge(clause, entry, change));
  }
  if (reasons.length === 0) reasons.push(nothingSaid(policies.length));
  const outcome = outcomeOf(reasons);
  return {
    accountId: facts.dossier.accountId,
    outcome,
    headline: headline(outcome, reasons),
    policies: policies.map(({ policy: { policy } }) => ({ id: policy.id, version: policy.version })),
    reasons: reasons as Reasons,
    missing: reasons.filter(({ result }) => result === "unknown").map(({ clause, finding }) => ({ what: finding, clause })),
    asOf: formatInstant(instantOfAsOf(asOf, policies[0]?.zone ?? null)),
  };
}

function nothingSaid(policies: number): Reason {
  if (policies === 0)
    return { clause: "common", condition: "contract", result: "unknown", finding: "the account has no support contract", facts: [], cure: null };
  return {
    clause: "common",
    condition: "contact",
    result: "info",
    finding: "the policies of the account's contracts say nothing about who may be a contact",
    facts: [],
    cure: null,
  };
}

function outcomeOf(reasons: readonly Reason[]): ContactCheckAnswer["outcome"] {
  const has = (result: Reason["result"]) => reasons.some((reason) => reason.result === result);
  return has("fail") ? "refused" : has("unknown") ? "undetermined" : "allowed";
}

function headline(outcome: ContactCheckAnswer["outcome"], reasons: readonly Reason[]): string {
  if (outcome === "allowed") return "Allowed: nothing in the policies of the account's contracts stands against it";
  const decisive = outcome === "refused" ? "fail" : "unknown";
  const { finding, clause } = reasons.find(({ result }) => result === decisive) as Reason;
  return `${outcome === "refused" ? "Refused" : "Undetermined"}: ${finding} (${clause})`;
}

interface Change {
  dossier: Dossier;
  request: ContactCheckRequest;
  day: CalendarDate;
  /** The other contacts, and those of them who are named for a license. */
  others: NamedContact[];
  namedFor: Map<string, NamedContact[]>;
}

function changeOf(dossier: Dossier, request: ContactCheckRequest, day: CalendarDate): Change {
  const others = dossier.contacts.filter(({ contactId }) => contactId !== request.contact.contactId);
  const namedFor = new Map<string, NamedContact[]>();
  for (const one of others) {
    for (const licenseId of one.licenseIds ?? []) {
      const known = namedFor.get(licenseId);
      if (known === undefined) namedFor.set(licenseId, [one]);
      else known.push(one);
    }
  }
  return { dossier, request, day, others, namedFor };
}

type Entry<Kind extends ContactEntry["contact"]> = Extract<ContactEntry, { contact: Kind }>;

function judge(clause: string, entry: ContactEntry, change: Change): Reason {
  const { contact } = change.request;
  const reason = (result: Reason["result"], finding: string, cure: string | null = null): Reason => ({
    clause,
    condition: `contact-${entry.contact}`,
    result,
    finding,
    facts: [{ path: `contacts/${contact.contactId ?? "new"}/role`, value: contact.role }],
    cure: cure === null ? null : { says: cure, clause, price: null },
  });
  switch (entry.contact) {
    case "most":
      return most(entry, change, reason);
    case "one-each":
      return oneEach(entry, change, reason);
    case "registered":
      if (!(entry.roles as string[]).includes(contact.role) || contact.registeredInPortal === true)
        return reason("pass", "registered in the portal, or no role that needs it");
      return reason(
        "fail",
        `${contact.contactId === undefined ? "the new contact" : `\`${contact.contactId}\``} is not registered in the portal`,
        "register in the portal first",
      );
    case "named-for": {
      const named = entry.on === "license" ? contact.licenseIds : contact.premisesIds;
      if (!(entry.roles as string[]).includes(contact.role) || (named?.length ?? 0) > 0)
        return reason("pass", `named for ${entry.on === "license" ? "licenses" : "premises"}, or no role that needs it`);
      return reason(
        "fail",
        `${withArticle(contact.role)} is named for ${entry.on === "license" ? "a license" : "premises"}, and none is stated`,
        `state ${entry.on}Ids`,
      );
    }
    case "customers-own":
      return reason(
        "info",
        (entry.roles as string[]).includes(contact.role)
          ? "named by the customer, so the person may ask, whomever the person works for"
          : `not named as ${entry.roles.map(spoken).join(" or ")}, so the person may not ask`,
      );
    case "changes-by":
      return changesBy(entry, change, reason);
    case "changes-how":
      return changesHow(entry, change, reason);
  }
}

type Say = (result: Reason["result"], finding: string, cure?: string | null) => Reason;
const spoken = (role: string) => role.replaceAll("-", " ");
const withArticle = (role: string) => `${/^[aeiou]/.test(role) ? "an" : "a"} ${spoken(role)}`;
const plural = (count: number) => (count === 1 ? "" : "s");

/** Other contacts of the roles, for a license where one is given. */
const others = (change: Change, roles: readonly string[], licenseId: string | null): NamedContact[] =>
  (licenseId === null ? change.others : (change.namedFor.get(licenseId) ?? [])).filter(({ role }) => roles.includes(role));

const activeOn = ({ activeFrom, activeUntil }: Pick<Contact, "activeFrom" | "activeUntil">, day: CalendarDate) =>
  (activeFrom === undefined || activeFrom <= day) && (activeUntil === undefined || day <= activeUntil);

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

function most(entry: Entry<"most">, change: Change, say: Say): Reason {
  const { contact } = change.request;
  if (!(entry.roles as string[]).includes(contact.role)) return say("pass", `no ${entry.roles.map(spoken).join(" or ")}`);
  const licenses = licensesById(change.dossier);
  const scopes = entry.per === "account" ? [null] : (contact.licenseIds ?? []);
  for (const licenseId of scopes) {
    const license = licenseId === null ? undefined : licenses(licenseId);
    const cap = entry.most === "seats" ? license?.seats : entry.most;
    if (cap === undefined) return say("unknown", `how many seats license \`${licenseId}\` has is not recorded`);
    const { count, day } = busiest(contact, others(change, entry.roles, licenseId), change.day);
    if (count + 1 > cap) {
      const where = licenseId === null ? "the account" : `license \`${licenseId}\``;
      return say(
        "fail",
        `${where} may have ${cap} ${entry.roles.map((role) => `${spoken(role)}${plural(cap)}`).join(" and ")}, and has ${count} other${plural(count)} on ${day}`,
        "end another contact's time first",
      );
    }
  }
  return say("pass", "within the number of contacts that may be named");
}

function oneEach(entry: Entry<"one-each">, change: Change, say: Say): Reason {
  const { contact } = change.request;
  if (contact.role !== entry.role) return say("pass", `no ${spoken(entry.role)}`);
  for (const licenseId of contact.licenseIds ?? []) {
    const rest = others(change, [entry.role], licenseId).filter((other) => overlap(contact, other));
    if (rest.length > 0)
      return say(
        "fail",
        `license \`${licenseId}\` has ${withArticle(entry.role)} already: \`${rest[0]?.contactId}\``,
        `end the time of \`${rest[0]?.contactId}\` first`,
      );
  }
  return say("pass", `the only ${spoken(entry.role)}`);
}

const overlap = (a: Pick<Contact, "activeFrom" | "activeUntil">, b: Pick<Contact, "activeFrom" | "activeUntil">) =>
  (a.activeFrom ?? "0") <= (b.activeUntil ?? "9") && (b.activeFrom ?? "0") <= (a.activeUntil ?? "9");

function changesBy(entry: Entry<"changes-by">, { request, dossier, day }: Change, say: Say): Reason {
  const { contact, actorContactId } = request;
  if (actorContactId === undefined) return say("pass", "the request does not come from a contact");
  const actor = byId(dossier.contacts, "contactId", actorContactId);
  if (actor === undefined || !activeOn(actor, day)) return say("fail", `\`${actorContactId}\` is no active contact of the account`);
  const before = byId(dossier.contacts, "contactId", contact.contactId);
  const own = actorContactId === contact.contactId;
  if (actor.role === entry.anyone) {
    const theirs = new Set([...(before?.licenseIds ?? []), ...(contact.licenseIds ?? [])]);
    const its = new Set(actor.licenseIds);
    const outside = [...theirs].filter((licenseId) => !its.has(licenseId));
    if (outside.length === 0 || own) return say("pass", `\`${actorContactId}\` is ${spoken(entry.anyone)} of the licenses concerned`);
    return say(
      "fail",
      `\`${actorContactId}\` is not ${spoken(entry.anyone)} of \`${outside[0]}\``,
      `ask the ${spoken(entry.anyone)} of \`${outside[0]}\``,
    );
  }
  if (actor.role === entry.own && own) return say("pass", "own data");
  const why =
    actor.role === entry.own
      ? `${withArticle(entry.own)} may change only their own data`
      : `\`${actorContactId}\` is neither ${spoken(entry.anyone)} nor ${spoken(entry.own)}`;
  return say("fail", why, `ask the ${spoken(entry.anyone)}`);
}

function changesHow(entry: Entry<"changes-how">, { request }: Change, say: Say): Reason {
  const { channel } = request;
  if (channel === undefined) return say("pass", "the way of the change is not stated");
  if (entry.channels.includes(channel)) return say("pass", `changes are taken by ${channel}`);
  if (entry.unknown.includes(channel)) return say("unknown", `changes are taken by ${channel} in hours that are not stated: ${entry.missing}`);
  return say("fail", `changes are not taken by ${channel}`, `use ${entry.channels.join(" or ")}`);
}
