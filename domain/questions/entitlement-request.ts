/** What a support agent knows of a case when asking whether it may be served. Only `kind` is required. */
import * as z from "zod";
import { channel, identifier, instant, text } from "../facts.ts";

export const requestKind = z.enum(["error", "question", "how-to", "feature-request", "work-order", "service"]);
export { channel };

const name = z.string().min(1).max(64);

export const entitlementRequest = z
  .strictObject({
    kind: requestKind,
    service: name.optional().meta({ description: "A service tag of the policy, where kind is service." }),
    productId: identifier.optional(),
    productVersion: text(100).optional(),
    licenseId: identifier.optional(),
    deploymentId: identifier.optional(),
    premisesId: identifier.optional(),
    environment: text(64).optional(),
    severity: name.optional().meta({ description: "One of the policy's severities." }),
    channel: channel.optional(),
    contactId: identifier.optional(),
    requester: z.enum(["customer", "reseller"]).optional(),
    resellerName: text(200).optional(),
    language: z
      .string()
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, "must be a language tag, such as en")
      .optional(),
    caseId: identifier.optional(),
    issues: z.int().min(1).max(10_000).optional(),
    filedAt: instant.optional(),
    phonedAt: instant.optional(),
    lastVendorMessageAt: instant.optional(),
    provides: z.array(name).max(100).default([]).meta({ description: "Names of the intake fields filled in." }),
    circumstances: z.array(name).max(100).default([]).meta({ description: "Tags of the policy's exclusions that apply." }),
    attestations: z.record(name, z.boolean()).default({}),
  })
  .meta({ id: "EntitlementRequest" });

export type EntitlementRequest = z.infer<typeof entitlementRequest>;
