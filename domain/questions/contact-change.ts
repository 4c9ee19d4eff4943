/** "May this contact be recorded so, and may this person change it?" Caps, registration, roles on objects, who may change whom. */
import * as z from "zod";
import { type CompiledPolicy, calendarOf } from "../compiled-policy.ts";
import type { FactUsed, Missing, Reason, Reasons } from "../decision.ts";
import { byId } from "../dossier.ts";
import { contact, type Dossier, type HeldContract, identifier, type NamedContact } from "../facts.ts";
import { zoneOf } from "../notice-rulings.ts";
import type { ContactEntry } from "../policy.ts";
import { spoken } from "../policy-small-words.ts";
import type { Calendar } from "../time/business-calendar.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { formatInstant } from "../time/instant.ts";
import { processPolicy } from "./choose-contract.ts";
import { most, namedFor, oneEach } from "./contact-caps.ts";
import { changesBy, changesHow } from "./contact-updates.ts";
import { channel } from "./entitlement-request.ts";
import { zoneAt } from "./place.ts";
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
  const asked = new Map<string, { policy: CompiledPolicy; zone: string; contract: HeldContract }>();
  for (const contract of facts.dossier.contracts) {
    const policy = processPolicy(facts, contract, asOf);
    // Where no zone is stated and none was agreed, days are those of UTC.
    asked.set(contract.policyId, { policy, zone: zoneAt(policy, contract, facts.dossier.premises) ?? "UTC", contract });
  }
  const policies = [...asked.values()];
  const reasons: Reason[] = [];
  for (const { policy, zone, contract } of policies) {
    const change = changeOf(facts.dossier, request, daysOf(asOf, zone)[0], "instant" in asOf ? asOf.instant : null, (id) =>
      hoursOf(policy, id, facts.dossier, contract),
    );
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
    missing: reasons
      .filter(({ result }) => result === "unknown")
      .map(({ clause, condition, finding }) => ({ what: condition === "contract" ? "contract" : finding, clause })),
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

/** A calendar of the policy, and the contract that states it, where one does. */
export interface HoursOf {
  calendar: Calendar | null;
  agreedIn: string | null;
}

/** Contracts under one policy share its desk: the first that states the hours states them for all. */
function hoursOf(policy: CompiledPolicy, calendarId: string, { contracts }: Dossier, any: HeldContract): HoursOf {
  const states = ({ policyId, settings }: HeldContract) =>
    policyId === any.policyId && settings?.calendars !== undefined && Object.hasOwn(settings.calendars, calendarId);
  const agreed = contracts.find(states);
  const contract = agreed ?? any;
  return { calendar: calendarOf(policy, calendarId, contract, zoneOf(policy, contract)), agreedIn: agreed?.contractId ?? null };
}

export interface Change {
  dossier: Dossier;
  request: ContactCheckRequest;
  day: CalendarDate;
  /** The instant asked for, in epoch milliseconds; null where only a date is known. */
  at: number | null;
  hours: (calendarId: string) => HoursOf;
  /** The contact as it is recorded. */
  before: NamedContact | undefined;
  /** All others; and whoever is named for a license, the contact among them as it is recorded. */
  others: NamedContact[];
  namedFor: Map<string, NamedContact[]>;
}

function changeOf(dossier: Dossier, request: ContactCheckRequest, day: CalendarDate, at: number | null, hours: Change["hours"]): Change {
  const before = byId(dossier.contacts, "contactId", request.contact.contactId);
  const others = dossier.contacts.filter(({ contactId }) => contactId !== request.contact.contactId);
  const namedFor = new Map<string, NamedContact[]>();
  for (const one of dossier.contacts) {
    for (const licenseId of one.licenseIds ?? []) {
      const known = namedFor.get(licenseId);
      if (known === undefined) namedFor.set(licenseId, [one]);
      else known.push(one);
    }
  }
  return { dossier, request, day, at, hours, before, others, namedFor };
}

export type Entry<Kind extends ContactEntry["contact"]> = Extract<ContactEntry, { contact: Kind }>;

function judge(clause: string, entry: ContactEntry, change: Change): Reason {
  const { contact } = change.request;
  const reason: Say = (result, finding, cure = null, facts = []) => ({
    clause,
    condition: `contact-${entry.contact}`,
    result,
    finding,
    facts: [{ path: `contacts/${contact.contactId ?? "new"}/role`, value: contact.role }, ...facts],
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
    case "named-for":
      return namedFor(entry, change, reason);
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

export type Say = (result: Reason["result"], finding: string, cure?: string | null, facts?: FactUsed[]) => Reason;
