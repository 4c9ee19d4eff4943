/**
 * What a clause says of each condition that it makes: the shapes of their parameters, in the order of their names.
 * They stand apart from the judges, which read what was checked when the policy was taken, and need no shape to start.
 */
import * as z from "zod";
import { contactRole, product, region } from "../facts.ts";
import { clauseId, inEveryCondition, licenseKind, tag } from "../policy-words.ts";
import { channel, requestKind } from "../questions/entitlement-request.ts";

const shapeOf = <const Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.strictObject({ condition: z.literal(name), ...inEveryCondition, ...shape });

const words = z.string().min(1).max(300);
export const supported = z
  .array(product.shape.kind)
  .min(1)
  .optional()
  .describe("Kinds of product that a group is made of, those that support is sold for; a library only where it is a listed one. Absent: all.");
const failOrDiscretion = z.enum(["fail", "discretion"]).describe("Where it does not hold: not entitled, or left to the vendor.");
const field = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,63}$/)
  .describe("As a request names it in `provides`: `description`, `productVersion`.");

const way = z
  .strictObject({
    channel,
    onlyWith: z.literal("caseId").optional(),
    attested: z.strictObject({ name: tag, is: z.boolean() }).optional(),
  })
  .describe("A channel that is taken: always, for a case that exists, or where something is attested.");

/** A condition of a clause as data: its name and its parameters. */
export const conditionEntry = z.discriminatedUnion("condition", [
  shapeOf("attestation", {
    name: tag.describe("Under which a request states it in `attestations`."),
    states: words.describe('A sentence that can follow "the customer attests that": "the staff is trained".'),
    otherwise: failOrDiscretion,
  }),
  shapeOf("channel", { ways: z.array(way).min(1), otherwise: failOrDiscretion }),
  shapeOf("circumstance", {
    tags: z
      .array(clauseId)
      .min(1)
      .describe("Names under which a request states it, as a circumstance or as a service; the clause id is one of them by custom."),
    service: z.literal(true).optional().describe("It is a service that may be asked for: where a request names another one, this is offered."),
    states: words.describe('A sentence that can follow "the request states that": "the sensor was opened", not "opened sensors".'),
    otherwise: failOrDiscretion,
    unless: z
      .union([z.strictObject({ attested: tag }), z.strictObject({ circumstance: clauseId })])
      .optional()
      .describe("What lifts it: an attestation that is true, or another circumstance."),
  }),
  shapeOf("contact-role", {
    roles: z.array(contactRole).min(1),
    on: z.enum(["license", "premises"]).optional().describe("The role must be held for the license or the premises asked about."),
    most: z
      .int()
      .min(1)
      .optional()
      .describe("At most so many count at a time: those active the longest. What may be recorded at all is said in `contacts`."),
    otherwise: z.enum(["fail", "unknown"]),
  }),
  shapeOf("covered", {
    otherwise: z.enum(["fail", "unknown"]),
    afterTerm: z
      .literal("unknown")
      .optional()
      .describe("The text does not say what follows the recorded term: what ended with it is unknown, not lapsed."),
  }),
  shapeOf("intake", {
    fields: z
      .array(z.union([field, z.array(field).min(2)]))
      .min(1)
      .describe("Each entry is a field, or fields of which one is enough."),
    words: z.record(field, words).optional().describe("What a field is called to the customer, where its name does not say it."),
    channels: z.array(channel).min(1).optional(),
    severities: z.array(tag).min(1).optional(),
    kinds: z.array(requestKind).min(1).optional(),
    attested: tag.optional().describe("Asked only where this is attested."),
    initially: z.literal(true).optional().describe("Asked when a case is first reported: of one that has an id it was stated before."),
    otherwise: failOrDiscretion,
  }),
  shapeOf("language", {
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}$/, "must be a language in two or three small letters, such as en"))
      .min(1)
      .describe("Primary language subtags (RFC 5646), lower case."),
    otherwise: failOrDiscretion,
  }),
  shapeOf("library-supported", { otherwise: z.literal("fail") }),
  shapeOf("license-kind", {
    kinds: z.array(licenseKind).min(1).describe("Kinds that are left out."),
    says: words.describe('Why, after "the license is of kind trial:".'),
    otherwise: failOrDiscretion,
  }),
  shapeOf("one-issue", { otherwise: z.literal("fail") }),
  shapeOf("open-hours", {
    calendars: z.partialRecord(region, tag).describe("For each region of premises the calendar of its hours."),
    channels: z.array(channel).min(1).optional().describe("The channels whose hours they are; by others: unknown. Absent: all."),
    holidaysNotStated: z
      .literal(true)
      .optional()
      .describe("Holidays are excluded and not stated: on a day that may be one in the region nothing can be told."),
    zones: z.strictObject({ reading: tag }).optional().describe("The reading that says in which zones the hours run."),
    otherwise: failOrDiscretion,
  }),
  shapeOf("payments-current", {
    scope: z
      .enum(["contract", "policy", "other"])
      .describe(
        "`contract`: support invoices of the contract that answers. `policy`: support invoices of all contracts under the same policy. `other`: whatever else the account owes.",
      ),
    graceDays: z
      .int()
      .min(1)
      .max(366)
      .optional()
      .describe("What is open stands against support only from so many days after the due day on: due on the 1st and 10 days, first on the 12th."),
    otherwise: failOrDiscretion,
    withoutContract: z
      .enum(["in-scope", "unknown"])
      .describe("An overdue support invoice that names no contract: `in-scope`, it counts like the others; `unknown`, nobody can say."),
    ofSubscription: z
      .union([z.enum(["support-invoices", "subscription-too"]), z.strictObject({ reading: tag })])
      .optional()
      .describe("Whether a subscription license also depends on invoices of kind subscription; absent: on those of support alone."),
  }),
  shapeOf("product-kind", {
    kinds: z.array(product.shape.kind).min(1).describe("Kinds that are left out."),
    says: words.describe('Why, after "the product is of kind extension:".'),
    otherwise: z.enum(["fail", "discretion", "redirect"]),
  }),
  shapeOf("product-recorded", { otherwise: z.literal("unknown") }),
  shapeOf("request-kind", {
    kinds: z.array(requestKind).min(1).describe("Kinds that are left out."),
    severities: z.array(tag).min(1).optional().describe("Requests of these severities are meant as well, whatever their kind."),
    says: words,
    otherwise: z.enum(["fail", "discretion", "unknown"]),
    unlessExcluded: z
      .literal(true)
      .optional()
      .describe(
        "Not asked where the request states a circumstance or service that fails at another clause, which then decides. Else a request of these kinds would have two answers.",
      ),
    missing: words.optional().describe("The document that would say."),
  }),
  shapeOf("sold-by-vendor", {
    of: z
      .array(z.enum(["contract", "license"]))
      .min(1)
      .describe("Whose sale decides."),
    exceptFromReseller: z.literal(true).optional().describe("A request that the reseller itself makes is served."),
    otherwise: z.literal("redirect"),
  }),
  shapeOf("timed-call", {
    severities: z.array(tag).min(1),
    channels: z.array(channel).min(1),
    withinMinutes: z.int().min(1).max(100_000),
    otherwise: failOrDiscretion,
  }),
  shapeOf("uniform-program", { group: z.literal("bundle"), otherwise: failOrDiscretion }),
  shapeOf("version-supported", {
    announced: z
      .strictObject({ reading: tag })
      .optional()
      .describe("The reading that says from when on an announced end of life counts: from the day announced, or at once."),
    otherwise: z.literal("fail"),
  }),
  shapeOf("whole-coverage", {
    group: z.enum(["product-line", "deployment", "bundle"]),
    of: z
      .array(z.enum(["perpetual", "subscription"]))
      .min(1)
      .describe("Kinds of license that must be covered. A running subscription is."),
    products: supported,
    otherwise: failOrDiscretion.describe("What an incomplete group means for a license that is itself covered; one that is not is refused."),
  }),
]);

export type ConditionEntry = z.infer<typeof conditionEntry>;

/** The parameters of the condition of this name. */
export type ParametersOf<Name extends ConditionEntry["condition"]> = Extract<ConditionEntry, { condition: Name }>;
