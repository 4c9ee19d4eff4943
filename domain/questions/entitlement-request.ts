/** What a support agent knows of a case when asking whether it may be served. Only `kind` is required. */
import * as z from "zod/mini";
import { leanIdentifier, leanInstant, leanText } from "../lean-shapes.ts";

export const requestKind = z.enum(["error", "question", "how-to", "feature-request", "work-order", "service"]);

/** By which way something reached the vendor. */
export const channel = z.enum(["portal", "web", "email", "phone", "chat"]);

const name = z.string().check(z.minLength(1), z.maxLength(64));
const names = z.array(name).check(z.maxLength(100));
const says = (description: string) => [z.globalRegistry, { description }] as const;

export const entitlementRequest = z
  .strictObject({
    kind: requestKind,
    service: z.optional(name).register(...says("A service tag of the policy, where kind is service.")),
    productId: z.optional(leanIdentifier),
    productVersion: z.optional(leanText(100)),
    licenseId: z.optional(leanIdentifier),
    deploymentId: z.optional(leanIdentifier),
    premisesId: z.optional(leanIdentifier),
    environment: z.optional(leanText(64)),
    severity: z.optional(name).register(...says("One of the policy's severities.")),
    channel: z.optional(channel),
    contactId: z.optional(leanIdentifier),
    requester: z.optional(z.enum(["customer", "reseller"])),
    resellerName: z.optional(leanText(200)),
    language: z.optional(z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, "must be a language tag, such as en"))),
    caseId: z.optional(leanIdentifier),
    issues: z.optional(z.int().check(z.minimum(1), z.maximum(10_000))),
    filedAt: z.optional(leanInstant),
    phonedAt: z.optional(leanInstant),
    lastVendorMessageAt: z.optional(leanInstant),
    provides: z._default(names, []).register(...says("Names of the intake fields filled in.")),
    circumstances: z._default(names, []).register(...says("Tags of the policy's exclusions that apply.")),
    attestations: z._default(z.record(name, z.boolean()), {}),
  })
  .register(z.globalRegistry, { id: "EntitlementRequest" });

export type EntitlementRequest = z.infer<typeof entitlementRequest>;
