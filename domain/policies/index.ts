/** The policies that ship with the product. */
import { policyBook } from "../compiled-policy.ts";
import { ebiexperts } from "./ebiexperts.ts";

export const shippedPolicies = policyBook([ebiexperts]);
