/** "Is this version still supported?" By the version's last supported day, and the product's first day out of support. */
import { addDays } from "../time/calendar-date.ts";
import { type Judge, listed, sooner } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const versionSupported: Judge<ParametersOf<"version-supported">> = ({ otherwise }, { product, request, day, readings }) => {
  if (product === null) return { result: "pass", finding: "no product is recorded whose versions could have ended" };
  const { productId, endOfLifeOn, versions } = product;
  const out = endOfLifeOn ?? null;
  if (out !== null && out <= day) {
    return {
      result: otherwise,
      finding: `\`${productId}\` is out of support since ${out}`,
      facts: [{ path: `products/${productId}/endOfLifeOn`, value: out }],
    };
  }
  const { productVersion } = request;
  if (productVersion === undefined) return { result: "pass", finding: `the request names no version of \`${productId}\` that has ended`, until: out };
  if (versions === undefined || versions.length === 0) {
    if (readings.use("version-list") === "open")
      return { result: "pass", finding: `no version of \`${productId}\` is recorded as ended`, until: out };
    return {
      result: "unknown",
      finding: `no versions of \`${productId}\` are recorded`,
      missing: `versions of \`${productId}\``,
      cure: { says: `record the versions of \`${productId}\``, here: true },
      until: out,
    };
  }
  const recorded = versions.find(({ version }) => version === productVersion);
  const path = `products/${productId}/versions/${productVersion}`;
  if (recorded === undefined) {
    return {
      result: "unknown",
      finding: `version ${productVersion} of \`${productId}\` is not listed`,
      facts: [{ path, value: null }],
      missing: `version ${productVersion} of \`${productId}\``,
      cure: {
        says: `state a listed version (${listed(versions.map(({ version }) => version))}), or record version ${productVersion} of \`${productId}\``,
        here: true,
      },
      until: out,
    };
  }
  const lastDay = recorded.supportEndsOn;
  const facts = [{ path: `${path}/supportEndsOn`, value: lastDay ?? null }];
  if (lastDay !== undefined && lastDay < day) {
    return { result: otherwise, finding: `version ${productVersion} of \`${productId}\` was supported through ${lastDay}`, facts };
  }
  const until = lastDay === undefined ? out : sooner(out, addDays(lastDay, 1));
  return {
    result: "pass",
    finding: `version ${productVersion} of \`${productId}\` is supported${lastDay === undefined ? "" : ` through ${lastDay}`}`,
    facts,
    until,
  };
};
