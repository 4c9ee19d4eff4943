/** What the demo's PSIGEN customers can hold, and its prices. */
import { contacts } from "./sketch.ts";
import { endOfLife, threeVersions, type Vendor } from "./vendor.ts";

const priced = {
  "psi-scan": { name: "Scan station", productLine: "Capture", annualFee: 450 },
  "psi-capture": { name: "Capture server", productLine: "Capture", annualFee: 1800 },
  "psi-archive": { name: "Archive user", productLine: "Archive", annualFee: 120 },
  "psi-archive-server": { name: "Archive server", productLine: "Archive", annualFee: 2400 },
  "psi-scan-classic": { name: "Scan Classic", productLine: "Classic", annualFee: 300 },
};

export const psigen: Vendor<keyof typeof priced> = {
  policyId: "psigen-support",
  code: "PSI",
  programs: ["annual"],
  currencies: { USD: [1, 1], GBP: [8, 10] },
  priced,
  unpriced: {},
  lifecycle: (today) => ({ "psi-capture": threeVersions(today, ["7.5", "7.6", "8.0"]), "psi-scan-classic": endOfLife(today, -3) }),
  licenseKind: "perpetual",
  renewsByItself: false,
  firstPerson: 300,
  contacts: (count, since, firstPerson) => contacts("technical-contact", count, since, firstPerson),
  premises: [],
};
