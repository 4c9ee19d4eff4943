/** What became of the offers that are recorded: which acceptance stands, and instead of which offer another one was accepted. */
import { lineOf } from "./cover.ts";
import { byId } from "./dossier.ts";
import type { Dossier, QuoteKind, RecordedOffer } from "./facts.ts";
import type { CalendarDate } from "./time/calendar-date.ts";

/** An offer that was accepted, with the day on which it was paid. */
export type AcceptedOffer = RecordedOffer & { acceptedPaidOn: CalendarDate };

/** What an offer is for, as far as another one may be for the same. */
export interface OfferedFor {
  quoteId: string;
  kind: QuoteKind;
  contractId: string;
  /** Undefined: not recorded, so that any license of the contract may be meant. */
  licenseIds?: readonly string[] | undefined;
  /** Of a renewal: the term that it is for. */
  termFirstDay?: CalendarDate | undefined;
}

/** Whether it was accepted, and what accepting it recorded is still there: deleting that takes the acceptance back. */
export function isAccepted(dossier: Dossier, offer: RecordedOffer | undefined): offer is AcceptedOffer {
  if (offer?.acceptedPaidOn === undefined) return false;
  switch (offer.kind) {
    case "reinstatement":
      return offer.reinstatedAs === undefined || offer.reinstatedAs.some((made) => byId(dossier.contracts, "contractId", made) !== undefined);
    case "additional-purchase":
      return offer.licenseIds === undefined || offer.licenseIds.some((licenseId) => isRecorded(dossier, offer.contractId, licenseId));
    case "renewal":
      return true;
  }
}

/** A license of its own, or a line of it on the contract. */
function isRecorded({ licenses, contracts }: Dossier, contractId: string, licenseId: string): boolean {
  const contract = byId(contracts, "contractId", contractId);
  return byId(licenses, "licenseId", licenseId) !== undefined || (contract !== undefined && lineOf(contract, licenseId) !== undefined);
}

/** The offer that was accepted instead: for the same lapse, the same purchase or the same term's renewal of one of its licenses. Undefined without one. */
export function acceptedInstead(dossier: Dossier, about: OfferedFor): AcceptedOffer | undefined {
  const { quoteId, kind, contractId, licenseIds } = about;
  return dossier.quotes
    .filter((other) => isAccepted(dossier, other))
    .find((other) => {
      if (other.quoteId === quoteId || other.kind !== kind || other.contractId !== contractId) return false;
      if (kind === "renewal" && other.termFirstDay !== about.termFirstDay) return false;
      return licenseIds === undefined || licenseIds.some((licenseId) => isFor(dossier, other, licenseId));
    });
}

function isFor({ contracts }: Dossier, { reinstatedAs, licenseIds }: RecordedOffer, licenseId: string): boolean {
  if (reinstatedAs === undefined) return licenseIds === undefined || licenseIds.includes(licenseId);
  return reinstatedAs.some((made) => {
    const contract = byId(contracts, "contractId", made);
    return contract !== undefined && lineOf(contract, licenseId) !== undefined;
  });
}

/** Whether it may still be paid on some day: neither accepted, nor void, nor another one accepted instead. */
export const isOpen = (dossier: Dossier, offer: RecordedOffer): boolean =>
  !isAccepted(dossier, offer) && offer.voidedAt === undefined && insteadInTime(dossier, offer, offer.payBy) === undefined;

/** As `acceptedInstead`, but only where that was paid while this one could still be: else it expired before. Reading `window`: the last day is inside. */
export function insteadInTime(dossier: Dossier, about: OfferedFor, payBy: CalendarDate | null | undefined): AcceptedOffer | undefined {
  const other = acceptedInstead(dossier, about);
  return other !== undefined && (payBy == null || other.acceptedPaidOn <= payBy) ? other : undefined;
}
