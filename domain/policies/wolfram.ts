/** Wolfram: enterprise support procedures, in the order of the text. The clauses are unnumbered there; the ids are ours. */
import { definePolicy } from "../define-policy.ts";

const agreement = "Enterprise Support Service Level Agreement";
const roles = ["administrative-contact", "regular-contact"] as const;

const byPhone = ["contactName", "contactPhone", "companyName", ["activationKey", "licenseNumber"], "description", "productionImpact"] as const;

export const wolfram = definePolicy({
  id: "wolfram-enterprise-support",
  version: "1",
  vendor: "Wolfram",
  title: "Wolfram Enterprise Support Procedures",
  zone: "America/Chicago",
  effectiveFrom: null,
  programs: [],
  severities: [
    { id: "critical", says: "as the agreement defines it" },
    { id: "urgent", says: "as the agreement defines it" },
    { id: "important", says: "as the agreement defines it" },
    { id: "advisory", says: "as the agreement defines it" },
  ],
  calendars: {},
  readings: [
    {
      id: "wolf-requester",
      question: "What of a request by someone who is no support contact of the license?",
      options: [{ id: "unknown", says: "what holds is in a document that the text refers to" }],
      default: "unknown",
    },
    {
      id: "wolf-critical-missing",
      question: "What of a critical request that names no technical staff available around the clock?",
      options: [
        { id: "fail", says: "it is not eligible" },
        { id: "discretion", says: "it may lose the level requested" },
      ],
      default: "fail",
    },
  ],
  clauses: [
    {
      id: "contacts.registration",
      says: "registration in the portal comes before registration as support contact",
      contacts: [{ contact: "registered", roles: [...roles] }],
    },
    {
      id: "contacts.limit",
      says: "one administrative contact a license; all contacts together at most its seats",
      contacts: [
        { contact: "one-each", role: "administrative-contact", per: "license" },
        { contact: "most", roles: [...roles], most: "seats", per: "license" },
      ],
    },
    {
      id: "contacts.updates",
      says: "administrative contacts change anyone's data on their license, regular ones only their own",
      contacts: [{ contact: "changes-by", anyone: "administrative-contact", own: "regular-contact" }],
    },
    {
      id: "contacts.updates-how",
      says: "by the registration form, or by phone in business hours",
      contacts: [{ contact: "changes-how", channels: ["web", "portal"], unknown: ["phone"], missing: "customer service business hours" }],
    },
    {
      id: "requests.by",
      says: "requests come from the license's support contacts; cover and targets are in the agreement referred to",
      conditions: [
        { condition: "covered", otherwise: "unknown" },
        {
          condition: "request-kind",
          kinds: ["service", "feature-request"],
          says: "an issue is a problem, a question or a work order; whether support includes more is in the agreement referred to",
          unlessExcluded: true,
          otherwise: "unknown",
        },
        { condition: "contact-role", roles: [...roles], on: "license", otherwise: "unknown", when: { reading: "wolf-requester", is: "unknown" } },
      ],
      deadlines: [
        { deadline: "first-response", severity: "critical", missing: agreement, clock: "elapsed", commitment: "informational" },
        { deadline: "first-response", severity: "urgent", missing: agreement, clock: "elapsed", commitment: "informational" },
        { deadline: "first-response", severity: "important", missing: agreement, clock: "elapsed", commitment: "informational" },
        { deadline: "first-response", severity: "advisory", missing: agreement, clock: "elapsed", commitment: "informational" },
      ],
    },
    {
      id: "requests.channels",
      says: "by email or phone; other ways may not be eligible",
      conditions: [
        {
          condition: "channel",
          ways: [{ channel: "email" }, { channel: "phone" }],
          otherwise: "discretion",
          cure: { says: "send it by email or call" },
        },
      ],
    },
    {
      id: "requests.phone",
      says: "by phone: name and number, company, key or license number, description with its effect on production; the case it relates back to",
      conditions: [
        {
          condition: "intake",
          fields: byPhone.map((field) => (typeof field === "string" ? field : [...field])),
          channels: ["phone"],
          otherwise: "fail",
        },
      ],
    },
    {
      id: "requests.email",
      says: "by email also: address, product and version, type, priority, what it takes to reproduce it, a clear question, what was consulted",
      conditions: [
        {
          condition: "intake",
          fields: [
            ...byPhone.map((field) => (typeof field === "string" ? field : [...field])),
            "contactEmail",
            "productName",
            "productVersion",
            "inquiryType",
            "priority",
            "reproduction",
            "question",
            "resourcesConsulted",
          ],
          channels: ["email"],
          otherwise: "fail",
        },
      ],
    },
    {
      id: "requests.english",
      says: "in English",
      conditions: [{ condition: "language", languages: ["en"], otherwise: "fail", cure: { says: "file it in English" } }],
    },
    {
      id: "urgent.staff",
      says: "critical and urgent: trained staff, fixes applied at once, access to what it takes",
      obligations: [
        { obligation: "provide trained staff", severities: ["critical", "urgent"], ifMissed: "discretion" },
        { obligation: "apply and verify fixes and workarounds at once", severities: ["critical", "urgent"], ifMissed: "discretion" },
        { obligation: "give access to products, databases and personnel", severities: ["critical", "urgent"], ifMissed: "discretion" },
      ],
    },
    {
      id: "critical.technical-contact",
      says: "critical: a technical member of staff who is available around the clock",
      conditions: [
        {
          condition: "intake",
          fields: ["technicalContact247"],
          severities: ["critical"],
          otherwise: "fail",
          when: { reading: "wolf-critical-missing", is: "fail" },
        },
        {
          condition: "intake",
          fields: ["technicalContact247"],
          severities: ["critical"],
          otherwise: "discretion",
          when: { reading: "wolf-critical-missing", is: "discretion" },
        },
      ],
    },
    {
      id: "critical.call",
      says: "critical by email: a call within 15 minutes of filing, or the level may be lost",
      conditions: [
        {
          condition: "timed-call",
          severities: ["critical"],
          channels: ["email"],
          withinMinutes: 15,
          otherwise: "discretion",
          cure: { says: "call now" },
        },
      ],
      obligations: [
        { obligation: "call within 15 minutes of filing", severities: ["critical"], channels: ["email"], withinMinutes: 15, ifMissed: "discretion" },
      ],
    },
    {
      id: "maintenance-notice",
      says: "upgrades and updates of production systems are announced by email 72 hours ahead",
      notices: [{ notice: "maintenance", ruling: "hours-ahead", hours: 72, forms: ["email"] }],
    },
  ],
});
