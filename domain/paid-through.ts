/** Through which day a license that was bought is paid: what its line states, else what the accepted quote says, so that no later write of the contract loses it. */
import type { ContractLine, Dossier, HeldContract } from "./facts.ts";
import { isAccepted } from "./offers.ts";
import type { CalendarDate } from "./time/calendar-date.ts";

/** The dossier with `paidThrough` on every line that an accepted additional purchase paid for; the same one where there is none. */
export function withPaidThrough(dossier: Dossier): Dossier {
  const paid = new Map<string, Map<string, CalendarDate>>();
  for (const offer of dossier.quotes) {
    const { kind, contractId, paidThrough, licenseIds = [] } = offer;
    if (kind !== "additional-purchase" || paidThrough === undefined || !isAccepted(dossier, offer)) continue;
    const its = paid.get(contractId) ?? new Map<string, CalendarDate>();
    for (const licenseId of licenseIds) its.set(licenseId, paidThrough);
    paid.set(contractId, its);
  }
  if (paid.size === 0) return dossier;
  const contracts = dossier.contracts.map((contract): HeldContract => {
    const its = paid.get(contract.contractId);
    if (its === undefined) return contract;
    return { ...contract, lines: contract.lines.map((line) => stated(line, its.get(line.licenseId))) };
  });
  return { ...dossier, contracts };
}

const stated = (line: ContractLine, paidThrough: CalendarDate | undefined): ContractLine =>
  line.paidThrough !== undefined || paidThrough === undefined ? line : { ...line, paidThrough };
