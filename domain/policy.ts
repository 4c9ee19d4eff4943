/**
 * A policy is one version of a vendor's document as data: its clauses in order, each with a summary in our words and
 * what it makes the product do. The five shipped policies and an operator's own JSON have this one shape.
 */
import * as z from "zod";
import { calendar } from "./calendar-shape.ts";
import { type ConditionEntry, conditionEntry, supported } from "./conditions/parameters.ts";
import { noticeForm, noticeKind, region } from "./facts.ts";
import { clauseId, tag, when } from "./policy-words.ts";
import { channel } from "./questions/entitlement-request.ts";
import { calendarDate, text, zone } from "./shapes.ts";

const basisPoints = z.int().min(0).max(1_000_000);
const months = z.int().min(1).max(600);
const days = z.int().min(0).max(3_660);
const calendarId = tag;

/** A method is fixed by the policy, or left to one of its readings, whose options are the methods. */
const method = <const Option extends string>(...options: [Option, ...Option[]]) => z.union([z.enum(options), z.strictObject({ reading: tag })]);

/** A promised duration, on a clock, and how firm the promise is. */
export const deadlineEntry = z.strictObject({
  deadline: z.enum(["first-response", "next-update"]),
  severity: tag.optional().describe("Absent: whatever the severity."),
  program: tag.optional().describe("Absent: under every program."),
  when: when.optional(),
  targetMinutes: z.int().min(1).max(525_600).optional().describe("Absent: the policy states no target."),
  missing: text(200).optional().describe("The document that states the target and is not there: the deadline is unknown until a target is agreed."),
  clock: z
    .union([z.literal("elapsed"), z.strictObject({ calendar: calendarId })])
    .describe("`elapsed`: every hour counts. A calendar: its open hours do."),
  commitment: z
    .enum(["committed", "effort", "informational", "none"])
    .describe("How firm it is. `none`: the text promises nothing here, and that is known."),
  oncePhoned: z
    .strictObject({ meanwhile: text(500) })
    .optional()
    .describe(
      "The target stands only once the case was reported by phone (`phonedAt`, or channel `phone`). Until then no deadline is given, and `meanwhile` is told as an obligation.",
    ),
  endOfLife: z.strictObject({ calendar: calendarId }).optional().describe("The clock for a product whose end of life is announced."),
});

/** Something the customer has to do for the answer to hold. */
export const obligationEntry = z.strictObject({
  obligation: text(500),
  kinds: z.array(tag).min(1).optional(),
  severities: z.array(tag).min(1).optional(),
  channels: z.array(channel).min(1).optional(),
  withinMinutes: z.int().min(1).max(525_600).optional().describe("Due so long after the request was filed."),
  ifMissed: z
    .enum(["discretion", "fail"])
    .nullable()
    .default(null)
    .describe("What follows where the customer does not. Null: the text does not say."),
});

/** Something that customers may use. */
export const benefitEntry = z.strictObject({
  benefit: tag.describe("Listed once; what the parties agree of it is recorded under this name in `settings.benefits`."),
  says: text(500),
  needs: z
    .enum(["contract", "good-standing", "nothing"])
    .describe("What it takes: a running contract; good standing, which is that nothing at all is overdue; or nothing."),
  owing: method("current-agreement", "while-paid")
    .optional()
    .describe("Whether a contract keeps it of which support fees are overdue; absent: it does."),
  programs: z.array(tag).min(1).optional().describe("Programs that have it; absent: all."),
  missing: text(200).optional().describe("What of the text is lost that would say who has it."),
});

const impactField = z.enum([
  "inoperable",
  "serverSideFailure",
  "plannedMaintenance",
  "outsideVendorControl",
  "majorFunctionImpacted",
  "performanceDegraded",
  "businessLoss",
  "workaroundKnown",
  "question",
  "newFunction",
]);

/** The severity of an impact: the first entry that what is stated fits. One that it fits only in part leaves the severity unknown. */
export const assessmentEntry = z.strictObject({
  severity: tag,
  when: when.optional(),
  all: z.array(impactField).optional().describe("Each must be stated as so."),
  any: z.array(impactField).optional().describe("One of them must be stated as so."),
  denied: z.array(impactField).optional().describe("Must be stated as not so."),
  none: z.array(impactField).optional().describe("Must not be stated as so."),
  environment: text(64).optional().describe("The environment that must be stated, such as `production`."),
  usersAffected: z
    .array(z.enum(["many-or-all", "few"]))
    .min(1)
    .optional(),
  missing: text(200).optional().describe("The document that defines the severity and is not there: whether an impact fits is unknown."),
  lostElsewhere: z
    .strictObject({ environment: text(64), missing: text(200) })
    .optional()
    .describe("In other environments than this one the severity is unknown: what the text says of them is lost, and `missing` names it."),
});

/**
 * A ground on which a case may be closed: the day of an event, or business days without an answer to the vendor's last
 * message. Or what the text says of it and what it leaves out, so that no day can be told.
 */
export const closureEntry = z.discriminatedUnion("ground", [
  z.strictObject({ ground: z.literal("event"), on: z.enum(["agreedInWritingOn", "updateProvidedOn", "workaroundOn", "customerAskedToCloseOn"]) }),
  z.strictObject({
    ground: z.literal("no-answer"),
    businessDays: z.int().min(1).max(366),
    calendar: calendarId,
    countedFrom: z.strictObject({ reading: tag }).describe("A reading with the options `last-vendor-message` and `first-unanswered`."),
  }),
  z.strictObject({ ground: z.literal("not-stated"), says: text(300), missing: text(200) }),
]);

const contactRule = z.enum(["technical-contact", "administrative-contact", "regular-contact", "authorized-representative"]);

/** What must hold of contacts who are recorded or changed. */
export const contactEntry = z.discriminatedUnion("contact", [
  z
    .strictObject({
      contact: z.literal("most"),
      roles: z.array(contactRule).min(1),
      most: z.union([z.int().min(1), z.literal("seats")]),
      per: z.enum(["account", "license"]),
    })
    .describe("At most so many active ones at a time: a number for the account, or the seats of the license they are named for."),
  z.strictObject({ contact: z.literal("one-each"), role: contactRule, per: z.literal("license") }),
  z.strictObject({ contact: z.literal("registered"), roles: z.array(contactRule).min(1) }),
  z.strictObject({ contact: z.literal("named-for"), roles: z.array(contactRule).min(1), on: z.enum(["license", "premises"]) }),
  z.strictObject({ contact: z.literal("customers-own"), roles: z.array(contactRule).min(1) }),
  z
    .strictObject({ contact: z.literal("changes-by"), anyone: contactRule, own: contactRule })
    .describe("Who may change whose data: a role anyone's on its licenses, others only their own."),
  /** By which channels changes are taken; by those of `unknown` in hours that the text does not state, but the calendar may once the parties do. */
  z.strictObject({
    contact: z.literal("changes-how"),
    roles: z.array(contactRule).min(1).optional().describe("Only contacts who have or are to have one of these roles; absent: all."),
    channels: z.array(channel).min(1),
    how: text(200).optional().describe("The way to take, in words, where the channels do not say it all: a letter is none of them."),
    unknown: z.array(channel),
    missing: text(200).optional().describe("What would say whether changes are taken by those of `unknown`."),
    calendar: calendarId.optional(),
  }),
]);

/** Requests of some kinds count as a severity, whatever was requested. */
export const severityEntry = z.strictObject({ severity: tag, kinds: z.array(tag), when: when.optional() });

/** What the clause computes: terms, days for notice, caps, fees. Amounts of money stand in facts, shares in basis points. */
export const formulaEntry = z.discriminatedUnion("formula", [
  z
    .strictObject({
      formula: z.literal("renewal"),
      licenseKinds: z.array(tag).min(1).optional(),
      months: z.literal(12),
      noticeDays: days.describe("Received at the latest so many calendar days before the term's last day."),
      forms: z.array(noticeForm),
      calendar: calendarId.optional(),
    })
    .describe(
      "Renews by itself for successive periods unless notice of non-renewal is received in time; only licenses of these kinds where any are named.",
    ),
  z
    .strictObject({ formula: z.literal("whole-non-renewal"), group: z.enum(["product-line", "bundle"]), products: supported })
    .describe("A notice of non-renewal must take in the whole group; one that names a part of it has no effect."),
  z
    .strictObject({
      formula: z.literal("price-cap"),
      noticeDays: days.describe("Received at the latest so many calendar days before the term's last day."),
      mostBasisPoints: basisPoints.describe("Hundredths of a percent of the running fee: 500 is 5 %."),
      testedOn: method("lines-named", "literal").describe(
        "`lines-named`: on the annualized total of the lines named. `literal`: on that of the whole contract.",
      ),
      calendar: calendarId.optional(),
    })
    .describe("A fee may rise for a renewal, with notice, and at most by a share of the running fee."),
  z
    .strictObject({
      formula: z.literal("initial-period"),
      months: z.literal(12),
      outlasts: method("initial-period", "literal").describe(
        "`initial-period`: cover goes on to its end, whatever becomes of the contract. `literal`: it ends with the contract.",
      ),
    })
    .describe("The first period of an added license, owed in full; whether its cover outlasts a contract that ends earlier."),
  z
    .strictObject({ formula: z.literal("additional-purchase"), currentOn: z.literal("product-line"), products: supported })
    .describe("More licenses are sold only while support of every earlier one of the group is current: covered, and nothing overdue."),
  z
    .strictObject({
      formula: z.literal("co-term"),
      by: method("stub", "literal").describe("`stub`: by one shorter term. `literal`: it keeps its own terms."),
    })
    .describe("After its initial period an added license is aligned to the contract's term by one shorter term, or keeps its own terms."),
  z
    .strictObject({
      formula: z.literal("reinstatement"),
      licenseKinds: z.array(tag),
      anchor: method("own", "common").describe("`own`: its terms count from the day of reinstatement. `common`: they are aligned to the contract's."),
    })
    .describe("Lapsed cover of licenses of these kinds comes back; its terms are its own or aligned to the contract's."),
  z
    .strictObject({
      formula: z.literal("forward-fees"),
      months: z.literal(12),
      when: when.optional(),
      withoutList: method("last-fee", "unknown", "literal").describe("Where no price list states the fee: `last-fee`, or nobody can say."),
    })
    .describe("The then-current annual fee for the new term."),
  z
    .strictObject({ formula: z.literal("listed-reinstatement-fee"), missing: text(200) })
    .describe("A fee a seat that the price list of the day states."),
  z
    .strictObject({
      formula: z.literal("back-fees"),
      accrual: method("daily", "as-billed").describe("By the day, or the annual fees that fell due in the lapse, in full."),
      rate: method("last-fee", "literal").describe(
        "`last-fee`: the last fee, raised only by an increase validly noticed before the lapse. `literal`: that of the price list in force on the first day of the lapse.",
      ),
    })
    .describe("What would have been payable for the lapse: by the day or as it would have been billed; at which fee."),
  z
    .strictObject({
      formula: z.literal("reinstatement-fee"),
      basisPoints: basisPoints.describe("Hundredths of a percent of the base: 2500 is 25 %."),
      base: method("back-and-forward", "forward", "back", "all-applicable").describe(
        "Of which fees it is a share: of the missed and new ones, of either, or also of everything else licensed.",
      ),
      early: method("assessed", "waived").describe(
        "Where cover is asked back before it has ended: `assessed`, the share is due; `waived`, it is not.",
      ),
    })
    .describe("A share of the fees in the base; and whether it is due when cover is asked back before it has ended."),
  z
    .strictObject({
      formula: z.literal("reinstatement-window"),
      months: months.describe("Counted from the first day without cover; the last day is still inside."),
      afterwards: z.enum(["discretion", "repurchase"]).describe("The vendor may decide, or the licenses are bought again."),
    })
    .describe("How long after a lapse cover can be brought back."),
]);

/** A kind of notice on which the text leaves the effect to a document that is not there. */
export const noticeEntry = z.union([
  z.strictObject({ notice: noticeKind, ruling: z.literal("undetermined"), missing: text(200) }),
  z
    .strictObject({
      notice: z.literal("maintenance"),
      ruling: z.literal("hours-ahead"),
      hours: z.int().min(1).max(8_760),
      forms: z.array(noticeForm).min(1),
    })
    .describe("In time when it was sent so many hours before what it tells of begins."),
]);

export const clause = z.strictObject({
  id: clauseId.describe("As the text numbers it, without spaces: `7.1(i)`."),
  says: text(1_000).describe("What the clause says, in your own words."),
  conditions: z.array(conditionEntry).optional().describe("What has to hold for a request to be served."),
  deadlines: z.array(deadlineEntry).optional().describe("By when the vendor replies."),
  obligations: z.array(obligationEntry).optional().describe("What the customer has to do meanwhile."),
  severities: z.array(severityEntry).optional().describe("Kinds of request that count as a severity, whatever was requested."),
  formulas: z.array(formulaEntry).optional().describe("Terms, notice and money."),
  notices: z.array(noticeEntry).optional().describe("Notices of maintenance, and those of which the text does not say what they do."),
  benefits: z.array(benefitEntry).optional().describe("What customers may use, as standing lists it."),
  assessments: z.array(assessmentEntry).optional().describe("Definitions of severities: the first one that what is stated fits."),
  closures: z.array(closureEntry).optional().describe("When a case may be closed."),
  contacts: z.array(contactEntry).optional().describe("Who may be recorded as a contact, and changed by whom."),
  lost: z
    .array(z.strictObject({ what: text(200), recordedIn: text(200).optional() }))
    .optional()
    .describe("What of the clause's text is lost or stands in a document that is not there, and the fact that says it instead."),
  informs: text(500).optional().describe("Why nothing is decided by the clause, or by what is left of it. A clause needs this or a part."),
});

export const reading = z.strictObject({
  id: tag,
  question: text(500),
  options: z.array(z.strictObject({ id: tag, says: text(500) })).min(1),
  default: tag.describe("The option that holds unless the policy's `choices` or a contract choose another."),
});

export const policy = z.strictObject({
  id: tag.describe("The same in all versions; contracts name it as `policyId`."),
  version: text(64).describe("Unlike any other of the policy; it stays as it was published."),
  vendor: text(200),
  title: text(200).describe("The document's own, as headlines cite it."),
  zone: z
    .union([zone, z.literal("premises")])
    .nullable()
    .default(null)
    .describe("In which the policy's days begin: an IANA zone, or `premises`, where the premises lie. Null: the text does not say."),
  effectiveFrom: calendarDate
    .nullable()
    .default(null)
    .describe("First day in force. Null: since ever, which only the first version of a policy can be."),
  regions: z
    .partialRecord(
      region,
      z.strictObject({
        zone: zone.nullable().default(null),
        always: z.boolean(),
        instead: z.array(z.strictObject({ when, zone })).min(1).optional().describe("Another zone under an option of a reading."),
      }),
    )
    .optional()
    .describe("The zone of premises by region: their own first unless it is always this one; null: only their own."),
  programs: z
    .array(tag)
    .describe(
      "Names of the levels that a contract buys, the best first: of several contracts that cover a license the one with the best program answers. Empty: the text names none, and a contract may call its own as it likes.",
    ),
  severities: z
    .array(z.strictObject({ id: tag, says: text(500) }))
    .describe("What a request may state as its severity, the gravest first. `says` is what it means, in a few words."),
  calendars: z.record(tag, calendar).describe("Hours and holidays by name, for deadlines and opening hours to count in."),
  readings: z
    .array(reading)
    .describe("Named choices where the text is unclear, or where contracts may choose. Whatever has `when` holds under one option only."),
  choices: z
    .record(tag, tag)
    .optional()
    .describe(
      'Options chosen other than a reading\'s default, also of the readings that all policies share: {"late-notice": "counts-for-next-term"}.',
    ),
  clauses: z.array(clause).min(1).describe("The numbered parts of the text, in its order."),
});

export type Policy = z.infer<typeof policy>;
export type Clause = z.infer<typeof clause>;
export type DeadlineEntry = z.infer<typeof deadlineEntry>;
export type ObligationEntry = z.infer<typeof obligationEntry>;
export type BenefitEntry = z.infer<typeof benefitEntry>;
export type AssessmentEntry = z.infer<typeof assessmentEntry>;
export type ClosureEntry = z.infer<typeof closureEntry>;
export type ContactEntry = z.infer<typeof contactEntry>;
export type FormulaEntry = z.infer<typeof formulaEntry>;
export type ReadingEntry = z.infer<typeof reading>;
export type { ConditionEntry };
