/** On what grounds a policy does not sell support at all: products of another kind, an agreement with a reseller, no formula. */
import { type CompiledCondition, type CompiledPolicy, clauseOf } from "../compiled-policy.ts";
import type { Ends } from "../cover.ts";
import { type Coverage, productOf } from "../coverage.ts";
import type { Missing, ReadingUsed, Reason, Reasons } from "../decision.ts";
import type { HeldContract, Product } from "../facts.ts";
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

const ofContract = ({ condition }: CompiledCondition) => condition === "sold-by-vendor";
/** Which release of a library is supported is no matter of what is bought: only whether it is a listed one. */
const ofProduct = (product: Product | undefined) => {
  const asks = product?.supportedLibrary === true ? grounds : new Set([...grounds, "library-supported"]);
  return ({ condition }: CompiledCondition) => asks.has(condition);
};

/** What the policy's own conditions say of a product that is to be bought under the contract; null: of the contract alone. */
export function judgePurchase(
  { facts, contract, policy, asOf, day, ends, coverages }: Purchase,
  productId: string | null,
  picks = productId === null ? ofContract : ofProduct(productOf(facts.catalog, productId)),
): Judged {
  const request = entitlementRequest.parse({ kind: "question", ...(productId === null ? {} : { productId }) });
  const asked = { facts, request, asOf, ends, place: facts.dossier.premises, coverages };
  return judgeLicense(asked, null, { contract, policy, cover: null, considered: [] }, day, picks);
}

/** The reason to turn to a reseller, with whom there is an agreement of its own; null where the vendor sold it. */
export const soldByReseller = (purchase: Purchase): Reason | null =>
  judgePurchase(purchase, null).reasons.find(({ result }) => result === "redirect") ?? null;

const blocks = ({ parameters }: CompiledCondition) => parameters.condition === "payments-current" && parameters.scope !== "contract";

/** What is owed beside the contract, where the text gives no help until it is paid: neither a purchase nor a reinstatement changes that. */
export const stillBlocked = (purchase: Purchase): Reason[] =>
  !purchase.policy.conditions.some(blocks)
    ? []
    : judgePurchase(purchase, null, blocks)
        .reasons.filter(({ result }) => result !== "pass")
        .map((reason) => ({ ...reason, result: "info", finding: `${reason.finding}: support that is back waits for that too` }));

/** Undetermined: what it costs is in an agreement that is not part of the policy. */
export function notInPolicy(compiled: CompiledPolicy, what: string): { reasons: Reasons; missing: Missing[]; readings: ReadingUsed[] } {
  const clause = clauseOf(compiled, "covered");
  const finding = `${compiled.policy.title} does not say what ${what} costs: it is in an agreement that is not part of the policy`;
  return {
    reasons: [{ clause, condition: "agreement", result: "unknown", finding, facts: [], cure: null }],
    missing: [{ what: "agreement", clause }],
    readings: [],
  };
}
