/** P20: of the technical contacts, never more than six count on any day, and as many as may do. */
import fc from "fast-check";
import { expect } from "vitest";
import type { NamedContact } from "../../../domain/facts.ts";
import { decideEntitlement } from "../../../domain/questions/entitlement.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { invariant } from "../property.ts";
import { plainRequest, runs } from "./asking.ts";
import { factsOf, portfolios } from "./portfolio.ts";

type Counts = (facts: KnownFacts, contactId: string, day: CalendarDate) => boolean;
const counts: Counts = (facts, contactId, day) =>
  decideEntitlement(facts, { ...plainRequest, licenseId: "l-1", contactId }, { date: day }).reasons.find(({ clause }) => clause === "6.3")?.result ===
  "pass";

const days = fc.constantFrom(-40, -30, -1, 0, 1, 2, 30);
const contacts = fc.array(
  fc.record({ from: fc.option(days, { nil: undefined }), until: fc.option(days, { nil: undefined }), technical: fc.nat(9) }),
  { minLength: 5, maxLength: 14 },
);

const isActive = ({ role, activeFrom = "", activeUntil = "9" }: NamedContact, day: CalendarDate) =>
  role === "technical-contact" && activeFrom <= day && day <= activeUntil;

const atMostSix = (ask: Counts) =>
  fc.property(portfolios(), contacts, fc.array(days, { minLength: 1, maxLength: 3 }), (portfolio, made, offsets) => {
    const named = made.map(
      ({ from, until, technical }, index): NamedContact => ({
        contactId: `t-${String(index).padStart(2, "0")}`,
        role: technical > 0 ? "technical-contact" : "administrative-contact",
        ...(from === undefined ? {} : { activeFrom: addDays(portfolio.focus, from) }),
        ...(until === undefined ? {} : { activeUntil: addDays(portfolio.focus, until) }),
      }),
    );
    const facts = factsOf({ ...portfolio, dossier: { ...portfolio.dossier, contacts: named } });
    for (const offset of offsets) {
      const day = addDays(portfolio.focus, offset);
      const active = named.filter((contact) => isActive(contact, day));
      const counting = named.filter(({ contactId }) => ask(facts, contactId, day));
      expect(counting.length).toBe(Math.min(active.length, 6));
      expect(counting.every((contact) => active.includes(contact))).toBe(true);
      // Nobody who counts was named after somebody who is left out.
      const latest =
        counting
          .map(({ activeFrom = "" }) => activeFrom)
          .sort()
          .at(-1) ?? "";
      for (const contact of active) if (!counting.includes(contact)) expect((contact.activeFrom ?? "") >= latest).toBe(true);
    }
  });

invariant(
  "P20: six technical contacts count, those named first",
  atMostSix,
  counts,
  {
    "a seventh": (facts, contactId, day) => isActive(facts.dossier.contacts.find((one) => one.contactId === contactId) as NamedContact, day),
    "six of the list, active or not": (facts, contactId, day) =>
      counts({ ...facts, dossier: { ...facts.dossier, contacts: facts.dossier.contacts.slice(0, 6) } }, contactId, day),
    "not on the last active day": (facts, contactId, day) =>
      counts(facts, contactId, day) && facts.dossier.contacts.find((one) => one.contactId === contactId)?.activeUntil !== day,
    "those named last": (facts, contactId, day) => {
      const active = facts.dossier.contacts
        .filter((contact) => isActive(contact, day))
        .sort((a, b) => ((a.activeFrom ?? "") > (b.activeFrom ?? "") ? -1 : 1));
      return active.slice(0, 6).some((contact) => contact.contactId === contactId);
    },
  },
  runs(100),
);
