/** What the simulated accounts are made of: products and prices of five vendors, and how a contract under each is written. */
import type { PriceList, Product } from "../../domain/facts.ts";
import { fromMinor } from "../../domain/money.ts";

export interface Vendor {
  policyId: string;
  programs: readonly string[];
  currency: string;
  /** By product line. */
  lines: Readonly<Record<string, readonly string[]>>;
  kind: "perpetual" | "subscription";
  role: "technical-contact" | "administrative-contact" | "authorized-representative";
  severities: readonly string[];
  renews: boolean;
}

export const ebiexperts: Vendor = {
  policyId: "ebiexperts-support",
  programs: ["enterprise"],
  currency: "CHF",
  lines: { Alpha: ["ebx-a", "ebx-b"], Beta: ["ebx-c"], Gamma: ["ebx-d"] },
  kind: "perpetual",
  role: "technical-contact",
  severities: ["severity-1", "severity-2", "severity-3"],
  renews: true,
};

export const others: readonly Vendor[] = [
  {
    policyId: "ensim-support",
    programs: ["16x5", "24x7"],
    currency: "USD",
    lines: { Manager: ["ens-a", "ens-b"], Server: ["ens-c"] },
    kind: "perpetual",
    role: "technical-contact",
    severities: ["critical", "major", "minor"],
    renews: false,
  },
  {
    policyId: "psigen-support",
    programs: ["annual"],
    currency: "USD",
    lines: { Capture: ["psi-a", "psi-b"] },
    kind: "perpetual",
    role: "technical-contact",
    severities: ["many-or-all", "few", "minor"],
    renews: false,
  },
  {
    policyId: "wolfram-enterprise-support",
    programs: ["enterprise"],
    currency: "KWD",
    lines: { Desktop: ["wri-a"], Cloud: ["wri-b"] },
    kind: "perpetual",
    role: "administrative-contact",
    severities: ["advisory", "important", "urgent", "critical"],
    renews: false,
  },
  {
    policyId: "essensys-customer-success",
    programs: ["enterprise", "other"],
    currency: "JPY",
    lines: { Platform: ["ess-a"] },
    kind: "perpetual",
    role: "authorized-representative",
    severities: [],
    renews: false,
  },
];

export const vendors: readonly Vendor[] = [ebiexperts, ...others];

/** What is written to the catalog first, by path. */
export function catalogOf(first: number): [path: string, document: object][] {
  const products = vendors.flatMap(({ lines }) =>
    Object.entries(lines).flatMap(([productLine, ids]) =>
      ids.map((id): [string, Product] => [`products/${id}`, { name: id.toUpperCase(), productLine, kind: "software" }]),
    ),
  );
  const lists = [0, 2, 5].map((years): [string, PriceList] => [
    `price-lists/ebx-${years}`,
    {
      policyId: ebiexperts.policyId,
      effectiveFrom: `${first + years}-07-01`,
      currency: ebiexperts.currency,
      items: ["ebx-a", "ebx-c"].map((productId, n) => ({ productId, annualFeePerSeat: fromMinor(BigInt(33_333 + 1_777 * years + n), "CHF") })),
    },
  ]);
  return [...products, ...lists];
}
