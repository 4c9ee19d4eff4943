/** Ensim: technical support policy, in the order of the text. The clauses are unnumbered there; the ids are ours. */
import { definePolicy } from "../define-policy.ts";

const billable = "paid professional services, on a time and materials basis";

export const ensim = definePolicy({
  id: "ensim-support",
  version: "1",
  vendor: "Ensim",
  title: "Ensim Technical Support Policy",
  zone: null,
  effectiveFrom: null,
  programs: ["24x7", "16x5"],
  severities: [
    { id: "critical", says: "operation prevented or severely limited, with significant loss to the business and no known workaround" },
    { id: "major", says: "a significant problem without pending loss, or with a workaround" },
    { id: "minor", says: "no significant effect, or a general question" },
    { id: "feature-request", says: "a function that does not exist" },
  ],
  calendars: {
    "16x5": {
      when: { reading: "ensim-hours", is: "not-stated" },
      zone: null,
      weekly: null,
      holidays: { firstYear: 2000, lastYear: 1999, dates: [] },
    },
    "24x7": {
      zone: null,
      weekly: {
        mon: [["00:00", "24:00"]],
        tue: [["00:00", "24:00"]],
        wed: [["00:00", "24:00"]],
        thu: [["00:00", "24:00"]],
        fri: [["00:00", "24:00"]],
        sat: [["00:00", "24:00"]],
        sun: [["00:00", "24:00"]],
      },
      holidays: { firstYear: 2000, lastYear: 1999, dates: [] },
    },
  },
  readings: [
    {
      id: "ensim-hours",
      question: "Which are the hours of 16x5?",
      options: [{ id: "not-stated", says: "the text does not state them: unknown until they are configured" }],
      default: "not-stated",
    },
    {
      id: "ensim-closures",
      question: "Do office closures stop the clock of 24x7?",
      options: [
        { id: "16x5-only", says: "no, only that of 16x5" },
        { id: "literal", says: "yes: hours are less office closures in every program" },
      ],
      default: "16x5-only",
    },
    {
      id: "ensim-reinstatement",
      question: "Which fees of the price list bring support back?",
      options: [
        { id: "fee-and-year", says: "the reinstatement fee and the annual fee of the new term" },
        { id: "fee-only", says: "the reinstatement fee" },
      ],
      default: "fee-and-year",
    },
    {
      id: "ensim-end-of-life",
      question: "From when on is a product out of support whose end is announced?",
      options: [
        { id: "day-announced", says: "from the day that was announced; unknown until that is recorded" },
        { id: "at-once", says: "from the announcement on" },
      ],
      default: "day-announced",
    },
  ],
  clauses: [
    {
      id: "eligibility.product",
      says: "support for the product it was bought for",
      conditions: [
        { condition: "covered", otherwise: "fail", cure: { says: "bring support back: reinstatement quote", clause: "reinstatement.fees" } },
      ],
    },
    {
      id: "eligibility.payments",
      says: "all payments for support are current before any help",
      conditions: [
        { condition: "payments-current", scope: "policy", withoutContract: "in-scope", otherwise: "fail", cure: { says: "pay the open balance" } },
      ],
    },
    {
      id: "eligibility.portal",
      says: "customers in good standing have documentation and released updates of their product",
      benefits: [
        { benefit: "documentation", says: "all documentation of the product bought", needs: "good-standing" },
        { benefit: "updates", says: "generally available updates and fixes of the product bought", needs: "good-standing" },
      ],
    },
    {
      id: "eligibility.arrears",
      says: "all support may be refused while the account is past due or in arrears",
      conditions: [
        {
          condition: "payments-current",
          scope: "other",
          withoutContract: "in-scope",
          otherwise: "discretion",
          cure: { says: "pay the open balance" },
        },
      ],
    },
    {
      id: "reinstatement.fees",
      says: "lapsed support comes back for the fees of the price list of the day",
      formulas: [
        { formula: "reinstatement", licenseKinds: ["perpetual"], anchor: "own" },
        { formula: "listed-reinstatement-fee", missing: "reinstatement fee in the price list of the day" },
        { formula: "forward-fees", months: 12, when: { reading: "ensim-reinstatement", is: "fee-and-year" }, withoutList: "unknown" },
      ],
    },
    {
      id: "reinstatement.repurchase",
      says: "after a lapse of a year or more the licenses are bought again",
      formulas: [{ formula: "reinstatement-window", months: 12, afterwards: "repurchase" }],
    },
    {
      id: "eligibility.whole-family",
      says: "support for all licenses of a product family held, not for fewer",
      conditions: [
        { condition: "whole-coverage", group: "product-line", of: ["perpetual"], otherwise: "fail", cure: { says: "cover the whole family" } },
      ],
    },
    {
      id: "case.contents",
      says: "a case states a valid Ensim ID, product and version, the question or problem, and access or a contact for it",
      conditions: [
        {
          condition: "intake",
          fields: ["customerNumber", "productName", "productVersion", "description", ["systemAccess", "accessContact"]],
          initially: true,
          otherwise: "fail",
        },
      ],
    },
    {
      id: "case.reproduce",
      says: "the customer helps to reproduce the problem and is available",
      conditions: [
        {
          condition: "circumstance",
          tags: ["cannot-reproduce", "case.reproduce"],
          states: "the problem cannot be reproduced",
          otherwise: "discretion",
          cure: { says: "help to reproduce it" },
        },
        {
          condition: "circumstance",
          tags: ["contact-unavailable"],
          states: "the contact who reported it is not available for questions",
          otherwise: "discretion",
          cure: { says: "be available for questions" },
        },
      ],
      obligations: [
        {
          obligation: "help to reproduce the problem, and be available for questions",
          kinds: ["error", "question", "how-to"],
          ifMissed: "discretion",
        },
      ],
    },
    {
      id: "case.test-cases",
      says: "help in writing test cases is a paid service",
      conditions: [
        {
          condition: "circumstance",
          tags: ["case.test-cases"],
          service: true,
          states: "help in writing test cases is asked for",
          otherwise: "fail",
          cure: { says: `billable: ${billable}` },
        },
      ],
    },
    {
      id: "case.web-first",
      says: "a web case first, then the phone",
      conditions: [
        {
          condition: "channel",
          ways: [{ channel: "web" }, { channel: "portal" }, { channel: "phone", onlyWith: "caseId" }],
          otherwise: "fail",
          cure: { says: "file the web case first" },
        },
      ],
    },
    {
      id: "case.hours",
      says: "support in the hours of the program, less office closures; the portal always",
      informs: "out of hours nothing is refused, only the clock of response-times waits",
    },
    { id: "case.one-issue", says: "a case for each issue", conditions: [{ condition: "one-issue", otherwise: "fail" }] },
    {
      id: "case.remote-access",
      says: "remote access is granted in time where it is needed",
      conditions: [
        {
          condition: "circumstance",
          tags: ["case.remote-access"],
          states: "remote access that is needed is not granted in time",
          otherwise: "discretion",
          cure: { says: "grant remote access" },
        },
      ],
      obligations: [{ obligation: "grant remote access where it is needed", kinds: ["error", "question", "how-to"], ifMissed: "discretion" }],
    },
    {
      id: "stages",
      says: "initial response, follow-up, fix; feature requests are passed on and may be closed",
      conditions: [
        {
          condition: "request-kind",
          kinds: ["feature-request"],
          severities: ["feature-request"],
          says: "feature requests are passed on and may be closed",
          otherwise: "discretion",
        },
        {
          condition: "request-kind",
          kinds: ["service", "work-order"],
          says: "the text does not say whether support includes a service or work that it does not list",
          unlessExcluded: true,
          otherwise: "unknown",
        },
      ],
      closures: [
        {
          ground: "not-stated",
          says: "the case of a feature request may be closed once it is passed on; of other cases the text does not say when",
          missing: "when a case may be closed that is no feature request",
        },
      ],
    },
    {
      id: "severity",
      says: "the customer assigns the severity, the vendor may change it; what was developed for one customer may not be covered",
      conditions: [
        {
          condition: "circumstance",
          tags: ["customer-development"],
          states: "it is about something that was developed for this customer",
          otherwise: "discretion",
        },
      ],
      severities: [{ severity: "feature-request", kinds: ["feature-request"] }],
      assessments: [
        { severity: "feature-request", all: ["newFunction"] },
        { severity: "minor", all: ["question"] },
        {
          severity: "critical",
          any: ["inoperable", "majorFunctionImpacted", "performanceDegraded"],
          all: ["businessLoss"],
          denied: ["workaroundKnown"],
        },
        { severity: "major", any: ["inoperable", "majorFunctionImpacted", "performanceDegraded"], denied: ["businessLoss"] },
        { severity: "major", any: ["inoperable", "majorFunctionImpacted", "performanceDegraded"], all: ["workaroundKnown"] },
        { severity: "minor", denied: ["inoperable", "majorFunctionImpacted", "performanceDegraded"] },
      ],
    },
    {
      id: "response-times",
      says: "first response to critical issues: 4 hours in 16x5, 2 hours in 24x7; other rows of the table have lost their marks",
      deadlines: [
        {
          deadline: "first-response",
          severity: "critical",
          program: "24x7",
          targetMinutes: 120,
          clock: "elapsed",
          commitment: "committed",
          when: { reading: "ensim-closures", is: "16x5-only" },
        },
        {
          deadline: "first-response",
          severity: "critical",
          program: "24x7",
          targetMinutes: 120,
          clock: { calendar: "24x7" },
          commitment: "committed",
          when: { reading: "ensim-closures", is: "literal" },
        },
        {
          deadline: "first-response",
          severity: "critical",
          program: "16x5",
          targetMinutes: 240,
          clock: { calendar: "16x5" },
          commitment: "committed",
        },
      ],
      benefits: [
        { benefit: "web-and-phone", says: "web and phone access", needs: "contract", missing: "marks of the row web and phone access" },
        {
          benefit: "upgrade-assistance",
          says: "remote assistance with upgrades",
          needs: "contract",
          missing: "marks of the row upgrade installation assistance",
        },
        { benefit: "toll-free", says: "toll-free access in the US", needs: "contract", missing: "marks of the row toll free access" },
        { benefit: "escalation", says: "priority escalation", needs: "contract", missing: "marks of the row priority escalation" },
        { benefit: "account-manager", says: "a primary technical account manager", needs: "contract", missing: "marks of the row account manager" },
        { benefit: "ticket-summaries", says: "online ticket summaries", needs: "contract", missing: "marks of the row ticket summaries" },
      ],
    },
    {
      id: "response-times.account-manager",
      says: "critical issues that need attention at once, and escalations, go to the account manager; the case is filed first",
      informs: "whom to turn to beside the case; which programs have an account manager stands at response-times",
    },
    { id: "confidentiality", says: "what is said in support is confidential", informs: "a duty without a stated effect on a case" },
    {
      id: "third-party.versions",
      says: "other versions of third-party components are not supported without approval",
      conditions: [
        {
          condition: "circumstance",
          tags: ["third-party.versions"],
          states: "a third-party component has a version that was not specified",
          otherwise: "fail",
          unless: { attested: "vendorApproved" },
          cure: { says: "use a specified version, or have it approved" },
        },
      ],
    },
    {
      id: "third-party.vendor",
      says: "problems in others' software are looked at with reasonable effort",
      conditions: [
        {
          condition: "circumstance",
          tags: ["third-party.vendor"],
          states: "the cause lies in a third party's software",
          otherwise: "discretion",
          cure: { says: "turn to the third party's support" },
        },
      ],
    },
    {
      id: "third-party.prerelease",
      says: "no support for problems that come from use with alpha or beta software of third parties",
      conditions: [
        {
          condition: "circumstance",
          tags: ["third-party.prerelease"],
          states: "the problem comes from use with alpha or beta software of a third party",
          otherwise: "fail",
          cure: { says: "use a released version" },
        },
      ],
    },
    {
      id: "excluded.a",
      says: "project management",
      conditions: [{ condition: "circumstance", tags: ["excluded.a"], service: true, states: "project management is asked for", otherwise: "fail" }],
    },
    {
      id: "excluded.b",
      says: "personnel management",
      conditions: [
        { condition: "circumstance", tags: ["excluded.b"], service: true, states: "personnel management is asked for", otherwise: "fail" },
      ],
    },
    {
      id: "excluded.c",
      says: "application design and development of new features",
      conditions: [
        { condition: "circumstance", tags: ["excluded.c"], service: true, states: "design or new features are asked for", otherwise: "fail" },
      ],
    },
    {
      id: "excluded.d",
      says: "consulting and services for other software",
      conditions: [
        { condition: "circumstance", tags: ["excluded.d"], service: true, states: "services for other software are asked for", otherwise: "fail" },
      ],
    },
    {
      id: "excluded.e",
      says: "restoring lost data",
      conditions: [{ condition: "circumstance", tags: ["excluded.e"], service: true, states: "restoring lost data is asked for", otherwise: "fail" }],
    },
    {
      id: "excluded.f",
      says: "support of hardware and peripherals",
      conditions: [{ condition: "circumstance", tags: ["excluded.f"], service: true, states: "support of hardware is asked for", otherwise: "fail" }],
    },
    {
      id: "excluded.g",
      says: "functional deliverables",
      conditions: [
        { condition: "circumstance", tags: ["excluded.g"], service: true, states: "a functional deliverable is asked for", otherwise: "fail" },
      ],
    },
    {
      id: "excluded.custom",
      says: "fixes and enhancements for one customer",
      conditions: [
        {
          condition: "circumstance",
          tags: ["excluded.custom"],
          service: true,
          states: "a fix or enhancement for this customer alone is asked for",
          otherwise: "fail",
        },
      ],
    },
    {
      id: "excluded.altered",
      says: "software that was altered, damaged, or used otherwise than documented",
      conditions: [
        { condition: "circumstance", tags: ["excluded.altered"], states: "the software was altered, damaged or misused", otherwise: "fail" },
      ],
    },
    {
      id: "excluded.end-of-life",
      says: "only current products and versions",
      conditions: [
        { condition: "version-supported", announced: { reading: "ensim-end-of-life" }, otherwise: "fail" },
        {
          condition: "circumstance",
          tags: ["excluded.end-of-life"],
          states: "the product or version is announced as no longer supported",
          otherwise: "fail",
          cure: { says: "move to a current version" },
        },
      ],
    },
    {
      id: "excluded.causes.a",
      says: "relocation, improper operation, neglect, misuse",
      conditions: [{ condition: "circumstance", tags: ["excluded.causes.a"], states: "relocation, neglect or misuse caused it", otherwise: "fail" }],
    },
    {
      id: "excluded.causes.b",
      says: "site or environment not maintained",
      conditions: [{ condition: "circumstance", tags: ["excluded.causes.b"], states: "site or environment caused it", otherwise: "fail" }],
    },
    {
      id: "excluded.causes.c",
      says: "fault of the customer's people",
      conditions: [
        { condition: "circumstance", tags: ["excluded.causes.c"], states: "a fault of the customer's people caused it", otherwise: "fail" },
      ],
    },
    {
      id: "excluded.causes.d",
      says: "repairs or changes by others",
      conditions: [{ condition: "circumstance", tags: ["excluded.causes.d"], states: "repairs or changes by others caused it", otherwise: "fail" }],
    },
    {
      id: "excluded.causes.e",
      says: "casualty, strikes, war, third parties",
      conditions: [{ condition: "circumstance", tags: ["excluded.causes.e"], states: "casualty or third parties caused it", otherwise: "fail" }],
    },
    {
      id: "excluded.causes.f",
      says: "power or communication lines failing",
      conditions: [{ condition: "circumstance", tags: ["excluded.causes.f"], states: "failing power or lines caused it", otherwise: "fail" }],
    },
    {
      id: "excluded.causes.g",
      says: "required maintenance releases not installed",
      conditions: [
        {
          condition: "circumstance",
          tags: ["excluded.causes.g"],
          states: "required maintenance releases are missing",
          otherwise: "fail",
          cure: { says: "install the required maintenance releases" },
        },
      ],
    },
    {
      id: "excluded.causes.h",
      says: "any other cause outside the software, but for ordinary use",
      conditions: [
        {
          condition: "circumstance",
          tags: ["excluded.causes.h"],
          states: "another cause outside the software is behind it, other than ordinary use",
          otherwise: "fail",
        },
      ],
    },
    { id: "changes", says: "the policy may change", informs: "each version has the day from which it is in force" },
  ],
});
