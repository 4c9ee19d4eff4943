/** What the demo's Wolfram customers can hold, and its prices. */
import { contacts } from "./sketch.ts";
import { endOfLife, threeVersions, type Vendor } from "./vendor.ts";

const priced = {
  "wol-notebook": { name: "Notebook seat", productLine: "Notebook", annualFee: 700 },
  "wol-kernel": { name: "Kernel server", productLine: "Server", annualFee: 5200 },
  "wol-kernel-grid": { name: "Kernel grid node", productLine: "Server", annualFee: 1600 },
  "wol-notebook-classic": { name: "Notebook Classic seat", productLine: "Notebook Classic", annualFee: 500 },
};

export const wolfram: Vendor<keyof typeof priced> = {
  policyId: "wolfram-enterprise-support",
  code: "WOL",
  programs: ["enterprise-support"],
  currencies: { USD: [1, 1], EUR: [95, 100] },
  priced,
  unpriced: {},
  lifecycle: (today) => ({ "wol-notebook": threeVersions(today, ["12.3", "13.2", "14.0"]), "wol-notebook-classic": endOfLife(today, 6) }),
  licenseKind: "perpetual",
  renewsByItself: false,
  firstPerson: 400,
  contacts(count, since, firstPerson, licenses) {
    const named = { licenseIds: licenses.map(({ licenseId }) => licenseId), registeredInPortal: true };
    return [
      ...contacts("administrative-contact", 1, since, firstPerson, named),
      ...contacts("regular-contact", count - 1, since, firstPerson + 1, named),
    ];
  },
  premises: [],
};
