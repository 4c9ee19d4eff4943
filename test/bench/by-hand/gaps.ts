/** Which licenses are without support, and when that changes by time alone. */
import type { HeldLicense } from "../../../domain/facts.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { Case } from "./case.ts";
import { covers, held } from "./cover.ts";

export const isCovered = ({ covers: all }: Case, { licenseId }: HeldLicense, day: CalendarDate) =>
  (all.get(licenseId) ?? []).some((cover) => covers(cover, day));

export function isGap(about: Case, license: HeldLicense, day: CalendarDate): boolean {
  if (!held(license, day)) return false;
  const isOver = license.kind !== "subscription" || (license.termLastDay !== undefined && license.termLastDay < day);
  return isOver && !isCovered(about, license, day);
}

/** First day after today on which the state of a license changes by time alone. */
export function firstChange(
  about: Case,
  license: HeldLicense,
  state: (license: HeldLicense, day: CalendarDate) => boolean,
): CalendarDate | undefined {
  const { deliveredOn, retiredOn, termLastDay, licenseId } = license;
  const turns = [deliveredOn];
  if (retiredOn !== undefined) turns.push(retiredOn);
  if (termLastDay !== undefined) turns.push(addDays(termLastDay, 1));
  for (const { firstDay, lastDay } of about.covers.get(licenseId) ?? []) {
    turns.push(firstDay);
    if (lastDay !== null) turns.push(addDays(lastDay, 1));
  }
  const now = state(license, about.day);
  return turns.filter((turn) => turn > about.day && state(license, turn) !== now).sort()[0];
}

/** The first cover still to begin, of a license that has none today: held from its delivery on. */
export function beginsOn({ covers: all, day }: Case, { licenseId, deliveredOn, retiredOn }: HeldLicense): CalendarDate | undefined {
  return (all.get(licenseId) ?? [])
    .map(({ firstDay, lastDay }) => ({ firstDay: firstDay < deliveredOn ? deliveredOn : firstDay, lastDay }))
    .filter(
      ({ firstDay, lastDay }) => firstDay > day && (lastDay === null || firstDay <= lastDay) && (retiredOn === undefined || firstDay < retiredOn),
    )
    .map(({ firstDay }) => firstDay)
    .sort()[0];
}

/** Support is sold for software and for the libraries that are listed (1, 7.4); undefined where that is not recorded. */
export function isSold({ products }: Case, { productId }: HeldLicense): boolean | undefined {
  const product = products.get(productId);
  return product?.kind === "open-source-library" ? product.supportedLibrary : product && product.kind === "software";
}

type Group = (license: HeldLicense) => string | undefined;

/** Product line of the perpetual licenses, deployment and bundle of those and the subscriptions (7.1). */
const groupsIn = ({ products }: Case): [readonly string[], Group][] => [
  [["perpetual", "subscription"], ({ bundleId }) => bundleId],
  [["perpetual"], ({ productId }) => products.get(productId)?.productLine],
  [["perpetual", "subscription"], ({ deploymentId }) => deploymentId],
];

/** What a product line, deployment or bundle of these still lacks: without support, and with none that is going to come. */
export function companions(about: Case, ids: ReadonlySet<string>): HeldLicense[] {
  const { dossier, covers: all, day } = about;
  const its = dossier.licenses.filter(({ licenseId }) => ids.has(licenseId));
  const open = dossier.licenses.filter(
    (one) =>
      !ids.has(one.licenseId) && isGap(about, one, day) && !(all.get(one.licenseId) ?? []).some(({ lastDay }) => lastDay === null || lastDay >= day),
  );
  if (open.length === 0) return [];
  const found = new Set<HeldLicense>();
  for (const [kinds, groupOf] of groupsIn(about)) {
    const names = new Set(its.filter((one) => kinds.includes(one.kind) && isSold(about, one)).map(groupOf));
    for (const one of open) {
      const name = groupOf(one);
      if (kinds.includes(one.kind) && isSold(about, one) && name !== undefined && names.has(name)) found.add(one);
    }
  }
  return [...found];
}

/** A license that never had support, and all that has to be covered with it. */
export function withCompanions(about: Case, licenseId: string): string[] {
  const ids = new Set([licenseId]);
  for (let before = 0; before !== ids.size; ) {
    before = ids.size;
    for (const one of companions(about, ids)) ids.add(one.licenseId);
  }
  return [...ids];
}
