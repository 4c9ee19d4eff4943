/** What an accepted additional purchase records: the licenses, and their lines on the contract, which runs on. */
import type { CompiledPolicy } from "../compiled-policy.ts";
import { shorterTermFrom } from "../contract-terms.ts";
import { lineOf, termsPolicy } from "../cover.ts";
import { byId } from "../dossier.ts";
import type { HeldContract, HeldLicense, License } from "../facts.ts";
import { toMinor } from "../money.ts";
import { acceptedInstead } from "../offers.ts";
import { Readings } from "../readings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { addTo } from "./addition.ts";
import type { AdditionalPurchaseRequest } from "./additional-purchase.ts";
import { composeAddition } from "./additional-purchase-fees.ts";
import type { KnownFacts } from "./question.ts";
import type { QuoteLine } from "./quote.ts";
import { documentOf, type NotAcceptable, overtaken, type Recorded, type StoredQuote } from "./quote-recorded.ts";

/** Most lines that a contract may have. */
const mostContractLines = 20_000;

/** Overtaken where a license is there already, or where its periods would come out otherwise than they were quoted. */
export function acceptAddition(
  facts: KnownFacts,
  contract: HeldContract,
  { id, answer, request, asOf }: StoredQuote,
  day: CalendarDate,
): Recorded | NotAcceptable {
  const { deliveredOn, lines } = request as AdditionalPurchaseRequest;
  const taken = lines.find(({ licenseId = "" }) => isTaken(facts, contract, licenseId));
  if (taken !== undefined) {
    const other = acceptedInstead(facts.dossier, { quoteId: id, ...answer, licenseIds: [taken.licenseId ?? ""] });
    return overtaken(`license \`${taken.licenseId}\` is recorded already${other === undefined ? "" : `, by quote \`${other.quoteId}\``}`);
  }
  if (contract.lines.length + lines.length > mostContractLines)
    return overtaken(`contract \`${contract.contractId}\` would have more than ${mostContractLines} lines`);
  const fees = new Map(answer.lines.map(({ licenseId, basis }) => [licenseId, toMinor(basis)]));
  const priced = lines.map((line) => ({ ...line, licenseId: line.licenseId ?? "", annual: fees.get(line.licenseId ?? "") ?? 0n, price: "" }));
  const policy = termsPolicy(facts, contract, deliveredOn) as CompiledPolicy;
  const composed = composeAddition({ facts, contract, policy, asOf, day, deliveredOn }, priced, new Readings(policy, contract));
  const changed = answer.lines.find((line, index) => periodOf(line) !== periodOf(composed.lines[index]));
  if (changed !== undefined || composed.lines.length !== answer.lines.length)
    return overtaken(`the terms of contract \`${contract.contractId}\` are no longer those that the quote was made by`);
  // What begins with a shorter term and was bought is told from what the term was recorded for by the days that are paid.
  const beyond = shorterTermFrom(contract, deliveredOn) === null ? answer.lines.filter(({ part }) => part === "stub") : answer.lines;
  const lastPaid = new Map(beyond.map(({ licenseId, lastDay }) => [licenseId, lastDay]));
  const paid = priced.map((line) => {
    const paidThrough = lastPaid.get(line.licenseId);
    return paidThrough == null ? line : { ...line, paidThrough };
  });
  const added = addTo(facts, contract, deliveredOn, paid);
  return {
    licenses: added.licenses.map(({ licenseId, ...document }: HeldLicense) => ({ licenseId, document: document satisfies License })),
    contracts: [{ contractId: contract.contractId, document: documentOf(added.contract) }],
    reinstatedAs: [],
  };
}

const isTaken = ({ dossier }: KnownFacts, contract: HeldContract, licenseId: string) =>
  byId(dossier.licenses, "licenseId", licenseId) !== undefined || lineOf(contract, licenseId) !== undefined;

const periodOf = (line: QuoteLine | undefined) => line && `${line.part} ${line.licenseId} ${line.firstDay} ${line.lastDay}`;
