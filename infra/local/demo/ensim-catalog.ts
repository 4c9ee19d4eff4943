/** What the demo's Ensim customers can hold, with what it costs to bring support back and to buy a license again. */
import { contacts } from "./sketch.ts";
import { endOfLife, threeVersions, type Vendor } from "./vendor.ts";

const priced = {
  "ens-panel": { name: "Panel server", productLine: "Hosting Panel", annualFee: 600, reinstatementFee: 240, licensePrice: 3000 },
  "ens-panel-sites": { name: "Panel site pack", productLine: "Hosting Panel", annualFee: 80, reinstatementFee: 30, licensePrice: 400 },
  "ens-mail": { name: "Mail platform", productLine: "Mail", annualFee: 1200, reinstatementFee: 500, licensePrice: 6000 },
  "ens-mail-filter": { name: "Mail filter", productLine: "Mail", annualFee: 300, reinstatementFee: 120, licensePrice: 1500 },
  "ens-panel-classic": { name: "Panel Classic", productLine: "Panel Classic", annualFee: 400, reinstatementFee: 160, licensePrice: 2000 },
};

export const ensim: Vendor<keyof typeof priced> = {
  policyId: "ensim-support",
  code: "ENS",
  programs: ["24x7", "16x5"],
  currencies: { USD: [1, 1], EUR: [9, 10] },
  priced,
  unpriced: {},
  lifecycle: (today) => ({ "ens-panel": threeVersions(today, ["3.7", "4.0", "4.1"]), "ens-panel-classic": endOfLife(today, -5) }),
  licenseKind: "perpetual",
  renewsByItself: false,
  firstPerson: 200,
  contacts: (count, since, firstPerson) => contacts("technical-contact", count, since, firstPerson),
  premises: [],
};
