/** "Is this version still supported?" By the version's last supported day, and the product's first day out of support. */
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { type Inquiry, type Judge, type Judgement, listed, sooner } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

type Product = NonNullable<Inquiry["product"]>;

export const versionSupported: Judge<ParametersOf<"version-supported">> = ({ announced, otherwise, cure }, inquiry) => {
  const { product, request, day, readings } = inquiry;
  if (product === null) return { result: "pass", finding: "no product is recorded whose versions could have ended" };
  const { productId, endOfLifeOn, endOfLifeAnnouncedOn, versions } = product;
  // The policy's own cure goes before these.
  const move = (says: string) => (cure === undefined ? { cure: { says } } : {});
  if (endOfLifeOn !== undefined && endOfLifeOn <= day) {
    return {
      result: otherwise,
      finding: `\`${productId}\` is out of support since ${endOfLifeOn}`,
      facts: [{ path: `products/${productId}/endOfLifeOn`, value: endOfLifeOn }],
      ...move(elsewhere),
    };
  }
  let out = endOfLifeOn ?? null;
  if (announced !== undefined && endOfLifeAnnouncedOn !== undefined) {
    if (endOfLifeAnnouncedOn <= day) {
      const atOnce = readings.use(announced.reading) === "at-once";
      if (atOnce || out === null)
        return { ...endAnnounced(product, endOfLifeAnnouncedOn, atOnce ? otherwise : "unknown"), ...(atOnce && move(elsewhere)) };
    } else if (out === null || readings.chosen(announced.reading) === "at-once") out = sooner(out, endOfLifeAnnouncedOn);
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
    const still = versions.filter(({ supportEndsOn }) => supportEndsOn === undefined || supportEndsOn >= day).map(({ version }) => version);
    return {
      result: otherwise,
      finding: `version ${productVersion} of \`${productId}\` was supported through ${lastDay}`,
      facts,
      ...move(still.length === 0 ? elsewhere : `move to a supported version (${listed(still)})`),
    };
  }
  const until = lastDay === undefined ? out : sooner(out, addDays(lastDay, 1));
  return {
    result: "pass",
    finding: `version ${productVersion} of \`${productId}\` is supported${lastDay === undefined ? "" : ` through ${lastDay}`}`,
    facts,
    until,
  };
};

const elsewhere = "no version helps: move to a product that is supported";

/** Its end is announced: out of support at once, or from a day that nobody recorded. */
function endAnnounced({ productId }: Product, since: CalendarDate, result: "fail" | "unknown"): Judgement {
  const facts = [{ path: `products/${productId}/endOfLifeAnnouncedOn`, value: since }];
  const finding = `the end of support of \`${productId}\` is announced since ${since}`;
  if (result === "fail") return { result, finding, facts };
  return {
    result,
    finding: `${finding}, and its first day out of support is not recorded`,
    facts: [...facts, { path: `products/${productId}/endOfLifeOn`, value: null }],
    missing: `endOfLifeOn of \`${productId}\``,
    cure: { says: `record \`endOfLifeOn\` of \`${productId}\``, here: true },
  };
}
