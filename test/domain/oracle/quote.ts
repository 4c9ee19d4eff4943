/** What a reinstatement quote must say. 7.3 and "How the reinstatement quote is made up", with the default readings. */
import type { Catalog, Dossier } from "../../../domain/facts.ts";
import { anniversary, type Day, dayOf, periodOf, textOf } from "./days.ts";
import { byDays, windowLast } from "./outlook.ts";
import { nearest, ratio, units } from "./ratio.ts";
import { type Life, type Line, walk } from "./walk.ts";

export interface ExpectedQuote {
  status: "offered" | "expired" | "discretion" | "refused" | "undetermined";
  lines: { part: string; licenseId: string | null; firstDay: string | null; lastDay: string | null; amount: bigint }[];
  total: bigint | null;
  payBy: string | null;
  /** Totals with the fee on the forward or on the back fees alone, and with the annual fees that fell due in the lapse. */
  forward: bigint;
  back: bigint;
  asBilled: bigint | null;
}

const nothing: ExpectedQuote = { status: "refused", lines: [], total: null, payBy: null, forward: 0n, back: 0n, asBilled: null };

export function expectedQuote(dossier: Dossier, catalog: Catalog, contractId: string, on: { today: Day; reinstate: Day; pay: Day }): ExpectedQuote {
  const { lives } = walk(dossier, catalog, on.today);
  const life = lives.find(({ contract }) => contract.contractId === contractId) as Life;
  // 7.6, end: whom a reseller serves, the vendor quotes nothing.
  if (life.contract.soldBy !== "direct") return nothing;
  // Ended, or going to end by a notice.
  const lapsed = life.lines.filter(
    (line): line is Line & { last: Day } => line.last !== null && (line.last < on.reinstate || line.ended) && held(dossier, line, on.reinstate),
  );
  if (lapsed.length === 0) return { ...nothing, status: isCancelled(dossier, life, on.today) ? "undetermined" : "refused" };
  const back = Math.max(on.reinstate, ...lapsed.map(({ last }) => last + 1));
  if (leavesGap(dossier, catalog, lives, { life, back, ids: lapsed.map(({ licenseId }) => licenseId) })) return nothing;
  const lines: ExpectedQuote["lines"] = [];
  let [missed, forward, billed] = [0n, 0n, 0n];
  for (const line of lapsed) {
    const lapsedOn = line.last + 1;
    // With the increase that would have applied from the lapse on, if it was announced before.
    const annual = lapsedOn > life.last ? line.coming : line.fee;
    // What was paid when the line was bought is not charged again.
    const unpaid = Math.max(lapsedOn, (line.paidThrough ?? -1) + 1);
    if (unpaid < on.reinstate) {
      const amount = byDays(annual, life, unpaid, on.reinstate - 1);
      lines.push({ part: "back-fees", licenseId: line.licenseId, firstDay: textOf(unpaid), lastDay: textOf(on.reinstate - 1), amount });
      missed += amount;
      for (let day = unpaid; day < on.reinstate; day++)
        if (periodOf(day > life.recordedLast ? life.following : life.anchor, day).first === day) billed += annual;
    }
    const begins = Math.max(lapsedOn, on.reinstate);
    const amount = listed(dossier, catalog, life, line, on.reinstate) ?? annual;
    lines.push({ part: "forward-fees", licenseId: line.licenseId, firstDay: textOf(begins), lastDay: textOf(anniversary(begins, 1) - 1), amount });
    forward += amount;
  }
  const quarter = (sum: bigint) => nearest(ratio(sum, 4n));
  const amount = quarter(missed + forward);
  lines.push({ part: "reinstatement-fee", licenseId: null, firstDay: null, lastDay: null, amount });
  const window = windowLast(Math.min(...lapsed.map(({ last }) => last + 1)));
  const inside = on.reinstate <= window && on.pay <= window;
  const total = missed + forward + amount;
  return {
    status: !inside ? "discretion" : on.today > window ? "expired" : "offered",
    lines,
    total,
    payBy: inside ? textOf(window) : null,
    forward: missed + forward + quarter(forward),
    back: missed + forward + quarter(missed),
    asBilled: billed + forward + quarter(billed + forward),
  };
}

/**
 * 7.1: support is kept on all perpetual licenses of the product line, and on all licenses of the deployment or bundle, as far as it
 * is sold for them: software, and listed libraries (1, 7.4). One that was never covered, or a subscription that ran out, cannot come back with the rest: it stands against it.
 */
function leavesGap(
  { licenses }: Dossier,
  { products }: Catalog,
  lives: Life[],
  { life, back, ids }: { life: Life; back: Day; ids: string[] },
): boolean {
  const productOf = (productId: string) => products.find((product) => product.productId === productId);
  const lineOf = (productId: string) => productOf(productId)?.productLine;
  const isSold = (productId: string) => productOf(productId)?.kind === "software" || productOf(productId)?.supportedLibrary === true;
  const named = new Set(
    lives.flatMap(({ contract, lines }) => (contract.policyId === life.contract.policyId ? lines.map(({ licenseId }) => licenseId) : [])),
  );
  const chosen = licenses.filter(({ licenseId, productId }) => ids.includes(licenseId) && isSold(productId));
  return licenses.some(({ licenseId, kind, productId, deliveredOn, retiredOn, termLastDay, deploymentId, bundleId }) => {
    if (ids.includes(licenseId) || !isSold(productId) || dayOf(deliveredOn) > back || (retiredOn !== undefined && dayOf(retiredOn) <= back))
      return false;
    const without = kind === "perpetual" ? !named.has(licenseId) : kind === "subscription" && termLastDay !== undefined && dayOf(termLastDay) < back;
    return (
      without &&
      chosen.some(
        (one) =>
          (kind === "perpetual" && lineOf(productId) !== undefined && lineOf(one.productId) === lineOf(productId)) ||
          (deploymentId !== undefined && one.deploymentId === deploymentId) ||
          (bundleId !== undefined && one.bundleId === bundleId),
      )
    );
  });
}

/** 7.2, 7.3: what a cancellation ends, and when, stands in the agreement alone. */
const isCancelled = ({ notices, licenses }: Dossier, { contract, lines }: Life, today: Day): boolean =>
  notices.some(
    ({ kind, contractId, withdrawn, receivedOn, licenseIds }) =>
      kind === "cancellation" &&
      contractId === contract.contractId &&
      withdrawn !== true &&
      receivedOn !== undefined &&
      dayOf(receivedOn) <= today &&
      lines.some(
        ({ licenseId }) =>
          (licenseIds?.includes(licenseId) ?? true) && licenses.some((license) => license.licenseId === licenseId && license.kind === "perpetual"),
      ),
  );

const held = ({ licenses }: Dossier, { licenseId }: Line, day: Day) =>
  licenses.some((license) => license.licenseId === licenseId && dayOf(license.deliveredOn) <= day);

/** The list in force on the day: fee per seat × seats. */
function listed({ licenses }: Dossier, { priceLists }: Catalog, { contract }: Life, { licenseId }: Line, day: Day): bigint | null {
  const license = licenses.find((one) => one.licenseId === licenseId);
  let found: { from: Day; fee: bigint } | null = null;
  for (const { policyId, currency, effectiveFrom, items } of priceLists) {
    const item = items.find(({ productId }) => productId === license?.productId);
    const from = dayOf(effectiveFrom);
    if (policyId !== contract.policyId || currency !== contract.currency || from > day || item === undefined || license === undefined) continue;
    if (found === null || from > found.from) found = { from, fee: units(item.annualFeePerSeat) * BigInt(license.seats) };
  }
  return found?.fee ?? null;
}
