/** "May this offer still be accepted as it was made, and what is then recorded?" Nothing is charged twice, nothing is offered anew. */
import { byId } from "../dossier.ts";
import type { RecordedOffer } from "../facts.ts";
import { acceptedInstead } from "../offers.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { acceptAddition } from "./addition-acceptance.ts";
import type { KnownFacts } from "./question.ts";
import type { QuoteAnswer } from "./quote.ts";
import { offeredFor, wasOffered } from "./quote-life.ts";
import { type NotAcceptable, overtaken, type Recorded, type StoredQuote } from "./quote-recorded.ts";
import { acceptReinstatement } from "./reinstatement-acceptance.ts";

/** Why the quote cannot be accepted on that day, whatever was recorded since; null where it can, or was on the same day. */
export function notAcceptable({ id, answer }: StoredQuote, offer: RecordedOffer | undefined, paidOn: CalendarDate): NotAcceptable | null {
  const { status, payBy, reasons } = answer;
  if (offer?.acceptedPaidOn !== undefined) {
    if (offer.acceptedPaidOn === paidOn) return null;
    const detail = `quote \`${id}\` was accepted, paid on ${offer.acceptedPaidOn}: got ${paidOn}; ${mending(answer, offer)}`;
    return { code: "quote-already-accepted", detail };
  }
  if (offer?.voidedAt !== undefined) return { code: "quote-void", detail: `quote \`${id}\` is void since ${offer.voidedAt}: ${offer.voidedReason}` };
  if (!wasOffered(answer)) {
    const ground = reasons.find(({ result }) => result !== "pass" && result !== "info") ?? reasons[0];
    return { code: "quote-not-offered", detail: `quote \`${id}\` offers nothing, its status is \`${status}\`: ${ground.finding} (${ground.clause})` };
  }
  // Reading `window`: the last day is still inside.
  if (payBy !== null && paidOn > payBy) return { code: "quote-expired", detail: `quote \`${id}\` had to be paid by ${payBy}: got ${paidOn}` };
  return null;
}

/** Who keeps contracts deletes them (docs/roles.md); the key of the first acceptance would replay its reply. */
const again = "which takes role `sales-ops` or `admin`, and accept the quote again with a new `Idempotency-Key`";

/** How a day of payment that was mistyped is mended: what accepting recorded is deleted, and the quote is open again. */
function mending({ accountId, contractId }: QuoteAnswer, { kind, reinstatedAs = [], licenseIds = [] }: RecordedOffer): string {
  const account = `/v1/accounts/${accountId}`;
  switch (kind) {
    case "reinstatement":
      return `where that day is wrong, delete what accepting recorded, ${named(reinstatedAs, (made) => `\`DELETE ${account}/contracts/${made}\``)}, ${again}`;
    case "additional-purchase": {
      const lines = named(
        licenseIds,
        (made) => `\`DELETE ${account}/contracts/${contractId}/lines/${made}\` and \`DELETE ${account}/licenses/${made}\``,
      );
      return `where that day is wrong, delete what accepting recorded, ${lines}, ${again}`;
    }
    case "renewal":
      return "nothing else was recorded: when the renewal was paid stands on its invoice";
  }
}

const mostNamed = 10;

function named(made: readonly string[], say: (made: string) => string): string {
  const more = made.length > mostNamed ? ` and ${made.length - mostNamed} more in the same way` : "";
  return `${made.slice(0, mostNamed).map(say).join(", ")}${more}`;
}

/**
 * What accepting records, decided on the newest facts: for a reinstatement the new terms, for an additional purchase the
 * licenses and their lines; for a renewal nothing, since it renews anyway and an invoice is none of ours.
 */
export function accept(facts: KnownFacts, quote: StoredQuote, paidOn: CalendarDate): Recorded | NotAcceptable {
  const { answer } = quote;
  const day = paidOn > quote.day ? paidOn : quote.day;
  const contract = byId(facts.dossier.contracts, "contractId", answer.contractId);
  if (contract === undefined) return overtaken(`contract \`${answer.contractId}\` is no longer recorded`);
  if (contract.policyId !== answer.policy.id) return overtaken(`contract \`${contract.contractId}\` is under policy \`${contract.policyId}\` now`);
  const currency = answer.total?.currency;
  if (currency !== contract.currency) return overtaken(`contract \`${contract.contractId}\` is in \`${contract.currency}\` now`);
  switch (answer.kind) {
    case "reinstatement":
      return acceptReinstatement(facts, contract, quote, day);
    case "additional-purchase":
      return acceptAddition(facts, contract, quote, day);
    case "renewal": {
      const other = acceptedInstead(facts.dossier, offeredFor(quote.id, answer));
      if (other !== undefined) return overtaken(`quote \`${other.quoteId}\` for the same term was accepted instead, paid on ${other.acceptedPaidOn}`);
      return { licenses: [], contracts: [], reinstatedAs: [] };
    }
  }
}
