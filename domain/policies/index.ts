/** The policies that ship with the product. */
import { policyBook } from "../compiled-policy.ts";
import { ebiexperts } from "./ebiexperts.ts";
import { ensim } from "./ensim.ts";
import { essensys } from "./essensys.ts";
import { psigen } from "./psigen.ts";
import { wolfram } from "./wolfram.ts";

export const shippedPolicies = policyBook([ebiexperts, ensim, essensys, psigen, wolfram]);
