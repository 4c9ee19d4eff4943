/** "Who serves this customer?" Where a reseller sold the support, the reseller does. */
import { and, or } from "../policy-small-words.ts";
import type { Inquiry, Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const soldByVendor: Judge<ParametersOf<"sold-by-vendor">> = ({ of, exceptFromReseller, otherwise }, inquiry) => {
  const sales = of.flatMap((what) => saleOf(what, inquiry));
  const sellers = sales.filter(({ reseller }, index) => sales.findIndex((one) => isSame(one.reseller, reseller)) === index);
  if (sales.length === 0) return { result: "pass", finding: "support was sold by the vendor itself" };
  const facts = sales.map(({ path, reseller }) => ({ path: `${path}/soldBy`, value: reseller }));
  const sold = and(
    sellers.map(({ reseller }) => {
      const its = sales.filter((one) => isSame(one.reseller, reseller)).map(({ what }) => what);
      return `${and(its)} ${its.length === 1 ? "was" : "were"} sold by reseller ${reseller}`;
    }),
  );
  const { requester, resellerName } = inquiry.request;
  if (exceptFromReseller && requester === "reseller") {
    // A reseller who does not say which one it is may be the very one to serve it.
    if (resellerName === undefined) {
      const finding = `${sold}, and the request does not say which reseller it comes from`;
      return { result: "unknown", finding, facts, missing: "resellerName", cure: { says: "state `resellerName`" } };
    }
    const asking = sellers.find(({ reseller }) => isSame(reseller, resellerName));
    if (asking !== undefined) return { result: "pass", finding: `the request comes from reseller ${asking.reseller}: ${sold}`, facts };
  }
  if (requester === "reseller" && resellerName !== undefined && sellers.some(({ reseller }) => isSame(reseller, resellerName)))
    return { result: otherwise, finding: `${sold}, who serves it; the policy excepts no request of a reseller's own`, facts };
  const serving = sellers.map(({ reseller }) => reseller);
  return {
    result: otherwise,
    finding: `${sold}, who ${serving.length === 1 ? "serves" : "serve"} it`,
    facts,
    cure: { says: `turn to ${or(serving)}` },
  };
};

/** What a reseller sold of it; nothing where the vendor did, or nobody recorded who. */
function saleOf(what: "contract" | "license", { contract, license }: Inquiry): { what: string; path: string; reseller: string }[] {
  const id = what === "contract" ? contract.contractId : license?.licenseId;
  const by = what === "contract" ? contract.soldBy : license?.soldBy;
  return by === undefined || by === "direct" ? [] : [{ what: `${what} \`${id}\``, path: `${what}s/${id}`, reseller: by.reseller }];
}

/** Names are typed by hand: capitals, and blanks around them, tell no one apart. */
const isSame = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
