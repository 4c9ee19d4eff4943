/** What the demo's essensys customers can hold, its prices, and where they are served. */
import type { DemoPremises } from "./account.ts";
import { contacts } from "./sketch.ts";
import { endOfLife, type Vendor } from "./vendor.ts";

const priced = {
  "ess-workspace": { name: "Workspace platform", productLine: "Workspace", kind: "cloud-service", annualFee: 60 },
  "ess-access": { name: "Door access", productLine: "Workspace", kind: "cloud-service", annualFee: 25 },
  "ess-network": { name: "Managed network", productLine: "Network", kind: "cloud-service", annualFee: 90 },
  "ess-portal": { name: "Member portal", productLine: "Portal", kind: "cloud-service", annualFee: 15 },
} as const;

/** In each region some: ids of their own, so that one customer can have them all. */
export const places = {
  london: { premisesId: "p-london", name: "Exchange House", region: "uk-eu", country: "GB" },
  helsinki: { premisesId: "p-helsinki", name: "Harbour Yard", region: "uk-eu", country: "FI", timeZone: "Europe/Helsinki" },
  newYork: { premisesId: "p-new-york", name: "Canal Lofts", region: "us-est", country: "US" },
  chicago: { premisesId: "p-chicago", name: "Lake Floors", region: "us-ct", country: "US" },
  losAngeles: { premisesId: "p-los-angeles", name: "Sunset Studios", region: "us-pst", country: "US" },
  singapore: { premisesId: "p-singapore", name: "Marina Rooms", region: "apac", country: "SG", timeZone: "Asia/Singapore" },
} as const satisfies Record<string, DemoPremises>;

export const essensys: Vendor<keyof typeof priced> = {
  policyId: "essensys-customer-success",
  code: "ESS",
  programs: ["enterprise", "other"],
  currencies: { GBP: [1, 1], USD: [125, 100] },
  priced,
  unpriced: {},
  lifecycle: (today) => ({ "ess-portal": endOfLife(today, 9) }),
  licenseKind: "subscription",
  renewsByItself: false,
  firstPerson: 500,
  contacts: (count, since, firstPerson) => contacts("authorized-representative", count, since, firstPerson, { premisesIds: ["p-1"] }),
  premises: Object.values(places),
};
