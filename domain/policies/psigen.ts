/** PSIGEN: product support commitment, in the order of the text. Exclusions are numbered there; the other ids are ours. */
import { definePolicy } from "../define-policy.ts";

const excluded = (id: string, says: string, states: string) =>
  ({ id, says, conditions: [{ condition: "circumstance", tags: [id], states, otherwise: "fail" }] }) as const;
const excludedService = (id: string, says: string, states: string) =>
  ({ id, says, conditions: [{ condition: "circumstance", tags: [id], service: true, states, otherwise: "fail" }] }) as const;

const fees = { says: "billable: may be done for additional fees or terms" } as const;

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
    { id: "few", says: "few users are affected" },
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
      id: "knowledge-base",
      says: "the knowledge base is open around the clock",
      benefits: [{ benefit: "knowledge-base", says: "knowledge base, 24 hours, 7 days", needs: "nothing" }],
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
        { severity: "many-or-all", usersAffected: ["many-or-all"] },
        { severity: "few", usersAffected: ["few"] },
      ],
      severities: [{ severity: "minor", kinds: ["question", "how-to"] }],
    },
    { id: "escalation", says: "an escalation may be asked for at any time", informs: "it changes how a request is worked on, not whether" },
    { id: "resolution", says: "a workaround is a resolution, and none is promised", informs: "no outcome is promised that could be missed" },
    {
      id: "whats-included",
      says: "what support includes is listed in another document",
      conditions: [
        {
          condition: "request-kind",
          kinds: ["service", "work-order", "feature-request"],
          says: "whether support includes it is in a document that is not part of the policy",
          unlessExcluded: true,
          otherwise: "discretion",
        },
      ],
    },
    {
      id: "updates",
      says: "updates are released to all on supported products",
      benefits: [{ benefit: "updates", says: "updates of supported products when released", needs: "nothing" }],
    },
    {
      id: "special-services",
      says: "work out of hours, or beyond support, may be refused, delayed or charged",
      conditions: [
        {
          condition: "circumstance",
          tags: ["out-of-hours-work", "special-services"],
          service: true,
          states: "work out of hours is asked for",
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
      says: "users and requesters are trained",
      conditions: [{ condition: "attestation", name: "trained", states: "the requester is trained to use the product", otherwise: "discretion" }],
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
        { condition: "version-supported", otherwise: "fail", cure: { says: "move to a supported version" } },
        { condition: "circumstance", tags: ["exclusions.1"], states: "it is about something other than a supported product", otherwise: "fail" },
      ],
    },
    {
      id: "exclusions.2",
      says: "products not covered by an active term license or support contract",
      conditions: [{ condition: "covered", otherwise: "fail", afterTerm: "unknown" }],
    },
    {
      id: "exclusions.3",
      says: "modifications by customers or third parties",
      conditions: [
        {
          condition: "circumstance",
          tags: ["exclusions.3", "modified-product"],
          states: "it is about a modification of the product",
          otherwise: "fail",
          cure: fees,
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
    excluded("exclusions.8", "use that the product was not made for", "the product is used for something it was not made for"),
    excludedService("exclusions.9", "work on site", "work on site is asked for"),
    excludedService("exclusions.10", "systems engineering and programming", "systems engineering or programming is asked for"),
    excluded("exclusions.11", "problems that cannot be reproduced, or lie in the equipment", "the problem cannot be reproduced"),
    excludedService("exclusions.12", "tuning of databases", "tuning of a database is asked for"),
    excludedService("exclusions.13", "assistance with a customer's own use", "assistance with the customer's own use is asked for"),
    excludedService("exclusions.14", "maintenance of hardware", "maintenance of hardware is asked for"),
    {
      id: "custom-code",
      says: "extensions: no obligation, may be supported on additional terms",
      conditions: [
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
