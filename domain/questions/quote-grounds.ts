/** On what grounds a policy does not sell support at all: products of another kind, an agreement with a reseller, no formula. */
import type { CompiledPolicy } from "../compiled-policy.ts";
import type { Ends } from "../cover.ts";
import type { Coverage } from "../coverage.ts";
import type { Missing, ReadingUsed, Reason, Reasons } from "../decision.ts";
import type { HeldContract } from "../facts.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { entitlementRequest } from "./entitlement-request.ts";
import { type Judged, judgeLicense } from "./judge-license.ts";
import type { AsOf, KnownFacts } from "./question.ts";

export interface Purchase {
  facts: KnownFacts;
  contract: HeldContract;
  policy: CompiledPolicy;
  asOf: AsOf;
  day: CalendarDate;
  ends: Ends;
  /** Cover by policy and day, gathered once for all products. */
  coverages: Map<string, Coverage>;
}

const grounds = new Set(["product-recorded", "product-kind", "sold-by-vendor"]);

/** What the policy's own conditions say of a product that is to be bought under the contract; null: of the contract alone. */
export function judgePurchase({ facts, contract, policy, asOf, day, ends, coverages }: Purchase, productId: string | null): Judged {
  const request = entitlementRequest.parse({ kind: "question", ...(productId === null ? {} : { productId }) });
  const asked = { facts, request, asOf, ends, place: null, coverages };
  const picks = ({ condition }: { condition: string }) => (productId === null ? condition === "sold-by-vendor" : grounds.has(condition));
  return judgeLicense(asked, null, { contract, policy, cover: null, considered: [] }, day, picks);
}

/** The reason to turn to a reseller, with whom there is an agreement of its own; null where the vendor sold it. */
export const soldByReseller = (purchase: Purchase): Reason | null =>
  judgePurchase(purchase, null).reasons.find(({ result }) => result === "redirect") ?? null;

/** Undetermined: what it costs is in an agreement that is not part of the policy. */
export function notInPolicy({ policy, conditions }: CompiledPolicy, what: string): { reasons: Reasons; missing: Missing[]; readings: ReadingUsed[] } {
  const clause = conditions.find(({ condition }) => condition === "covered")?.clause ?? policy.clauses[0]?.id ?? "common";
  const finding = `${policy.title} does not say what ${what} costs: it is in an agreement that is not part of the policy`;
  return {
    reasons: [{ clause, condition: "agreement", result: "unknown", finding, facts: [], cure: null }],
    missing: [{ what: "agreement", clause }],
    readings: [],
  };
}
