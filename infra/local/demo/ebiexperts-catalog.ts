/** What the demo's Ebiexperts customers can hold: three product lines, a few special products, and their prices. */
import { contacts } from "./sketch.ts";
import { endOfLife, threeVersions, type Vendor } from "./vendor.ts";

const priced = {
  "qs-analyzer": { name: "Analyzer user", productLine: "Query Studio", annualFee: 1000 },
  "qs-professional": { name: "Professional user", productLine: "Query Studio", annualFee: 1400 },
  "qs-server": { name: "Query server", productLine: "Query Studio", annualFee: 4800 },
  "dm-modeler": { name: "Modeler", productLine: "Data Models", annualFee: 600 },
  "dm-repository": { name: "Repository", productLine: "Data Models", annualFee: 3200 },
  "gw-server": { name: "Gateway server", productLine: "Gateway", annualFee: 2700 },
  "gw-connector": { name: "Gateway connector", productLine: "Gateway", annualFee: 900 },
  "rp-classic": { name: "Report Classic", productLine: "Reports", annualFee: 750 },
};

export const ebiexperts: Vendor<keyof typeof priced> = {
  policyId: "ebiexperts-support",
  code: "EBX",
  programs: ["enterprise"],
  currencies: { CHF: [1, 1], EUR: [105, 100], USD: [115, 100], GBP: [9, 10], JPY: [160, 1], KWD: [35, 100] },
  priced,
  unpriced: {
    "cl-desk": { name: "Cloud Desk", productLine: "Cloud", kind: "cloud-service" },
    "ext-maps": { name: "Map extension", productLine: "Query Studio", kind: "extension" },
    "lib-connect": {
      name: "Connect library",
      productLine: "Libraries",
      kind: "open-source-library",
      supportedLibrary: true,
      latestVersion: "3.2.0",
      versions: [{ version: "3.1.0" }, { version: "3.2.0" }],
    },
  },
  lifecycle: (today) => ({ "gw-server": threeVersions(today, ["8.6", "9.1", "9.2"]), "rp-classic": endOfLife(today, 10) }),
  licenseKind: "perpetual",
  renewsByItself: true,
  firstPerson: 0,
  contacts: (count, since, firstPerson) => contacts("technical-contact", count, since, firstPerson),
  premises: [],
};
