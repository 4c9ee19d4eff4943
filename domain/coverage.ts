/** Which licenses of an account are covered on a day under one policy, and when that changes by time alone. */
import { type Cover, carriesSupport, coverOf, coversDay, type Ends, heldOn } from "./cover.ts";
import type { Catalog, HeldLicense, Product } from "./facts.ts";
import type { KnownFacts } from "./questions/question.ts";
import { addDays, type CalendarDate } from "./time/calendar-date.ts";

export class Coverage {
  private readonly facts: KnownFacts;
  private readonly day: CalendarDate;
  /** Cover by license id, over the contracts under the policy. */
  private readonly covers = new Map<string, Cover[]>();
  private readonly found = new Map<string, unknown>();

  constructor(facts: KnownFacts, ends: Ends, policyId: string, day: CalendarDate) {
    this.facts = facts;
    this.day = day;
    const licenses = licensesById(facts.dossier);
    for (const contract of facts.dossier.contracts) {
      if (contract.policyId !== policyId) continue;
      for (const line of contract.lines) {
        const cover = coverOf(facts, ends, contract, line, licenses(line.licenseId));
        const known = this.covers.get(line.licenseId);
        if (known === undefined) this.covers.set(line.licenseId, [cover]);
        else known.push(cover);
      }
    }
  }

  /** What is the same for every license judged is worked out once. */
  once<T>(key: string, work: () => T): T {
    if (!this.found.has(key)) this.found.set(key, work());
    return this.found.get(key) as T;
  }

  coversOf(licenseId: string): readonly Cover[] {
    return this.covers.get(licenseId) ?? [];
  }

  isCovered(licenseId: string, day = this.day): boolean {
    const covers = this.covers.get(licenseId);
    if (covers !== undefined) for (const cover of covers) if (coversDay(cover, day)) return true;
    return false;
  }

  /** Held on the day, and without support: neither covered by a contract nor, as a subscription that runs, by itself. */
  isGap(license: HeldLicense, day = this.day): boolean {
    return heldOn(license, day) && carriesSupport(license, day) === false && !this.isCovered(license.licenseId, day);
  }

  /** Held on the day, and with support only if it still runs, which is not recorded. */
  mayBeGap(license: HeldLicense, day = this.day): boolean {
    return heldOn(license, day) && carriesSupport(license, day) === null && !this.isCovered(license.licenseId, day);
  }

  /** The cover that the license is next to have, from when and under which contract; null where none is recorded. */
  nextCover({ licenseId, deliveredOn, retiredOn }: HeldLicense): { firstDay: CalendarDate; contractId: string } | null {
    let next: { firstDay: CalendarDate; contractId: string } | null = null;
    for (const cover of this.coversOf(licenseId)) {
      const firstDay = cover.firstDay < deliveredOn ? deliveredOn : cover.firstDay;
      if (firstDay <= this.day || (cover.lastDay !== null && cover.lastDay < firstDay) || (retiredOn !== undefined && retiredOn <= firstDay))
        continue;
      if (next === null || firstDay < next.firstDay) next = { firstDay, contractId: cover.contract.contractId };
    }
    return next;
  }

  /** First day after the day asked for on which the license begins or ceases to have support for certain; null for never. */
  coverChangesOn(license: HeldLicense): CalendarDate | null {
    return this.firstChange(
      license,
      (day) => heldOn(license, day) && (carriesSupport(license, day) === true || this.isCovered(license.licenseId, day)),
    );
  }

  /** First day after the day asked for on which the license begins or ceases to be a gap; null for never. */
  gapChangesOn(license: HeldLicense): CalendarDate | null {
    return this.firstChange(license, (day) => this.isGap(license, day));
  }

  /** First day after the day asked for on which it begins or ceases to be unknown whether the license is a gap; null for never. */
  doubtChangesOn(license: HeldLicense): CalendarDate | null {
    return carriesSupport(license, this.day) === null ? this.firstChange(license, (day) => this.mayBeGap(license, day)) : null;
  }

  private firstChange(license: HeldLicense, state: (day: CalendarDate) => boolean): CalendarDate | null {
    const now = state(this.day);
    let first: CalendarDate | null = null;
    const consider = (turn: CalendarDate | undefined) => {
      if (turn !== undefined && turn > this.day && (first === null || turn < first) && state(turn) !== now) first = turn;
    };
    consider(license.deliveredOn);
    consider(license.retiredOn);
    if (license.termLastDay !== undefined) consider(addDays(license.termLastDay, 1));
    for (const { firstDay, lastDay } of this.coversOf(license.licenseId)) {
      consider(firstDay);
      if (lastDay !== null && lastDay >= this.day) consider(addDays(lastDay, 1));
    }
    return first;
  }

  /** All licenses held in the account. */
  get licenses(): readonly HeldLicense[] {
    return this.facts.dossier.licenses;
  }
}

/** Looks licenses up by id: along the list for a few, by a map for many. */
export function licensesById({ licenses }: { licenses: readonly HeldLicense[] }): (licenseId: string) => HeldLicense | undefined {
  if (licenses.length <= 16) return (licenseId) => licenses.find((license) => license.licenseId === licenseId);
  const map = new Map(licenses.map((license) => [license.licenseId, license]));
  return (licenseId) => map.get(licenseId);
}

const products = new WeakMap<Catalog, Map<string, Product & { productId: string }>>();

/** A product of the catalog; the catalog stays in a warm process, so it is indexed once. */
export function productOf(catalog: Catalog, productId: string): (Product & { productId: string }) | undefined {
  let map = products.get(catalog);
  if (map === undefined) {
    map = new Map(catalog.products.map((product) => [product.productId, product]));
    products.set(catalog, map);
  }
  return map.get(productId);
}
