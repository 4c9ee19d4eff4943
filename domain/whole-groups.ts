/** "Which licenses are supported together?" Product lines, deployments and bundles, made of what support is sold for. */
import { productOf } from "./coverage.ts";
import type { Catalog, HeldLicense, Product } from "./facts.ts";

export interface WholeGroupRule {
  group: "product-line" | "deployment" | "bundle";
  /** Kinds of product that can be members, a library only where it is a listed one; absent: all. */
  products?: readonly Product["kind"][] | undefined;
}

/** A member of the group named; or what is not recorded and would tell whether it is one, and of which. */
export type Membership = { name: string; missing: null } | { name: string | null; missing: string };

/** The license's group of this sort; null where it is a member of none. */
export function membershipOf({ group, products }: WholeGroupRule, license: HeldLicense, catalog: Catalog): Membership | null {
  const product = productOf(catalog, license.productId);
  const name = group === "deployment" ? license.deploymentId : group === "bundle" ? license.bundleId : product?.productLine;
  if (name === undefined) return group === "product-line" ? { name: null, missing: `product line of \`${license.productId}\`` } : null;
  if (products === undefined) return { name, missing: null };
  if (product === undefined) return { name, missing: `product \`${license.productId}\`` };
  if (!products.includes(product.kind)) return null;
  if (product.kind !== "open-source-library" || product.supportedLibrary === true) return { name, missing: null };
  return product.supportedLibrary === undefined ? { name, missing: `supportedLibrary of \`${license.productId}\`` } : null;
}

/** The group that the license is known to be a member of. */
export function groupOf(rule: WholeGroupRule, license: HeldLicense, catalog: Catalog): string | undefined {
  const membership = membershipOf(rule, license, catalog);
  return membership?.missing === null ? membership.name : undefined;
}
