/** The shapes of answers, for the API description. A test holds each to what the questions really answer. */
import * as z from "zod";
import { calendarDate, currency, identifier, instant, quoteKind, term } from "../facts.ts";
import type { CaseClosureAnswer } from "./case-closure.ts";
import type { ContactCheckAnswer } from "./contact-change.ts";
import type { EntitlementAnswer } from "./entitlement.ts";
import type { NoticeRuling } from "./notice.ts";
import type { QuoteAnswer } from "./quote.ts";
import type { RenewalAnswer } from "./renewal.ts";
import type { SeverityAnswer } from "./severity.ts";
import type { StandingAnswer } from "./standing.ts";

const answeredMoney = z
  .strictObject({ amount: z.string(), currency })
  .meta({ id: "Amount", description: "A decimal string with exactly the currency's minor digits." });
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const policyVersion = z.strictObject({ id: z.string(), version: z.string() }).meta({ id: "PolicyVersion" });

export const reason = z
  .strictObject({
    clause: z.string(),
    condition: z.string(),
    result: z.enum(["pass", "fail", "discretion", "unknown", "redirect", "info"]),
    finding: z.string().meta({ description: "One sentence with the figures in it." }),
    facts: z.array(z.strictObject({ path: z.string(), value: scalar })),
    cure: z.strictObject({ says: z.string(), clause: z.string().nullable(), price: answeredMoney.nullable() }).nullable(),
  })
  .meta({ id: "Reason" });

const reasons = z.tuple([reason], reason).meta({ id: "Reasons", description: "Never empty." });
const missing = z.array(z.strictObject({ what: z.string(), clause: z.string() }));
const readings = z.array(z.strictObject({ id: z.string(), chosen: z.string() }));

const deadline = z
  .strictObject({
    kind: z.enum(["first-response", "next-update"]),
    dueAt: instant.nullable().meta({ description: "Null: unknown, or with commitment `none` not promised." }),
    commitment: z.enum(["committed", "effort", "informational", "none"]),
    clause: z.string(),
    clock: z.enum(["business", "elapsed"]),
    source: z
      .enum(["policy", "addendum"])
      .meta({ description: "Whether target, hours and holidays are the policy's own, or agreed in the contract's settings." }),
    steps: z.array(z.strictObject({ from: instant, to: instant, counted: z.string().meta({ format: "duration" }), note: z.string() })),
  })
  .meta({ id: "Deadline" });

const obligation = z
  .strictObject({ what: z.string(), dueAt: instant.nullable(), clause: z.string(), ifMissed: z.enum(["discretion", "fail"]).nullable() })
  .meta({ id: "Obligation" });

export const entitlementAnswer = z.strictObject({
  accountId: identifier,
  outcome: z.enum(["entitled", "not-entitled", "discretion", "undetermined", "redirected"]),
  headline: z.string(),
  policy: policyVersion.nullable(),
  contractId: identifier.nullable(),
  considered: z.array(z.strictObject({ contractId: identifier, chosen: z.boolean(), because: z.string() })),
  reasons,
  missing,
  serviceLevel: z.strictObject({
    program: z.string().nullable(),
    requestedSeverity: z.string().nullable(),
    effectiveSeverity: z.string().nullable(),
  }),
  deadlines: z.array(deadline),
  obligations: z.array(obligation),
  readings,
  validUntil: instant.nullable().meta({ description: "The first instant at which time alone changes this answer." }),
  asOf: instant,
}) satisfies z.ZodType<EntitlementAnswer>;

const noticeRulingKind = z.enum(["valid", "late", "partial", "wrong-form", "over-cap", "undetermined"]);
const noticeSeen = z.strictObject({ noticeId: z.string(), ruling: noticeRulingKind, receivedOn: calendarDate, effectiveOn: calendarDate.nullable() });
const contractStatus = z.enum(["not-started", "current", "past-due", "notice-given", "lapsed", "ended"]).meta({ id: "ContractStatus" });
export const accountStatusSchema = z.enum([...contractStatus.options, "none"]).meta({ id: "AccountStatus" });

export const renewalAnswer = z.strictObject({
  accountId: identifier,
  contractId: identifier,
  policy: policyVersion,
  status: contractStatus,
  currentTerm: term.nullable(),
  lapsedOn: calendarDate
    .nullable()
    .meta({ description: "First day that is known to be without cover: null where all of it goes on elsewhere, or nobody knows what follows." }),
  nonRenewal: z
    .strictObject({ lastDayOn: calendarDate, safeOn: calendarDate, daysLeft: z.int(), clause: z.string(), notice: noticeSeen.nullable() })
    .nullable(),
  priceIncrease: z
    .strictObject({
      lastNoticeOn: calendarDate,
      currentFee: answeredMoney,
      maximumFee: answeredMoney,
      safeOn: calendarDate,
      clause: z.string(),
      notice: noticeSeen.nullable(),
    })
    .nullable(),
  next: z.strictObject({
    renews: z.boolean().nullable(),
    term: term.nullable(),
    fee: answeredMoney.nullable(),
    lines: z.array(z.strictObject({ licenseId: identifier, term, fee: answeredMoney })).meta({ description: "At most 50." }),
    lineCount: z.int().meta({ description: "How many lines renew; `fee` is of all of them." }),
  }),
  reinstatement: z.strictObject({ possibleUntil: calendarDate, afterwards: z.enum(["discretion", "repurchase"]) }).nullable(),
  lapses: z
    .array(
      z.strictObject({
        licenseIds: z.array(identifier).meta({ description: "At most 50; `licenseCount` counts them all." }),
        licenseCount: z.int(),
        lapsedOn: calendarDate,
        possibleUntil: calendarDate.nullable().meta({ description: "Last day of their own window, also once it has passed." }),
      }),
    )
    .meta({ description: "Lines without support by then that nothing else covers, also while others go on; at most 50." }),
  lapseCount: z.int(),
  reasons,
  missing,
  readings,
  asOf: instant,
}) satisfies z.ZodType<RenewalAnswer>;

export const noticeRuling = z.strictObject({
  ruling: noticeRulingKind,
  effect: z.string(),
  effectiveOn: calendarDate.nullable(),
  maximum: answeredMoney.nullable(),
  reasons,
  missing,
  readings,
}) satisfies z.ZodType<NoticeRuling>;

const quoteLine = z
  .strictObject({
    part: z.enum(["back-fees", "forward-fees", "reinstatement-fee", "initial-period", "stub", "renewal", "repurchase"]),
    licenseId: identifier.nullable(),
    firstDay: calendarDate.nullable(),
    lastDay: calendarDate.nullable(),
    days: z.int().nullable(),
    basis: answeredMoney,
    rate: z.string().nullable(),
    amount: answeredMoney,
    clause: z.string(),
    formula: z.string(),
  })
  .meta({ id: "QuoteLine" });

export const quoteStatus = z.enum(["offered", "discretion", "repurchase", "refused", "undetermined", "accepted", "void", "expired"]);

export const quoteAnswer = z.strictObject({
  kind: quoteKind,
  status: quoteStatus,
  accountId: identifier,
  contractId: identifier,
  policy: policyVersion,
  reinstateOn: calendarDate.nullable().meta({ description: "Of a reinstatement; null for other kinds." }),
  payOn: calendarDate.nullable().meta({ description: "Of a reinstatement; null for other kinds." }),
  deliveredOn: calendarDate.nullable().meta({ description: "Of an additional purchase; null for other kinds." }),
  lines: z.array(quoteLine),
  total: answeredMoney.nullable().meta({ description: "The sum of the lines, less what is waived." }),
  waived: answeredMoney.nullable().meta({ description: "What an approved exception takes off the total; null without one." }),
  indicative: answeredMoney.nullable().meta({ description: "What the same formula gives where nobody is bound by it." }),
  payBy: calendarDate.nullable().meta({ description: "Last day on which paying accepts it; null where the text sets none." }),
  newTerm: term.nullable(),
  alternatives: z.array(z.strictObject({ reading: z.string(), option: z.string(), total: answeredMoney.nullable() })),
  reasons,
  missing,
  readings,
  asOf: instant,
}) satisfies z.ZodType<QuoteAnswer>;

const counted = z.int().meta({ description: "How many there are; at most 50 are listed." });

export const standingAnswer = z.strictObject({
  accountId: identifier,
  status: accountStatusSchema,
  contracts: z.array(
    z.strictObject({
      contractId: identifier,
      policy: policyVersion,
      program: z.string(),
      status: contractStatus,
      currentTerm: term.nullable(),
      lapsedOn: calendarDate.nullable().meta({ description: "First day that is known to be without cover." }),
      reinstatementUntil: calendarDate.nullable(),
      missing: missing.meta({ description: "The agreement, where the recorded term is over and the text does not say what follows." }),
    }),
  ),
  contractCount: counted,
  gaps: z.array(
    z.strictObject({
      policyId: z.string(),
      clause: z.string(),
      group: z.enum(["product-line", "deployment", "bundle"]),
      name: z.string(),
      licenseIds: z.array(identifier),
      count: z.int(),
    }),
  ),
  gapCount: counted,
  overdue: z.array(
    z.strictObject({
      invoiceId: identifier,
      contractId: identifier.nullable(),
      kind: z.string(),
      dueOn: calendarDate,
      daysOverdue: z.int(),
      open: answeredMoney,
      disputed: z.boolean(),
    }),
  ),
  overdueCount: counted,
  benefits: z.array(
    z.strictObject({
      policyId: z.string(),
      clause: z.string(),
      benefit: z.string(),
      says: z.string(),
      available: z
        .boolean()
        .nullable()
        .meta({ description: "Null: unknown; the part of the text is lost, or it hangs on the time zone, which no fact gives." }),
    }),
  ),
  dependsOnZone: z.array(z.string()).meta({
    description:
      "Where no zone is given the rest of the answer is that of the earliest possible local day; a sentence for each thing that is otherwise on the latest.",
  }),
  asOf: instant,
}) satisfies z.ZodType<StandingAnswer>;

export const contactCheckAnswer = z.strictObject({
  accountId: identifier,
  outcome: z.enum(["allowed", "refused", "discretion", "undetermined"]),
  headline: z.string(),
  policies: z.array(policyVersion).meta({ description: "Of the account's contracts: each was asked." }),
  reasons,
  missing,
  asOf: instant,
}) satisfies z.ZodType<ContactCheckAnswer>;

export const severityAnswer = z.strictObject({
  policy: policyVersion,
  severity: z.string().nullable().meta({ description: "Null: what is stated does not decide it, or the policy has none." }),
  reasons,
  missing,
  readings,
}) satisfies z.ZodType<SeverityAnswer>;

export const caseClosureAnswer = z.strictObject({
  policy: policyVersion,
  mayCloseOn: calendarDate.nullable().meta({ description: "First day on which it may be closed. Null: on no ground that is known." }),
  reasons,
  missing,
  readings,
}) satisfies z.ZodType<CaseClosureAnswer>;
