/** "Who serves this customer?" Where a reseller sold the support, the reseller does. */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const soldByVendor: Judge<ParametersOf<"sold-by-vendor">> = ({ of, exceptFromReseller, otherwise }, { contract, license, request }) => {
  const sold = of.map((what) =>
    what === "contract"
      ? { path: `contracts/${contract.contractId}`, by: contract.soldBy }
      : license && { path: `licenses/${license.licenseId}`, by: license.soldBy },
  );
  for (const one of sold) {
    if (one?.by === undefined || one.by === "direct") continue;
    const { reseller } = one.by;
    const facts = [{ path: `${one.path}/soldBy`, value: reseller }];
    if (exceptFromReseller && request.requester === "reseller" && request.resellerName === reseller) {
      return { result: "pass", finding: `the request comes from reseller ${reseller}, who sold it`, facts };
    }
    // A reseller who does not say which one it is may be the very one to serve it.
    if (exceptFromReseller && request.requester === "reseller" && request.resellerName === undefined) {
      const finding = `it was sold by reseller ${reseller}, and the request does not say whether it comes from that reseller`;
      return { result: "unknown", finding, facts, missing: "resellerName", cure: { says: "state `resellerName`" } };
    }
    return { result: otherwise, finding: `it was sold by reseller ${reseller}, who serves it`, facts, cure: { says: `turn to ${reseller}` } };
  }
  return { result: "pass", finding: "support was sold by the vendor itself" };
};
