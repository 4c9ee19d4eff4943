/** PSIGEN: product support commitment, in the order of the text. Exclusions are numbered there; the other ids are ours. */
import { definePolicy } from "../define-policy.ts";

/** What is no support may be done all the same, as a special service. */
const special = { says: "billable: may be done as a special service, for additional fees or terms", clause: "special-services" } as const;
const fees = { says: "billable: may be done for additional fees or terms" } as const;

const excluded = (id: string, says: string, states: string) =>
  ({ id, says, conditions: [{ condition: "circumstance", tags: [id], states, otherwise: "fail", cure: special }] }) as const;
const excludedService = (id: string, says: string, states: string) =>
  ({ id, says, conditions: [{ condition: "circumstance", tags: [id], service: true, states, otherwise: "fail", cure: special }] }) as const;

const includedList = "What's Included: Support and Professional Services";

export const psigen = definePolicy({
  id: "psigen-support",
  version: "1",
  vendor: "PSIGEN",
  title: "PSIGEN Product Support Commitment",
  zone: null,
  effectiveFrom: null,
  programs: [],
  severities: [
    { id: "many-or-all", says: "many or all users are affected" },
    { id: "few", says: "few users are affected, or their number does not apply" },
    { id: "minor", says: "minor, how-to or usage questions" },
  ],
  calendars: { "support-hours": { zone: null, weekly: null, holidays: { firstYear: 2000, lastYear: 1999, dates: [] } } },
  readings: [],
  clauses: [
    {
      id: "scope",
      says: "support through distributors, resellers or directly, under the license agreement",
      informs: "who serves whom stands at reseller-first",
    },
    {
      id: "definitions.supported-product",
      says: "products that the lifecycle policy supports at the time",
      conditions: [{ condition: "product-recorded", otherwise: "unknown" }],
    },
    {
      id: "definitions.support-request",
      says: "a request for help with a supported product, by a customer, reseller or distributor",
      informs: "what is no supported product is excluded at exclusions.1",
    },
    {
      id: "definitions.updates",
      says: "new versions that are released to the public and only correct errors",
      informs: "who has them stands at updates",
    },
    {
      id: "knowledge-base",
      says: "the knowledge base on supported products is open around the clock, with commercially reasonable efforts",
      benefits: [{ benefit: "knowledge-base", says: "knowledge base on supported products, 24 hours, 7 days", needs: "nothing" }],
    },
    {
      id: "support.after-kb",
      says: "support where the knowledge base did not solve it",
      conditions: [
        { condition: "attestation", name: "knowledgeBaseConsulted", states: "the knowledge base was tried first", otherwise: "discretion" },
      ],
    },
    {
      id: "response.table",
      says: "first response within 2, 3 or 4 business hours by users affected, with commercially reasonable efforts; some cells are lost",
      deadlines: [
        { deadline: "first-response", severity: "many-or-all", targetMinutes: 120, clock: { calendar: "support-hours" }, commitment: "effort" },
        { deadline: "first-response", severity: "few", targetMinutes: 180, clock: { calendar: "support-hours" }, commitment: "effort" },
        { deadline: "first-response", severity: "minor", targetMinutes: 240, clock: { calendar: "support-hours" }, commitment: "effort" },
      ],
      assessments: [
        { severity: "minor", all: ["question"] },
        {
          severity: "many-or-all",
          usersAffected: ["many-or-all"],
          lostElsewhere: { environment: "production", missing: "environment cell of the row many or all users" },
        },
        {
          severity: "few",
          usersAffected: ["few"],
          lostElsewhere: { environment: "production", missing: "environment cell of the row few users" },
        },
      ],
      severities: [{ severity: "minor", kinds: ["question", "how-to"] }],
    },
    { id: "escalation", says: "an escalation may be asked for at any time", informs: "it changes how a request is worked on, not whether" },
    {
      id: "resolution",
      says: "a workaround is a resolution, and none is promised",
      closures: [
        {
          ground: "not-stated",
          says: "a workaround or an update may be the resolution; when a case is closed the text does not say",
          missing: "when a case may be closed",
        },
      ],
      informs: "no outcome is promised that could be missed",
    },
    {
      id: "whats-included",
      says: "what support includes is listed in another document",
      conditions: [
        {
          condition: "request-kind",
          kinds: ["service", "work-order", "feature-request"],
          says: "whether support includes it is in a document that is not part of the policy",
          missing: includedList,
          unlessExcluded: true,
          otherwise: "discretion",
        },
      ],
    },
    {
      id: "updates",
      says: "updates of supported products go to all when they are released to the public",
      benefits: [{ benefit: "updates", says: "updates of supported products, when released to the public", needs: "nothing" }],
    },
    {
      id: "special-services",
      says: "work out of hours, or beyond support, may be refused, delayed or charged",
      conditions: [
        {
          condition: "circumstance",
          tags: ["out-of-hours-work"],
          states: "work out of the support hours is asked for",
          otherwise: "discretion",
          cure: fees,
        },
        {
          condition: "circumstance",
          tags: ["special-services"],
          service: true,
          states: "work is asked for that the vendor need not count as support or maintenance",
          otherwise: "discretion",
          cure: fees,
        },
      ],
    },
    {
      id: "reseller-first",
      says: "who bought through a distributor or reseller turns to it",
      conditions: [{ condition: "sold-by-vendor", of: ["contract", "license"], exceptFromReseller: true, otherwise: "redirect" }],
    },
    {
      id: "customer.trained",
      says: "all users are trained to use the product, and so is who submits the request",
      conditions: [
        {
          condition: "attestation",
          name: "trained",
          states: "all users, and who submits the request, are trained to use the product",
          otherwise: "discretion",
        },
      ],
    },
    {
      id: "customer.access",
      says: "the requester has the access that troubleshooting takes",
      conditions: [{ condition: "attestation", name: "access", states: "the requester has full access", otherwise: "discretion" }],
    },
    {
      id: "exclusions.1",
      says: "anything that is not a supported product",
      conditions: [
        { condition: "version-supported", otherwise: "fail" },
        { condition: "circumstance", tags: ["exclusions.1"], states: "it is about something other than a supported product", otherwise: "fail" },
      ],
    },
    {
      id: "exclusions.2",
      says: "products not covered by an active term license or support contract",
      conditions: [
        {
          condition: "covered",
          otherwise: "fail",
          afterTerm: "unknown",
          cure: { says: "agree on a support contract or a term license, and record it" },
        },
      ],
    },
    {
      id: "exclusions.3",
      says: "modifications by customers or third parties, the vendor's own custom work too",
      conditions: [
        {
          condition: "circumstance",
          tags: ["exclusions.3", "modified-product"],
          states: "it is about a modification of the product, whoever made it",
          otherwise: "fail",
          cure: special,
        },
      ],
    },
    excluded(
      "exclusions.4",
      "products not installed, operated or maintained as documented",
      "the product was installed, operated or maintained otherwise than documented",
    ),
    excluded("exclusions.5", "software of customers or third parties", "it is about software of the customer or a third party"),
    excluded("exclusions.6", "use with systems not named as compatible", "it runs with a system that is not named as compatible"),
    excludedService("exclusions.7", "advice on compatibility", "advice on compatibility is asked for"),
    excluded(
      "exclusions.8",
      "use that the product was not made for, also in breach of its license or cloud agreement",
      "the product is used for something it was not made for, or in breach of its agreement",
    ),
    excludedService("exclusions.9", "work on site", "work on site is asked for"),
    excludedService("exclusions.10", "systems engineering and programming", "systems engineering or programming is asked for"),
    excluded(
      "exclusions.11",
      "problems that cannot be reproduced from what was told, or cannot be remedied because of the equipment",
      "the problem cannot be reproduced, or lies in the equipment",
    ),
    excludedService("exclusions.12", "tuning of databases", "tuning of a database is asked for"),
    excludedService("exclusions.13", "assistance with a customer's own use", "assistance with the customer's own use is asked for"),
    excludedService("exclusions.14", "maintenance of hardware", "maintenance of hardware is asked for"),
    {
      id: "custom-code",
      says: "extensions: no obligation, may be supported on additional terms",
      conditions: [
        {
          condition: "product-kind",
          kinds: ["extension"],
          says: "there is no obligation to support extensions",
          otherwise: "discretion",
          cure: fees,
        },
        {
          condition: "circumstance",
          tags: ["extension", "custom-code"],
          states: "it is about an extension of the product",
          otherwise: "discretion",
          cure: fees,
        },
      ],
    },
  ],
});
