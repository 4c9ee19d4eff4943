/** What an account's facts are once licenses were added to a contract: the new licenses, and a line for each. */
import { type Cover, coverOf, firstCoveredDay } from "../cover.ts";
import { byId } from "../dossier.ts";
import type { ContractLine, HeldContract, HeldLicense } from "../facts.ts";
import { fromMinor } from "../money.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import type { KnownFacts } from "./question.ts";

export interface AddedLicense {
  licenseId: string;
  productId: string;
  seats: number;
  /** Of the line, in minor units of the contract's currency. */
  annual: bigint;
  /** Last day of what is paid with the purchase; absent where that is the initial period of a license that the default takes for an added one. */
  paidThrough?: CalendarDate;
}

export interface Added {
  facts: KnownFacts;
  contract: HeldContract;
  licenses: HeldLicense[];
  lines: ContractLine[];
}

/** Perpetual licenses, covered from their delivery. Only where the default would be another day is that written down. */
export function addTo(facts: KnownFacts, contract: HeldContract, deliveredOn: CalendarDate, added: readonly AddedLicense[]): Added {
  const licenses = added.map(
    ({ licenseId, productId, seats }): HeldLicense => ({ licenseId, productId, kind: "perpetual", seats, deliveredOn, soldBy: contract.soldBy }),
  );
  const lines = added.map(({ licenseId, annual, paidThrough }, index): ContractLine => {
    const line = { licenseId, annualFee: fromMinor(annual, contract.currency), ...(paidThrough === undefined ? {} : { paidThrough }) };
    return firstCoveredDay(contract, line, licenses[index]) === deliveredOn ? line : { ...line, coveredFrom: deliveredOn };
  });
  const larger: HeldContract = { ...contract, lines: [...contract.lines, ...lines] };
  const { dossier } = facts;
  const contracts = dossier.contracts.map((one) => (one.contractId === contract.contractId ? larger : one));
  return { licenses, lines, contract: larger, facts: { ...facts, dossier: { ...dossier, licenses: [...dossier.licenses, ...licenses], contracts } } };
}

/** The cover that the new lines then give, by the notices received by `day`. */
export function coversAdded({ facts, contract, licenses, lines }: Added, day: CalendarDate): Cover[] {
  const { ends } = nonRenewalsOn(facts, day);
  const held = byId(facts.dossier.contracts, "contractId", contract.contractId) as HeldContract;
  return lines.map((line, index) => coverOf(facts, ends, held, line, licenses[index]));
}
