/** Ebiexperts: support policy, clause by clause in the order of the text. The words are ours, ids and figures are the vendor's. */
import { definePolicy } from "../define-policy.ts";
import type { Product } from "../facts.ts";
import { swissCentre } from "../time/holidays/swiss-centre.ts";

const billable = { says: "billable: time and materials, after a written request and approval of the charges", clause: "4.2" } as const;

/** What support is sold for: extensions have none (7.4), cloud services another agreement (1), and of the libraries the listed ones have it (7.4). */
const supported: Product["kind"][] = ["software", "open-source-library"];

const phoneNow = "phone now: the 30-minute target of severity 1 stands from the report by phone";

export const ebiexperts = definePolicy({
  id: "ebiexperts-support",
  version: "1",
  vendor: "Ebiexperts",
  title: "Ebiexperts Support Policy",
  zone: "Europe/Zurich",
  effectiveFrom: null,
  programs: ["enterprise"],
  severities: [
    { id: "severity-1", says: "inoperable or not accessible in production by a server-side failure" },
    { id: "severity-2", says: "major functionality materially impacted, or critical operations impossible for lack of performance" },
    { id: "severity-3", says: "any other error" },
  ],
  calendars: {
    "standard-business-hours": {
      when: { reading: "ebx-holidays", is: "swiss-centre" },
      zone: "Europe/Zurich",
      weekly: {
        mon: [["08:00", "17:00"]],
        tue: [["08:00", "17:00"]],
        wed: [["08:00", "17:00"]],
        thu: [["08:00", "17:00"]],
        fri: [["08:00", "17:00"]],
      },
      holidays: swissCentre,
    },
  },
  readings: [
    {
      id: "ebx-holidays",
      question: "Which national and bank holidays does the Swiss centre keep?",
      options: [
        { id: "swiss-centre", says: "1 January, Good Friday, Easter Monday, Ascension, Whit Monday, 1 August, 25 and 26 December" },
        { id: "literal", says: "the text names none: what is counted in business hours is unknown" },
      ],
      default: "swiss-centre",
    },
    {
      id: "ebx-sev1-causes",
      question: "Do planned maintenance and causes outside the vendor's control make severity 1?",
      options: [
        { id: "vendor-side-only", says: "no: only a failure on the server side, outside planned maintenance" },
        { id: "literal", says: "a cause outside the vendor's control does as well" },
      ],
      default: "vendor-side-only",
    },
    {
      id: "ebx-closure-count",
      question: "From which message do ten business days without an answer count?",
      options: [
        { id: "last-vendor-message", says: "from the vendor's last message, its own day not counted" },
        { id: "first-unanswered", says: "from the first message that was not answered" },
      ],
      default: "last-vendor-message",
    },
    {
      id: "ebx-questions",
      question: "How are questions about use handled?",
      options: [
        { id: "as-severity-3", says: "as errors of severity 3" },
        { id: "discretion", says: "at the vendor's discretion" },
      ],
      default: "as-severity-3",
    },
    {
      id: "ebx-48h",
      question: "What do 48 hours between messages count?",
      options: [
        { id: "business-hours", says: "48 business hours" },
        { id: "literal", says: "48 hours by the clock" },
      ],
      default: "business-hours",
    },
    {
      id: "ebx-sev1-phone",
      question: "Which reports of severity 1 have the 30-minute target? The text is cut off after telephone.",
      options: [
        { id: "literal", says: "reports by phone; until then there is no target" },
        { id: "any-channel", says: "reports by any channel" },
      ],
      default: "literal",
    },
    {
      id: "ebx-incomplete-line",
      question: "What of a covered license whose product line or deployment is incomplete?",
      options: [
        { id: "discretion", says: "the uncovered license is not supported; for the covered ones the vendor may refuse" },
        { id: "literal", says: "none of them is supported until all are covered" },
      ],
      default: "discretion",
    },
    {
      id: "ebx-initial-outlasts",
      question: "How long is an added license covered when the contract ends within its initial period?",
      options: [
        { id: "initial-period", says: "to the end of the twelve months that it was bought for" },
        { id: "literal", says: "to the end of the contract" },
      ],
      default: "initial-period",
    },
    {
      id: "ebx-co-term",
      question: "How is an added license aligned to the common period?",
      options: [
        { id: "stub", says: "twelve months from delivery in full, then one shorter term to the common end, then with the rest" },
        { id: "literal", says: "it keeps terms of its own" },
      ],
      default: "stub",
    },
    {
      id: "ebx-fee-base",
      question: "Of what total is the reinstatement fee 25 %?",
      options: [
        { id: "back-and-forward", says: "missed fees and new annual fees together" },
        { id: "forward", says: "the new annual fees" },
        { id: "back", says: "the missed fees" },
        { id: "all-applicable", says: "missed and new fees and the annual fees of everything else licensed" },
      ],
      default: "back-and-forward",
    },
    {
      id: "ebx-back-fees",
      question: "How do missed fees add up?",
      options: [
        { id: "daily", says: "by the day" },
        { id: "as-billed", says: "the annual fees that fell due in the lapse, in full" },
      ],
      default: "daily",
    },
    {
      id: "ebx-back-rate",
      question: "At which fee do missed fees add up?",
      options: [
        { id: "last-fee", says: "the last fee, raised only by an increase validly noticed before the lapse" },
        { id: "literal", says: "the fee of the price list in force on the first day of the lapse" },
      ],
      default: "last-fee",
    },
    {
      id: "forward-from-last-fee",
      question: "What is the then-current fee where no price list is recorded?",
      options: [
        { id: "last-fee", says: "the last fee" },
        { id: "literal", says: "it is not known: without a price list the quote is undetermined" },
      ],
      default: "last-fee",
    },
    {
      id: "ebx-early-fee",
      question: "Is the reinstatement fee due when cover is asked back before it has ended?",
      options: [
        { id: "assessed", says: "yes, once a notice was given" },
        { id: "waived", says: "no" },
      ],
      default: "assessed",
    },
    {
      id: "ebx-reinstated-anchor",
      question: "From where do reinstated licenses count their terms?",
      options: [
        { id: "own", says: "from the day of reinstatement" },
        { id: "common", says: "their first renewal is a shorter term to the contract's anchor" },
      ],
      default: "own",
    },
    {
      id: "ebx-updates",
      question: "Are updates made available to a customer who owes support fees?",
      options: [
        { id: "current-agreement", says: "yes: 5 asks for a current agreement alone" },
        { id: "while-paid", says: "no: 2.1 makes maintenance, which updates are, subject to timely payment" },
      ],
      default: "current-agreement",
    },
    {
      id: "ebx-subscription-fees",
      question: "Of which fees does support of a subscription depend?",
      options: [
        { id: "support-invoices", says: "of support fees: invoices of kind support" },
        { id: "subscription-too", says: "of the subscription fees as well, in which support is included: invoices of kind subscription" },
      ],
      default: "support-invoices",
    },
    {
      id: "ebx-cap",
      question: "Of what is the cap of 5 % measured?",
      options: [
        { id: "lines-named", says: "the annualized total of the lines named, like for like" },
        { id: "literal", says: "all support fees of the contract for the running period" },
      ],
      default: "lines-named",
    },
  ],
  clauses: [
    {
      id: "preamble",
      says: "current practice of support and maintenance; agreements that name it by its earlier title, the maintenance policy, mean this one; cloud services have an agreement of their own",
      informs: "which document an agreement means; cloud services are sent on at 1",
    },
    {
      id: "1",
      says: "definitions: software, product lines, business hours, severities, what support services are not",
      assessments: [
        {
          severity: "severity-1",
          when: { reading: "ebx-sev1-causes", is: "vendor-side-only" },
          environment: "production",
          all: ["inoperable", "serverSideFailure"],
          none: ["plannedMaintenance", "outsideVendorControl"],
        },
        {
          severity: "severity-1",
          when: { reading: "ebx-sev1-causes", is: "literal" },
          environment: "production",
          all: ["inoperable"],
          any: ["serverSideFailure", "outsideVendorControl"],
          none: ["plannedMaintenance"],
        },
        { severity: "severity-2", any: ["majorFunctionImpacted"] },
        { severity: "severity-2", all: ["performanceDegraded", "businessLoss"] },
        { severity: "severity-3" },
      ],
      severities: [{ severity: "severity-3", kinds: ["question", "how-to"], when: { reading: "ebx-questions", is: "as-severity-3" } }],
      conditions: [
        { condition: "product-recorded", otherwise: "unknown" },
        {
          condition: "product-kind",
          kinds: ["cloud-service"],
          says: "cloud services are supported under an agreement of their own",
          otherwise: "redirect",
          cure: { says: "ask under the service level agreement of the cloud service" },
        },
        { condition: "license-kind", kinds: ["trial", "beta"], says: "trial, evaluation and early-release code is not Software", otherwise: "fail" },
        {
          condition: "request-kind",
          kinds: ["service", "work-order"],
          says: "on-site work, consulting and education are not support",
          otherwise: "fail",
          cure: { says: "order it as a professional service" },
        },
        {
          condition: "request-kind",
          kinds: ["question", "how-to"],
          says: "questions about use are answered at the vendor's discretion",
          otherwise: "discretion",
          when: { reading: "ebx-questions", is: "discretion" },
        },
      ],
    },
    {
      id: "2.1",
      says: "support at the level bought, while the fees are paid in time",
      conditions: [
        { condition: "covered", otherwise: "fail", except: ["freeware"], cure: { says: "bring support back: reinstatement quote", clause: "7.3" } },
        {
          condition: "payments-current",
          scope: "contract",
          withoutContract: "unknown",
          ofSubscription: { reading: "ebx-subscription-fees" },
          otherwise: "fail",
          except: ["freeware"],
          cure: { says: "pay the open balance" },
        },
      ],
    },
    {
      id: "2.2",
      says: "response times and messages count in standard business hours, whenever a matter is reported",
      informs: "it is the clock of the targets in 3.1.4",
    },
    {
      id: "2.3",
      says: "support is given in English; other languages as listed or at discretion",
      conditions: [{ condition: "language", languages: ["en"], otherwise: "discretion" }],
    },
    {
      id: "3.1.1",
      says: "severity 1 around the clock, severity 2 and 3 in business hours",
      informs: "it is the coverage that the targets in 3.1.4 count in",
    },
    {
      id: "3.1.2",
      says: "help to tell whether a third party's hardware or software is the cause, which may have to be removed",
      obligations: [{ obligation: "remove third-party hardware or software where asked to, to isolate the issue", kinds: ["error"], ifMissed: null }],
    },
    { id: "3.1.3", says: "information on updates may be asked for", informs: "requests about updates are asked like any other" },
    {
      id: "3.1.4",
      says: "first response and frequency of messages by severity, with commercially reasonable efforts; work on severity 1 is handed over between regions only where the customer has contacts available there",
      lost: [{ what: "how else than by telephone severity 1 may be reported: the text breaks off", recordedIn: "reading `ebx-sev1-phone`" }],
      deadlines: [
        {
          deadline: "first-response",
          severity: "severity-1",
          targetMinutes: 30,
          clock: "elapsed",
          commitment: "effort",
          when: { reading: "ebx-sev1-phone", is: "literal" },
          oncePhoned: { meanwhile: phoneNow },
          endOfLife: { calendar: "standard-business-hours" },
        },
        {
          deadline: "first-response",
          severity: "severity-1",
          targetMinutes: 30,
          clock: "elapsed",
          commitment: "effort",
          when: { reading: "ebx-sev1-phone", is: "any-channel" },
          endOfLife: { calendar: "standard-business-hours" },
        },
        {
          deadline: "next-update",
          severity: "severity-1",
          targetMinutes: 240,
          clock: "elapsed",
          commitment: "effort",
          when: { reading: "ebx-sev1-phone", is: "literal" },
          oncePhoned: { meanwhile: phoneNow },
          endOfLife: { calendar: "standard-business-hours" },
        },
        {
          deadline: "next-update",
          severity: "severity-1",
          targetMinutes: 240,
          clock: "elapsed",
          commitment: "effort",
          when: { reading: "ebx-sev1-phone", is: "any-channel" },
          endOfLife: { calendar: "standard-business-hours" },
        },
        {
          deadline: "first-response",
          severity: "severity-2",
          targetMinutes: 60,
          clock: { calendar: "standard-business-hours" },
          commitment: "effort",
        },
        {
          deadline: "next-update",
          severity: "severity-2",
          targetMinutes: 2_880,
          clock: { calendar: "standard-business-hours" },
          commitment: "effort",
          when: { reading: "ebx-48h", is: "business-hours" },
        },
        {
          deadline: "next-update",
          severity: "severity-2",
          targetMinutes: 2_880,
          clock: "elapsed",
          commitment: "effort",
          when: { reading: "ebx-48h", is: "literal" },
          endOfLife: { calendar: "standard-business-hours" },
        },
        {
          deadline: "first-response",
          severity: "severity-3",
          targetMinutes: 240,
          clock: { calendar: "standard-business-hours" },
          commitment: "effort",
        },
        { deadline: "next-update", severity: "severity-3", clock: { calendar: "standard-business-hours" }, commitment: "none" },
      ],
    },
    { id: "4.1", says: "an error is resolved on the earliest of five grounds", informs: "the grounds stand at (i) to (v)" },
    { id: "4.1(i)", says: "both sides agree in writing", closures: [{ ground: "event", on: "agreedInWritingOn" }] },
    { id: "4.1(ii)", says: "an update was provided", closures: [{ ground: "event", on: "updateProvidedOn" }] },
    {
      id: "4.1(iii)",
      says: "a workaround was provided that is reasonable in the vendor's discretion",
      closures: [{ ground: "event", on: "workaroundOn" }],
    },
    { id: "4.1(iv)", says: "the customer asks to close the case", closures: [{ ground: "event", on: "customerAskedToCloseOn" }] },
    {
      id: "4.1(v)",
      says: "ten business days in a row without an answer from any technical contact",
      closures: [{ ground: "no-answer", businessDays: 10, calendar: "standard-business-hours", countedFrom: { reading: "ebx-closure-count" } }],
    },
    {
      id: "4.2",
      says: "no support for third-party software bundled with the product; excluded work is billable",
      conditions: [
        {
          condition: "circumstance",
          tags: ["bundled-third-party", "4.2"],
          states: "it is about third-party software or data that came with the product",
          otherwise: "fail",
          cure: billable,
        },
      ],
    },
    {
      id: "4.2(i)",
      says: "issues not caused by the software, such as third-party products, networks, browsers, logins",
      conditions: [
        {
          condition: "circumstance",
          tags: ["4.2(i)"],
          states: "something other than the software causes the issue",
          otherwise: "fail",
          cure: billable,
        },
      ],
    },
    {
      id: "4.2(ii)",
      says: "use against the documentation or the agreement",
      conditions: [
        {
          condition: "circumstance",
          tags: ["4.2(ii)"],
          states: "the software is used against documentation or agreement",
          otherwise: "fail",
          cure: billable,
        },
      ],
    },
    {
      id: "4.2(iii)",
      says: "software on trial or evaluation, or for which nothing was paid",
      conditions: [
        {
          condition: "license-kind",
          kinds: ["trial", "beta"],
          says: "it is used on trial, for evaluation or as an early release",
          otherwise: "fail",
          cure: billable,
        },
        {
          condition: "circumstance",
          tags: ["4.2(iii)"],
          states: "the software is used on trial or was not paid for",
          otherwise: "fail",
          cure: billable,
        },
      ],
    },
    {
      id: "4.2(iv)",
      says: "errors that cannot be reproduced",
      conditions: [{ condition: "circumstance", tags: ["4.2(iv)"], states: "the error cannot be reproduced", otherwise: "fail", cure: billable }],
    },
    {
      id: "4.2(v)",
      says: "reports through a phone number or mail address of another territory",
      conditions: [
        {
          condition: "circumstance",
          tags: ["4.2(v)"],
          states: "it was reported through another territory's number or address",
          otherwise: "fail",
          cure: { says: `report through the territory assigned on the support portal; otherwise ${billable.says}`, clause: billable.clause },
        },
      ],
    },
    {
      id: "4.2(vi)(a)",
      says: "use with software or hardware that is not made for the operating systems that the documentation approves",
      conditions: [
        {
          condition: "circumstance",
          tags: ["4.2(vi)(a)"],
          states: "it is used with software or hardware that is not made for the approved operating systems",
          otherwise: "fail",
          cure: billable,
        },
      ],
    },
    {
      id: "4.2(vi)(b)",
      says: "hardware below the minimum requirements",
      conditions: [
        {
          condition: "circumstance",
          tags: ["4.2(vi)(b)"],
          states: "the hardware is below the minimum requirements",
          otherwise: "fail",
          cure: billable,
        },
      ],
    },
    {
      id: "4.2(vi)(c)",
      says: "changes to the software that the vendor did not approve in writing",
      conditions: [
        { condition: "circumstance", tags: ["4.2(vi)(c)"], states: "the software was changed without approval", otherwise: "fail", cure: billable },
      ],
    },
    {
      id: "4.2(vi)(d)",
      says: "third-party platforms that their vendor no longer supports",
      conditions: [
        {
          condition: "circumstance",
          tags: ["4.2(vi)(d)"],
          states: "a third-party platform is no longer supported by its vendor",
          otherwise: "fail",
          cure: billable,
        },
      ],
    },
    {
      id: "4.2(vi)(e)",
      says: "versions that the release management policy no longer supports",
      lost: [{ what: "which versions are supported: the release management policy, whose address is lost", recordedIn: "the product's `versions`" }],
      conditions: [
        { condition: "version-supported", otherwise: "fail", cure: billable },
        { condition: "circumstance", tags: ["4.2(vi)(e)"], states: "the version is no longer a supported one", otherwise: "fail", cure: billable },
      ],
    },
    {
      id: "5",
      says: "updates for customers with a current agreement; no duty to develop anything",
      conditions: [
        { condition: "request-kind", kinds: ["feature-request"], says: "nobody is obliged to develop new functionality", otherwise: "discretion" },
      ],
      benefits: [
        { benefit: "updates", says: "generally available updates, when and if released", needs: "contract", owing: { reading: "ebx-updates" } },
      ],
    },
    {
      id: "6.1",
      says: "the vendor is excused as far as the customer does not cooperate",
      conditions: [
        {
          condition: "circumstance",
          tags: ["customer-not-cooperating", "6.1"],
          states: "the customer fails to cooperate",
          otherwise: "discretion",
          cure: { says: "give information and access as asked" },
        },
      ],
    },
    {
      id: "6.2",
      says: "other duties: no outside support, own hardware and third-party software, responsibility for third parties",
      informs: "duties whose breach has no stated effect on a case",
    },
    {
      id: "6.3",
      says: "requests come only from technical contacts, at most six a customer; they take the training that the vendor reasonably asks for, and change by notice in writing",
      conditions: [{ condition: "contact-role", roles: ["technical-contact"], most: 6, otherwise: "fail" }],
      contacts: [
        { contact: "most", roles: ["technical-contact"], most: 6, per: "account" },
        {
          contact: "changes-how",
          roles: ["technical-contact"],
          channels: ["email", "portal", "web"],
          how: "notify in writing: by letter, email or the portal",
          unknown: [],
        },
      ],
      informs: "training is a duty whose breach has no stated effect on a case",
    },
    {
      id: "6.4",
      says: "remote access may be required to reproduce a problem or change parameters",
      obligations: [
        { obligation: "grant remote access where the vendor asks for it", kinds: ["error", "question", "how-to"], ifMissed: "discretion" },
      ],
    },
    {
      id: "6.5",
      says: "affiliates, contractors and users ask only if named as technical contacts",
      contacts: [{ contact: "customers-own", roles: ["technical-contact"] }],
    },
    {
      id: "6.6",
      says: "issues at the hardware or operating system layer of a virtual environment are not the vendor's",
      conditions: [
        {
          condition: "circumstance",
          tags: ["virtualization-layer", "6.6"],
          states: "the issue arises from the virtual environment",
          otherwise: "fail",
          cure: { says: "reproduce it on a native operating system" },
        },
      ],
    },
    { id: "6.7", says: "test in a non-production environment first", informs: "an expectation without a stated effect" },
    { id: "6.8", says: "no sensitive or personal data in what is transmitted", informs: "a duty about data, without a stated effect on a case" },
    {
      id: "7.1",
      says: "support is included in subscriptions and bought separately for perpetual licenses, first for twelve months from delivery; more licenses are sold only while support of the product line is current; bundles are supported together at one level",
      conditions: [
        {
          condition: "whole-coverage",
          group: "bundle",
          of: ["perpetual", "subscription"],
          products: supported,
          otherwise: "discretion",
          when: { reading: "ebx-incomplete-line", is: "discretion" },
          except: ["freeware"],
          cure: { says: "cover the whole bundle" },
        },
        {
          condition: "whole-coverage",
          group: "bundle",
          of: ["perpetual", "subscription"],
          products: supported,
          otherwise: "fail",
          when: { reading: "ebx-incomplete-line", is: "literal" },
          except: ["freeware"],
          cure: { says: "cover the whole bundle" },
        },
        { condition: "uniform-program", group: "bundle", otherwise: "discretion" },
      ],
      formulas: [
        { formula: "initial-period", months: 12, outlasts: { reading: "ebx-initial-outlasts" } },
        { formula: "additional-purchase", currentOn: "product-line", products: supported },
        { formula: "whole-non-renewal", group: "product-line", products: supported },
        { formula: "whole-non-renewal", group: "bundle", products: supported },
      ],
    },
    {
      id: "7.1(i)",
      says: "support is kept on all perpetual licenses of a product line",
      conditions: [
        {
          condition: "whole-coverage",
          group: "product-line",
          of: ["perpetual"],
          products: supported,
          otherwise: "discretion",
          when: { reading: "ebx-incomplete-line", is: "discretion" },
          except: ["freeware"],
          cure: { says: "cover the whole product line" },
        },
        {
          condition: "whole-coverage",
          group: "product-line",
          of: ["perpetual"],
          products: supported,
          otherwise: "fail",
          when: { reading: "ebx-incomplete-line", is: "literal" },
          except: ["freeware"],
          cure: { says: "cover the whole product line" },
        },
      ],
    },
    {
      id: "7.1(ii)",
      says: "support is kept on all licenses of a deployment",
      conditions: [
        {
          condition: "whole-coverage",
          group: "deployment",
          of: ["perpetual", "subscription"],
          products: supported,
          otherwise: "discretion",
          when: { reading: "ebx-incomplete-line", is: "discretion" },
          except: ["freeware"],
          cure: { says: "cover the whole deployment" },
        },
        {
          condition: "whole-coverage",
          group: "deployment",
          of: ["perpetual", "subscription"],
          products: supported,
          otherwise: "fail",
          when: { reading: "ebx-incomplete-line", is: "literal" },
          except: ["freeware"],
          cure: { says: "cover the whole deployment" },
        },
      ],
    },
    {
      id: "7.2",
      says: "unless otherwise agreed in writing (`settings.autoRenew`), support of perpetual licenses renews for twelve months at a time unless written notice comes 45 days before the end; additions are prorated to the common period",
      formulas: [
        {
          formula: "renewal",
          licenseKinds: ["perpetual"],
          months: 12,
          noticeDays: 45,
          forms: ["letter", "email", "portal"],
          calendar: "standard-business-hours",
        },
        { formula: "co-term", by: { reading: "ebx-co-term" } },
      ],
    },
    {
      id: "7.3",
      says: "lapsed or cancelled support of perpetual licenses can be reinstated; afterwards at the vendor's discretion",
      formulas: [{ formula: "reinstatement", licenseKinds: ["perpetual"], anchor: { reading: "ebx-reinstated-anchor" } }],
      notices: [{ notice: "cancellation", ruling: "undetermined", missing: "termination clause of the agreement" }],
    },
    {
      id: "7.3(a)",
      says: "the then-current annual fee for twelve months from the reinstatement",
      formulas: [{ formula: "forward-fees", months: 12, withoutList: { reading: "forward-from-last-fee" } }],
    },
    {
      id: "7.3(b)",
      says: "the fees that would have been payable for the lapse",
      formulas: [{ formula: "back-fees", accrual: { reading: "ebx-back-fees" }, rate: { reading: "ebx-back-rate" } }],
    },
    {
      id: "7.3(i)",
      says: "paid within twelve months after the lapse",
      formulas: [{ formula: "reinstatement-window", months: 12, afterwards: "discretion" }],
    },
    {
      id: "7.3(ii)",
      says: "a reinstatement fee of 25 % of the total support fees",
      formulas: [{ formula: "reinstatement-fee", basisPoints: 2_500, base: { reading: "ebx-fee-base" }, early: { reading: "ebx-early-fee" } }],
    },
    {
      id: "7.4",
      says: "listed open-source libraries in their newest release, unchanged and used as documented; extensions are not supported",
      lost: [{ what: "which libraries are listed: the address of the list is lost", recordedIn: "the product's `supportedLibrary`" }],
      conditions: [
        { condition: "product-kind", kinds: ["extension"], says: "extensions are supported by their community or partner", otherwise: "fail" },
        { condition: "library-supported", otherwise: "fail" },
      ],
    },
    {
      id: "7.5",
      says: "free software is supported at the vendor's discretion",
      conditions: [
        { condition: "license-kind", kinds: ["freeware"], says: "support of free software is at the vendor's discretion", otherwise: "discretion" },
      ],
    },
    {
      id: "7.6",
      says: "fees are paid a year in advance; an increase needs 60 days' notice and is at most 5 %; support bought from a reseller is the reseller's",
      conditions: [{ condition: "sold-by-vendor", of: ["contract"], otherwise: "redirect" }],
      formulas: [
        { formula: "price-cap", noticeDays: 60, mostBasisPoints: 500, testedOn: { reading: "ebx-cap" }, calendar: "standard-business-hours" },
      ],
    },
    { id: "8", says: "the policy may change", informs: "each version has the day from which it is in force" },
    { id: "9", says: "disclaimer", informs: "nothing follows for a single case" },
  ],
});
