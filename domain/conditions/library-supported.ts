/** "Is this open-source library one that the vendor supports, in its newest release?" */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const librarySupported: Judge<ParametersOf<"library-supported">> = ({ otherwise }, { product, request }) => {
  if (product?.kind !== "open-source-library") return { result: "pass", finding: "no open-source library is concerned" };
  const { productId, supportedLibrary, latestVersion } = product;
  const listed = [{ path: `products/${productId}/supportedLibrary`, value: supportedLibrary ?? null }];
  if (supportedLibrary === undefined) {
    return {
      result: "unknown",
      finding: `whether \`${productId}\` is a listed library is not recorded`,
      facts: listed,
      missing: `supportedLibrary of \`${productId}\``,
    };
  }
  if (!supportedLibrary) return { result: otherwise, finding: `\`${productId}\` is not a listed library`, facts: listed };
  const newest = [{ path: `products/${productId}/latestVersion`, value: latestVersion ?? null }];
  if (latestVersion === undefined || request.productVersion === undefined) {
    const what = latestVersion === undefined ? `latestVersion of \`${productId}\`` : "productVersion";
    return {
      result: "unknown",
      finding: `only the newest release of \`${productId}\` is supported and ${what} is not known`,
      facts: newest,
      missing: what,
    };
  }
  if (request.productVersion === latestVersion)
    return { result: "pass", finding: `${latestVersion} is the newest release of \`${productId}\``, facts: newest };
  return {
    result: otherwise,
    finding: `only the newest release ${latestVersion} of \`${productId}\` is supported, the request is about ${request.productVersion}`,
    facts: newest,
    cure: { says: `update \`${productId}\` to ${latestVersion}` },
  };
};
