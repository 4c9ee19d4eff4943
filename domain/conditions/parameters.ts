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
const failOrDiscretion = z.enum(["fail", "discretion"]);
const field = z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/);

/** A channel that is taken: always, for a case that exists, or where something is attested. */
const way = z.strictObject({
  channel,
  onlyWith: z.literal("caseId").optional(),
  attested: z.strictObject({ name: tag, is: z.boolean() }).optional(),
});

/** A condition of a clause as data: its name and its parameters. */
export const conditionEntry = z.discriminatedUnion("condition", [
  shapeOf("attestation", { name: tag, states: words, otherwise: failOrDiscretion }),
  shapeOf("channel", { ways: z.array(way).min(1), otherwise: failOrDiscretion }),
  shapeOf("circumstance", {
    /** Names under which a request states it, as a circumstance or as a service; the clause id is one of them by custom. */
    tags: z.array(clauseId).min(1),
    /** It is a service that may be asked for: where a request names another one, this is offered. */
    service: z.literal(true).optional(),
    /** What it is, after "the request states that". */
    states: words,
    otherwise: failOrDiscretion,
    /** What lifts it: an attestation that is true, or another circumstance. */
    unless: z.union([z.strictObject({ attested: tag }), z.strictObject({ circumstance: clauseId })]).optional(),
  }),
  shapeOf("contact-role", {
    roles: z.array(contactRole).min(1),
    /** The role must be held for the license or the premises asked about. */
    on: z.enum(["license", "premises"]).optional(),
    /** At most so many count at a time: those active the longest. */
    most: z.int().min(1).optional(),
    otherwise: z.enum(["fail", "unknown"]),
  }),
  shapeOf("covered", {
    otherwise: z.enum(["fail", "unknown"]),
    /** The text does not say what follows the recorded term: what ended with it is unknown, not lapsed. */
    afterTerm: z.literal("unknown").optional(),
  }),
  shapeOf("intake", {
    /** Each entry is a field, or fields of which one is enough. */
    fields: z.array(z.union([field, z.array(field).min(2)])).min(1),
    channels: z.array(channel).min(1).optional(),
    severities: z.array(tag).min(1).optional(),
    kinds: z.array(requestKind).min(1).optional(),
    /** Asked only where this is attested. */
    attested: tag.optional(),
    otherwise: failOrDiscretion,
  }),
  shapeOf("language", {
    /** Primary language subtags (RFC 5646), lower case. */
    languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1),
    otherwise: failOrDiscretion,
  }),
  shapeOf("library-supported", { otherwise: z.literal("fail") }),
  shapeOf("license-kind", { kinds: z.array(licenseKind).min(1), says: words, otherwise: failOrDiscretion }),
  shapeOf("one-issue", { otherwise: z.literal("fail") }),
  shapeOf("open-hours", {
    calendars: z.partialRecord(region, tag),
    /** Holidays are excluded and not stated: on a day that may be one in the region nothing can be told. */
    holidaysNotStated: z.literal(true).optional(),
    /** The reading that says in which zones the hours run. */
    zones: z.strictObject({ reading: tag }).optional(),
    otherwise: failOrDiscretion,
  }),
  shapeOf("payments-current", {
    /**
     * `contract`: support invoices of the contract that answers. `policy`: support invoices of all contracts under the
     * same policy. `other`: whatever else the account owes.
     */
    scope: z.enum(["contract", "policy", "other"]),
    otherwise: failOrDiscretion,
    /** What an overdue support invoice that names no contract means. */
    withoutContract: z.enum(["in-scope", "unknown"]),
  }),
  shapeOf("product-kind", { kinds: z.array(product.shape.kind).min(1), says: words, otherwise: z.enum(["fail", "discretion", "redirect"]) }),
  shapeOf("product-recorded", { otherwise: z.literal("unknown") }),
  shapeOf("request-kind", {
    kinds: z.array(requestKind).min(1),
    /** Requests of these severities are meant as well, whatever their kind. */
    severities: z.array(tag).min(1).optional(),
    says: words,
    otherwise: z.enum(["fail", "discretion", "unknown"]),
    /** Only where the request states none of the policy's exclusions, which then decide. */
    unlessExcluded: z.literal(true).optional(),
  }),
  shapeOf("sold-by-vendor", {
    /** Whose sale decides. */
    of: z.array(z.enum(["contract", "license"])).min(1),
    /** A request that the reseller itself makes is served. */
    exceptFromReseller: z.literal(true).optional(),
    otherwise: z.literal("redirect"),
  }),
  shapeOf("timed-call", {
    severities: z.array(tag).min(1),
    channels: z.array(channel).min(1),
    withinMinutes: z.int().min(1).max(100_000),
    otherwise: failOrDiscretion,
  }),
  shapeOf("uniform-program", { group: z.literal("bundle"), otherwise: failOrDiscretion }),
  shapeOf("version-supported", { otherwise: z.literal("fail") }),
  shapeOf("whole-coverage", {
    group: z.enum(["product-line", "deployment", "bundle"]),
    /** Kinds of license that must be covered. A running subscription is. */
    of: z.array(z.enum(["perpetual", "subscription"])).min(1),
    /** What an incomplete group means for a license that is itself covered. */
    otherwise: failOrDiscretion,
  }),
]);

export type ConditionEntry = z.infer<typeof conditionEntry>;

/** The parameters of the condition of this name. */
export type ParametersOf<Name extends ConditionEntry["condition"]> = Extract<ConditionEntry, { condition: Name }>;
