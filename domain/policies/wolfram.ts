/** Wolfram: enterprise support procedures, in the order of the text. The clauses are unnumbered there; the ids are ours. */
import { definePolicy } from "../define-policy.ts";

const agreement = "Enterprise Support Service Level Agreement";
const roles = ["administrative-contact", "regular-contact"] as const;

const severities = ["critical", "urgent", "important", "advisory"] as const;
const duties = [
  "provide trained staff",
  "apply and verify fixes and workarounds at once",
  "give access to products, databases and personnel",
] as const;

/** What a field is called to the customer. */
const words = {
  description: "a complete description of the issue",
  productionImpact: "how it has affected the production system",
  inquiryType: "the type of inquiry",
  reproduction: "what it takes to reproduce it",
  question: "a clear question",
  resourcesConsulted: "the resources consulted",
  technicalContact247: "a technical member of staff who is available around the clock",
  caseId: "the case that it relates back to",
};

const byPhone = ["contactName", "contactPhone", "companyName", ["activationKey", "licenseNumber"], "description", "productionImpact"] as const;

export const wolfram = definePolicy({
  id: "wolfram-enterprise-support",
  version: "1",
  vendor: "Wolfram",
  title: "Wolfram Enterprise Support Procedures",
  zone: "America/Chicago",
  effectiveFrom: null,
  programs: [],
  severities: severities.map((id) => ({ id, says: "as the agreement defines it" })),
  calendars: { "customer-service": { zone: null, weekly: null, holidays: { firstYear: 2000, lastYear: 1999, dates: [] } } },
  readings: [
    {
      id: "wolf-requester",
      question: "What of a request by someone who is no support contact of the license?",
      options: [
        { id: "unknown", says: "what holds is in a document that the text refers to" },
        { id: "literal", says: "it is refused: requests come from support contacts" },
      ],
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
      id: "definitions",
      says: "words have the meaning that the agreement gives them",
      assessments: severities.map((severity) => ({ severity, missing: agreement })),
    },
    {
      id: "contacts.registration",
      says: "registration in the portal comes before registration as support contact",
      contacts: [{ contact: "registered", roles: [...roles] }],
    },
    {
      id: "contacts.limit",
      says: "one administrative contact a license, at first the purchaser; all contacts together at most its seats",
      contacts: [
        { contact: "one-each", role: "administrative-contact", per: "license" },
        { contact: "most", roles: [...roles], most: "seats", per: "license" },
      ],
    },
    {
      id: "contacts.updates",
      says: "administrative contacts change the data of the contacts of their license, regular ones only their own",
      contacts: [{ contact: "changes-by", anyone: "administrative-contact", own: "regular-contact" }],
    },
    {
      id: "contacts.updates-how",
      says: "by the registration form, or by phone in business hours",
      contacts: [
        {
          contact: "changes-how",
          channels: ["web", "portal"],
          unknown: ["phone"],
          missing: "customer service business hours",
          calendar: "customer-service",
        },
      ],
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
        { condition: "contact-role", roles: [...roles], on: "license", otherwise: "fail", when: { reading: "wolf-requester", is: "literal" } },
      ],
      deadlines: severities.map((severity) => ({
        deadline: "first-response",
        severity,
        missing: agreement,
        clock: "elapsed",
        commitment: "informational",
      })),
      closures: [{ ground: "not-stated", says: "the text does not say when a case may be closed, and refers to the agreement", missing: agreement }],
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
          words,
          channels: ["phone"],
          otherwise: "fail",
        },
        { condition: "intake", fields: ["caseId"], words, channels: ["phone"], attested: "relatesToCase", otherwise: "fail" },
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
          words,
          channels: ["email"],
          otherwise: "fail",
        },
        { condition: "intake", fields: ["caseId"], words, channels: ["email"], attested: "relatesToCase", otherwise: "fail" },
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
      // That the level may be lost is said of critical requests alone.
      obligations: duties.flatMap((obligation) => [
        { obligation, severities: ["critical"], ifMissed: "discretion" },
        { obligation, severities: ["urgent"], ifMissed: null },
      ]),
    },
    {
      id: "critical.technical-contact",
      says: "critical: a technical member of staff who is available around the clock",
      conditions: [
        {
          condition: "intake",
          fields: ["technicalContact247"],
          words,
          severities: ["critical"],
          otherwise: "fail",
          when: { reading: "wolf-critical-missing", is: "fail" },
        },
        {
          condition: "intake",
          fields: ["technicalContact247"],
          words,
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
