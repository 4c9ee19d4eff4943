/**
 * A policy is one version of a vendor's document as data: its clauses in order, each with a summary in our words and
 * what it makes the product do. The five shipped policies and an operator's own JSON have this one shape.
 */
import * as z from "zod";
import { calendar } from "./calendar-shape.ts";
import { type ConditionEntry, conditionEntry } from "./conditions/parameters.ts";
import { noticeForm, noticeKind, region } from "./facts.ts";
import { clauseId, tag, when } from "./policy-words.ts";
import { channel } from "./questions/entitlement-request.ts";
import { calendarDate, text, zone } from "./shapes.ts";

const basisPoints = z.int().min(0).max(1_000_000);
const months = z.int().min(1).max(600);
const days = z.int().min(0).max(3_660);
const calendarId = tag;

/** A promised duration, on a clock, and how firm the promise is. */
export const deadlineEntry = z.strictObject({
  deadline: z.enum(["first-response", "next-update"]),
  /** Absent: whatever the severity. */
  severity: tag.optional(),
  /** Absent: under every program. */
  program: tag.optional(),
  when: when.optional(),
  /** Absent: the policy states no target. */
  targetMinutes: z.int().min(1).max(525_600).optional(),
  /** The document that states the target and is not there: the deadline is unknown until a target is agreed. */
  missing: text(200).optional(),
  clock: z.union([z.literal("elapsed"), z.strictObject({ calendar: calendarId })]),
  commitment: z.enum(["committed", "effort", "informational", "none"]),
  /** The target stands only once the case was reported by phone; until then there is this to do. */
  oncePhoned: z.strictObject({ meanwhile: text(500) }).optional(),
  /** The clock for a product whose end of life is announced. */
  endOfLife: z.strictObject({ calendar: calendarId }).optional(),
});

/** Something the customer has to do for the answer to hold. */
export const obligationEntry = z.strictObject({
  obligation: text(500),
  kinds: z.array(tag).min(1).optional(),
  severities: z.array(tag).min(1).optional(),
  channels: z.array(channel).min(1).optional(),
  /** Due so long after the request was filed. */
  withinMinutes: z.int().min(1).max(525_600).optional(),
  ifMissed: z.enum(["discretion", "fail"]).nullable().default(null),
});

/** Something that customers may use. */
export const benefitEntry = z.strictObject({
  benefit: tag,
  says: text(500),
  /** What it takes: a running contract; good standing, which is that nothing at all is overdue; or nothing. */
  needs: z.enum(["contract", "good-standing", "nothing"]),
  /** Programs that have it; absent: all. */
  programs: z.array(tag).min(1).optional(),
  /** What of the text is lost that would say who has it. */
  missing: text(200).optional(),
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
  all: z.array(impactField).optional(),
  any: z.array(impactField).optional(),
  /** Must be stated as not so. */
  denied: z.array(impactField).optional(),
  /** Must not be stated as so. */
  none: z.array(impactField).optional(),
  environment: text(64).optional(),
  usersAffected: z
    .array(z.enum(["many-or-all", "few"]))
    .min(1)
    .optional(),
});

/** A ground on which a case may be closed: the day of an event, or business days without an answer to the vendor's last message. */
export const closureEntry = z.discriminatedUnion("ground", [
  z.strictObject({ ground: z.literal("event"), on: z.enum(["agreedInWritingOn", "updateProvidedOn", "workaroundOn", "customerAskedToCloseOn"]) }),
  z.strictObject({
    ground: z.literal("no-answer"),
    businessDays: z.int().min(1).max(366),
    calendar: calendarId,
    countedFrom: z.strictObject({ reading: tag }),
  }),
]);

const contactRule = z.enum(["technical-contact", "administrative-contact", "regular-contact", "authorized-representative"]);

/** What must hold of contacts who are recorded or changed. */
export const contactEntry = z.discriminatedUnion("contact", [
  /** At most so many active ones at a time: a number for the account, or the seats of the license they are named for. */
  z.strictObject({
    contact: z.literal("most"),
    roles: z.array(contactRule).min(1),
    most: z.union([z.int().min(1), z.literal("seats")]),
    per: z.enum(["account", "license"]),
  }),
  z.strictObject({ contact: z.literal("one-each"), role: contactRule, per: z.literal("license") }),
  z.strictObject({ contact: z.literal("registered"), roles: z.array(contactRule).min(1) }),
  z.strictObject({ contact: z.literal("named-for"), roles: z.array(contactRule).min(1), on: z.enum(["license", "premises"]) }),
  z.strictObject({ contact: z.literal("customers-own"), roles: z.array(contactRule).min(1) }),
  /** Who may change whose data: a role anyone's on its licenses, others only their own. */
  z.strictObject({ contact: z.literal("changes-by"), anyone: contactRule, own: contactRule }),
  z.strictObject({ contact: z.literal("changes-how"), channels: z.array(channel).min(1), unknown: z.array(channel), missing: text(200) }),
]);

/** Requests of some kinds count as a severity, whatever was requested. */
export const severityEntry = z.strictObject({ severity: tag, kinds: z.array(tag), when: when.optional() });

/** A method is fixed by the policy, or left to one of its readings, whose options are the methods. */
const method = <const Option extends string>(...options: [Option, ...Option[]]) => z.union([z.enum(options), z.strictObject({ reading: tag })]);

/** What the clause computes: terms, days for notice, caps, fees. Amounts of money stand in facts, shares in basis points. */
export const formulaEntry = z.discriminatedUnion("formula", [
  /** Renews by itself for successive periods unless notice of non-renewal is received in time; only licenses of these kinds where any are named. */
  z.strictObject({
    formula: z.literal("renewal"),
    licenseKinds: z.array(tag).min(1).optional(),
    months: z.literal(12),
    noticeDays: days,
    forms: z.array(noticeForm),
    calendar: calendarId.optional(),
  }),
  /** A notice of non-renewal must take in the whole group; one that names a part of it has no effect. */
  z.strictObject({ formula: z.literal("whole-non-renewal"), group: z.enum(["product-line", "bundle"]) }),
  /** A fee may rise for a renewal, with notice, and at most by a share of the running fee. */
  z.strictObject({
    formula: z.literal("price-cap"),
    noticeDays: days,
    mostBasisPoints: basisPoints,
    /** Tested on the annualized total of the lines named, or on that of the whole contract. */
    testedOn: method("lines-named", "literal"),
    calendar: calendarId.optional(),
  }),
  /** The first period of an added license, owed in full; whether its cover outlasts a contract that ends earlier. */
  z.strictObject({ formula: z.literal("initial-period"), months: z.literal(12), outlasts: method("initial-period", "literal") }),
  /** More licenses are sold only while support of every earlier one of the group is current: covered, and nothing overdue. */
  z.strictObject({ formula: z.literal("additional-purchase"), currentOn: z.literal("product-line") }),
  /** After its initial period an added license is aligned to the contract's term by one shorter term, or keeps its own terms. */
  z.strictObject({ formula: z.literal("co-term"), by: method("stub", "literal") }),
  /** Lapsed cover of licenses of these kinds comes back; its terms are its own or aligned to the contract's. */
  z.strictObject({ formula: z.literal("reinstatement"), licenseKinds: z.array(tag), anchor: method("own", "common") }),
  /** The then-current annual fee for the new term. */
  z.strictObject({ formula: z.literal("forward-fees"), months: z.literal(12), when: when.optional(), withoutList: method("last-fee", "unknown") }),
  /** A fee a seat that the price list of the day states. */
  z.strictObject({ formula: z.literal("listed-reinstatement-fee"), missing: text(200) }),
  /** What would have been payable for the lapse: by the day or as it would have been billed; at which fee. */
  z.strictObject({ formula: z.literal("back-fees"), accrual: method("daily", "as-billed"), rate: method("last-fee", "literal") }),
  /** A share of the fees in the base; and whether it is due when cover is asked back before it has ended. */
  z.strictObject({
    formula: z.literal("reinstatement-fee"),
    basisPoints,
    base: method("back-and-forward", "forward", "back", "all-applicable"),
    early: method("assessed", "waived"),
  }),
  z.strictObject({ formula: z.literal("reinstatement-window"), months, afterwards: z.enum(["discretion", "repurchase"]) }),
]);

/** A kind of notice on which the text leaves the effect to a document that is not there. */
export const noticeEntry = z.union([
  z.strictObject({ notice: noticeKind, ruling: z.literal("undetermined"), missing: text(200) }),
  /** In time when it was sent so many hours before what it tells of begins. */
  z.strictObject({
    notice: z.literal("maintenance"),
    ruling: z.literal("hours-ahead"),
    hours: z.int().min(1).max(8_760),
    forms: z.array(noticeForm).min(1),
  }),
]);

export const clause = z.strictObject({
  id: clauseId,
  says: text(1_000),
  conditions: z.array(conditionEntry).optional(),
  deadlines: z.array(deadlineEntry).optional(),
  obligations: z.array(obligationEntry).optional(),
  severities: z.array(severityEntry).optional(),
  formulas: z.array(formulaEntry).optional(),
  notices: z.array(noticeEntry).optional(),
  benefits: z.array(benefitEntry).optional(),
  assessments: z.array(assessmentEntry).optional(),
  closures: z.array(closureEntry).optional(),
  contacts: z.array(contactEntry).optional(),
  /** Why nothing is decided by the clause, or by what is left of it. */
  informs: text(500).optional(),
});

export const reading = z.strictObject({
  id: tag,
  question: text(500),
  options: z.array(z.strictObject({ id: tag, says: text(500) })).min(1),
  default: tag,
});

export const policy = z.strictObject({
  id: tag,
  version: text(64),
  vendor: text(200),
  title: text(200),
  /** Where the policy's days begin; null: not stated; "premises": where the premises lie. */
  zone: z
    .union([zone, z.literal("premises")])
    .nullable()
    .default(null),
  /** First day in force; null: since ever. */
  effectiveFrom: calendarDate.nullable().default(null),
  /** The zone of premises by region: their own first unless it is always this one; null: only their own. */
  regions: z.partialRecord(region, z.strictObject({ zone: zone.nullable().default(null), always: z.boolean(), when: when.optional() })).optional(),
  /** Best first; empty where the text names none, and then a contract may call its own as it likes. */
  programs: z.array(tag),
  /** Gravest first. */
  severities: z.array(z.strictObject({ id: tag, says: text(500) })),
  calendars: z.record(tag, calendar),
  readings: z.array(reading),
  /** Options chosen other than a reading's default. */
  choices: z.record(tag, tag).optional(),
  clauses: z.array(clause).min(1),
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
