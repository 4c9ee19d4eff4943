/** Which contract answers for a license. */
import type { Considered } from "../../../domain/decision.ts";
import type { HeldContract, HeldLicense } from "../../../domain/facts.ts";
import type { CalendarDate } from "../../../domain/time/calendar-date.ts";
import { type Case, compare } from "./case.ts";
import { anchorOf, type Cover, covers } from "./cover.ts";

/** The contract that covers the license, the oldest first; else the one that did so last; else one of the product line. */
export function contractFor(
  { dossier, covers: all, products, day }: Case,
  license: HeldLicense,
): { contract: HeldContract; considered: Considered[] } {
  const its = all.get(license.licenseId) ?? [];
  if (its.length === 0) {
    const line = products.get(license.productId)?.productLine;
    const ofLine = (licenseId: string) => products.get(dossier.licenses.find((one) => one.licenseId === licenseId)?.productId ?? "")?.productLine;
    const near = line === undefined ? [] : dossier.contracts.filter(({ lines }) => lines.some(({ licenseId }) => ofLine(licenseId) === line));
    const [contract, ...others] = (near.length > 0 ? near : dossier.contracts).toSorted((a, b) => compare(a.contractId, b.contractId)) as [
      HeldContract,
    ];
    return { contract, considered: others.map(({ contractId }) => ({ contractId, chosen: false, because: "it does not name the license" })) };
  }
  const [chosen, ...others] = its.toSorted((a, b) => {
    const covered = covers(a, day);
    if (covered !== covers(b, day)) return covered ? -1 : 1;
    const ids = compare(a.contract.contractId, b.contract.contractId);
    return covered ? compare(anchorOf(a.contract), anchorOf(b.contract)) || ids : compare(lastCovered(b, day), lastCovered(a, day)) || ids;
  }) as [Cover, ...Cover[]];
  const because = (cover: Cover) => {
    if (covers(cover, day)) return "its anchor is later";
    return cover.firstDay > day ? `its cover begins only on ${cover.firstDay}` : `its cover ended on ${cover.lastDay}`;
  };
  return {
    contract: chosen.contract,
    considered: others.map((cover) => ({ contractId: cover.contract.contractId, chosen: false, because: because(cover) })),
  };
}

const lastCovered = ({ firstDay, lastDay }: Cover, day: CalendarDate) => (firstDay > day ? "" : (lastDay ?? "9999-12-31"));
