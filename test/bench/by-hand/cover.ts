/** Which days a license is covered, as one would write it for Ebiexperts alone: renews for twelve months until a notice ends it. */
import type { ContractLine, Dossier, HeldContract, HeldLicense } from "../../../domain/facts.ts";
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";

export interface Cover {
  contract: HeldContract;
  line: ContractLine;
  firstDay: CalendarDate;
  /** null: renews by itself. */
  lastDay: CalendarDate | null;
}

export type Catalog = ReadonlyMap<string, { productId: string; productLine: string }>;

export const held = ({ deliveredOn, retiredOn }: HeldLicense, day: CalendarDate) =>
  deliveredOn <= day && (retiredOn === undefined || day < retiredOn);

export const covers = ({ firstDay, lastDay }: Cover, day: CalendarDate) => firstDay <= day && (lastDay === null || day <= lastDay);

/** Every cover of every license of the account, by license. */
export function coversByLicense(dossier: Dossier, products: Catalog, day: CalendarDate): Map<string, Cover[]> {
  const licenses = new Map(dossier.licenses.map((license) => [license.licenseId, license]));
  const ends = endsByNotice(dossier, products, licenses, day);
  const all = new Map<string, Cover[]>();
  for (const contract of dossier.contracts) {
    for (const line of contract.lines) {
      const cover = coverOf(contract, line, licenses.get(line.licenseId), ends.get(`${contract.contractId}/${line.licenseId}`));
      const known = all.get(line.licenseId);
      if (known) known.push(cover);
      else all.set(line.licenseId, [cover]);
    }
  }
  return all;
}

/** `noticed`: the last day that a notice left. */
export function coverOf(contract: HeldContract, line: ContractLine, license: HeldLicense | undefined, noticed: CalendarDate | undefined): Cover {
  const delivered = license?.deliveredOn ?? "";
  const firstDay = line.coveredFrom ?? (delivered > contract.term.firstDay ? delivered : contract.term.firstDay);
  let lastDay: CalendarDate | null = null;
  const renews = license === undefined || license.kind === "perpetual";
  if (contract.settings?.autoRenew !== false && !renews && license.termLastDay !== undefined) lastDay = license.termLastDay;
  else if (contract.settings?.autoRenew === false || !renews) lastDay = contract.term.lastDay;
  else if (noticed !== undefined && noticed >= firstDay) lastDay = noticed;
  if (lastDay !== null && (renews || license.termLastDay === undefined) && !beginsTerm(contract, firstDay)) {
    const initialPeriodEnds = addDays(addMonths(firstDay, 12), -1);
    if (initialPeriodEnds > lastDay) lastDay = initialPeriodEnds;
  }
  if (line.coveredUntil !== undefined && (lastDay === null || line.coveredUntil < lastDay)) lastDay = line.coveredUntil;
  const heldUntil = license?.retiredOn === undefined ? undefined : addDays(license.retiredOn, -1);
  if (heldUntil !== undefined && (lastDay === null || heldUntil < lastDay)) lastDay = heldUntil;
  return { contract, line, firstDay, lastDay };
}

export const anchorOf = ({ anchorOn, term }: HeldContract) => anchorOn ?? term.firstDay;
const beginsTerm = (contract: HeldContract, day: CalendarDate) => day.slice(5) === anchorOf(contract).slice(5);

/** First day of the twelve months from the anchor in which the day lies. */
export function periodOf(anchor: CalendarDate, day: CalendarDate): CalendarDate {
  const months = 12 * (Number(day.slice(0, 4)) - Number(anchor.slice(0, 4)));
  const thisYear = addMonths(anchor, months);
  return thisYear <= day ? thisYear : addMonths(anchor, months - 12);
}

/** Written notices of non-renewal, in time and for the whole product line and bundle, end their term. */
function endsByNotice(dossier: Dossier, products: Catalog, licenses: Map<string, HeldLicense>, day: CalendarDate): Map<string, CalendarDate> {
  const ends = new Map<string, CalendarDate>();
  for (const notice of dossier.notices) {
    const { kind, withdrawn, form, receivedOn, contractId } = notice;
    const contract = dossier.contracts.find((one) => one.contractId === contractId);
    if (kind !== "non-renewal" || withdrawn || form === "phone" || form === "chat" || !contract || receivedOn === undefined || receivedOn > day)
      continue;
    const anchor = anchorOf(contract);
    const running = receivedOn < anchor ? anchor : periodOf(anchor, receivedOn);
    const lastDay = addDays(addMonths(running, 12), -1);
    if (receivedOn > addDays(lastDay, -45)) continue;
    const named = notice.licenseIds ?? contract.lines.map(({ licenseId }) => licenseId);
    if (leavesSomeOut(dossier, products, licenses, named, receivedOn)) continue;
    for (const licenseId of named) ends.set(`${contractId}/${licenseId}`, lastDay);
  }
  return ends;
}

function leavesSomeOut(dossier: Dossier, products: Catalog, licenses: Map<string, HeldLicense>, named: string[], day: CalendarDate): boolean {
  const groupsOf = ({ kind, productId, bundleId }: HeldLicense) => {
    const line = kind === "perpetual" ? (products.get(productId)?.productLine ?? "not recorded") : undefined;
    return { line, bundle: bundleId };
  };
  const touched = named.flatMap((licenseId) => licenses.get(licenseId) ?? []).map(groupsOf);
  const renewing = dossier.contracts
    .filter(({ settings }) => settings?.autoRenew !== false)
    .flatMap(({ lines }) => lines)
    .filter(({ licenseId }) => (licenses.get(licenseId)?.kind ?? "perpetual") === "perpetual")
    .filter(({ licenseId, coveredUntil }) => !named.includes(licenseId) && (coveredUntil === undefined || coveredUntil >= day));
  const others = renewing.flatMap(({ licenseId }) => licenses.get(licenseId) ?? []).filter((license) => held(license, day));
  if (others.length === 0) return false;
  return (
    touched.some(({ line }) => line === "not recorded") ||
    others
      .map(groupsOf)
      .some(
        ({ line, bundle }) =>
          line === "not recorded" ||
          touched.some((one) => (line !== undefined && one.line === line) || (bundle !== undefined && one.bundle === bundle)),
      )
  );
}
