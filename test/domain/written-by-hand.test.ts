/** The service decides as a policy written by hand does, so that the benchmark compares the same answers. */
import { expect, test } from "vitest";
import { shippedPolicies } from "../../domain/policies/index.ts";
import { decideEntitlement } from "../../domain/questions/entitlement.ts";
import { entitlementByHand } from "../bench/by-hand/entitlement.ts";
import { catalog, generate } from "../bench/portfolio.ts";
import { assertSame } from "../bench/same-answer.ts";

test("decisions of 400 accounts under Ebiexperts are those written by hand, but for words", () => {
  const byHand = entitlementByHand(catalog);
  for (const { dossier, request, instant } of generate(400, 2026_11)) {
    const answer = decideEntitlement({ dossier, catalog, policies: shippedPolicies }, request, { instant });
    // By hand it looks less far ahead.
    const expected = { ...byHand(dossier, request, instant), validUntil: null };
    expect(() => assertSame(expected, { ...answer, validUntil: null }, dossier.accountId)).not.toThrow();
  }
});
