/** What may be stated of an impact, in words that a support agent would say: as it is so, and as it is not so. */

interface Stated {
  so: string;
  not: string;
}

export const impactWords = {
  inoperable: { so: "it is inoperable or not accessible", not: "it is not inoperable" },
  serverSideFailure: { so: "a failure on the server side causes it", not: "no failure on the server side causes it" },
  plannedMaintenance: { so: "planned maintenance causes it", not: "no planned maintenance causes it" },
  outsideVendorControl: { so: "the cause is outside the vendor's control", not: "the cause is not outside the vendor's control" },
  majorFunctionImpacted: { so: "a major function is impacted", not: "no major function is impacted" },
  performanceDegraded: { so: "performance is degraded", not: "performance is not degraded" },
  businessLoss: { so: "the business suffers a loss", not: "the business suffers no loss" },
  workaroundKnown: { so: "a workaround is known", not: "no workaround is known" },
  question: { so: "it is a question", not: "it is no question" },
  newFunction: { so: "a new function is asked for", not: "no new function is asked for" },
} as const satisfies Record<string, Stated>;

export type StatedName = keyof typeof impactWords;
