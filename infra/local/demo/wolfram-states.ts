/** One Wolfram account for each state: contacts by license and seat, announced maintenance, and targets of another document. */
import type { HeldContract } from "../../../domain/facts.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { DemoAccount } from "./account.ts";
import { contacts, customersOf, notice, termEnding } from "./sketch.ts";
import { wolfram } from "./wolfram-catalog.ts";

export function wolframStates(today: CalendarDate): DemoAccount[] {
  const { accounts, add, paid, nextPerson } = customersOf(wolfram);
  const usual = (daysLeft: number, more: Partial<HeldContract> = {}) => paid(termEnding(today, daysLeft), [["wol-notebook", 3]], more);
  const named = { licenseIds: ["l-1"], registeredInPortal: true };

  add(
    "abacus-current",
    "Abacus University",
    "covered, with an administrative and a regular contact: entitled; targets are in another document",
    usual(140),
  );

  // Contacts by license and seat (contacts.registration, contacts.limit, requests.by)
  const full = usual(150);
  add("beaker-all-seats-named", "Beaker Research", "three seats and three contacts: nobody more can be named", {
    ...full,
    contacts: wolfram.contacts(3, full.term.firstDay, nextPerson(), full.licenses),
  });
  const twice = usual(160);
  add("caliper-two-administrators", "Caliper Engines", "two administrative contacts are recorded for one license, which may have one", {
    ...twice,
    contacts: contacts("administrative-contact", 2, twice.term.firstDay, nextPerson(), named),
  });
  const unregistered = usual(170);
  add("diode-not-registered", "Diode Labs", "the regular contact is not registered in the portal", {
    ...unregistered,
    contacts: unregistered.contacts.map((contact) => (contact.role === "regular-contact" ? { ...contact, registeredInPortal: false } : contact)),
  });
  const servers = paid(termEnding(today, 180), [
    ["wol-notebook", 3],
    ["wol-kernel", 2],
  ]);
  add("ether-contact-of-one-license", "Ether Pharma", "the regular contact is named for one of two licenses: about the other one it is unknown", {
    ...servers,
    contacts: servers.contacts.map((contact) => (contact.role === "regular-contact" ? { ...contact, ...named } : contact)),
  });
  const left = usual(190);
  add("flask-contact-left", "Flask Foods", "yesterday was the regular contact's last day", {
    ...left,
    contacts: left.contacts.map((contact) => (contact.role === "regular-contact" ? { ...contact, activeUntil: addDays(today, -1) } : contact)),
  });

  // Targets and readings (requests.by, critical.technical-contact)
  add(
    "gauge-targets-agreed",
    "Gauge Aerospace",
    "the parties agreed on response targets: deadlines are known",
    usual(200, {
      settings: {
        targets: [
          { deadline: "first-response", severity: "critical", targetMinutes: 60, clock: "elapsed" },
          { deadline: "first-response", severity: "urgent", targetMinutes: 240, clock: "elapsed" },
        ],
      },
    }),
  );
  add(
    "helix-critical-at-discretion",
    "Helix Genomics",
    "the parties agreed that a critical case without staff around the clock may lose its level, not more",
    usual(210, { settings: { readings: { "wolf-critical-missing": "discretion" } } }),
  );
  add("isotope-after-term", "Isotope Energy", "the term ended a month ago: what follows is in the agreement", usual(-30));

  // Announced maintenance (maintenance-notice): by email, 72 hours ahead; it begins tomorrow at 18:00 UTC
  const announced = (accountId: string, name: string, shows: string, more: Parameters<typeof notice>[2]) =>
    add(accountId, name, shows, {
      ...usual(100),
      notices: [notice(addDays(today, -2), accountId, { kind: "maintenance", startsAt: `${addDays(today, 1)}T18:00:00Z`, ...more })],
    });
  const inTime = `${addDays(today, -2)}T18:00:00Z`;
  announced("joule-maintenance-in-time", "Joule Motors", "maintenance announced exactly 72 hours ahead", { sentAt: inTime });
  announced("kelvin-maintenance-late", "Kelvin Cooling", "maintenance announced a minute less than 72 hours ahead", {
    sentAt: inTime.replace("18:00", "18:01"),
  });
  announced("lumen-maintenance-by-phone", "Lumen Optics", "maintenance announced by phone: not the form that counts", {
    form: "phone",
    sentAt: inTime,
  });
  announced("matrix-maintenance-day-only", "Matrix Bank", "only the day of the announcement is known, and the last instant in time is within it", {});
  return accounts;
}
