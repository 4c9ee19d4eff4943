/** What happens to each contract next, one a row: the days for notices, the next term and its fee, as the renewal outlook says them. */
import { outlookRenewal } from "../../domain/questions/renewal.ts";
import { knownFactsOf } from "../http/known-facts.ts";
import { type Export, type Placed, rowsAfter } from "./export-pages.ts";

const columns = {
  accountId: "id of the account",
  accountName: "its name",
  contractId: "id of the contract",
  policyId: "the policy that it is under",
  policyVersion: "the version that governs money and notices",
  program: "the level that was bought",
  status: "as in the account's standing",
  termFirstDay: "first day of the running term",
  termLastDay: "its last day",
  lapsedOn: "first day that is known to be without cover",
  noticeLastDayOn: "last day on which a notice of non-renewal is in time",
  noticeSafeOn: "that day or the nearest business day before it",
  noticeReceivedOn: "when the notice that counts for the term was received",
  noticeRuling: "how it was ruled",
  increaseLastDayOn: "last day to announce an increase",
  increaseSafeOn: "that day or the nearest business day before it",
  currency: "ISO 4217 code of all amounts",
  currentFee: "a year's fee now",
  maximumFee: "the most it may be in the next term",
  renews: "`true`, `false`; empty where the text leaves it open",
  nextFirstDay: "first day of the next term",
  nextLastDay: "its last day",
  nextFee: "the fee of the next term, of all lines together",
  reinstatementUntil: "last day to reinstate what has lapsed",
} as const;
type Column = keyof typeof columns;

export const renewals: Export<Column> = {
  name: "renewals",
  summary: "Export the renewal outlook of contracts as CSV",
  description: "One row for each contract.",
  columns,
  async rowsOf({ store, now }, { accountId }, wanted) {
    const snapshot = await store.readFacts(accountId, null);
    if (snapshot === null) return [];
    const facts = knownFactsOf(snapshot);
    const { account, contracts } = snapshot.dossier;
    const left = rowsAfter(
      contracts.map((contract) => ({ place: contract.contractId, contract })),
      wanted,
    );
    return left.map(({ place, contract }): Placed<Column> => {
      const { policy, status, currentTerm, lapsedOn, nonRenewal, priceIncrease, next, reinstatement } = outlookRenewal(facts, place, {
        instant: now,
      });
      return {
        place,
        row: {
          accountId,
          accountName: account.name,
          contractId: place,
          policyId: policy.id,
          policyVersion: policy.version,
          program: contract.program,
          status,
          termFirstDay: currentTerm?.firstDay ?? null,
          termLastDay: currentTerm?.lastDay ?? null,
          lapsedOn,
          noticeLastDayOn: nonRenewal?.lastDayOn ?? null,
          noticeSafeOn: nonRenewal?.safeOn ?? null,
          noticeReceivedOn: nonRenewal?.notice?.receivedOn ?? null,
          noticeRuling: nonRenewal?.notice?.ruling ?? null,
          increaseLastDayOn: priceIncrease?.lastNoticeOn ?? null,
          increaseSafeOn: priceIncrease?.safeOn ?? null,
          currency: contract.currency,
          currentFee: priceIncrease?.currentFee.amount ?? null,
          maximumFee: priceIncrease?.maximumFee.amount ?? null,
          renews: next.renews,
          nextFirstDay: next.term?.firstDay ?? null,
          nextLastDay: next.term?.lastDay ?? null,
          nextFee: next.fee?.amount ?? null,
          reinstatementUntil: reinstatement?.possibleUntil ?? null,
        },
      };
    });
  },
};
