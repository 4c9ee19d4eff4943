/** What an accepted reinstatement records: a contract under which the lapsed licenses are covered again, at the fee that was quoted. */
import { type CompiledPolicy, formulaOf, versionNamed } from "../compiled-policy.ts";
import { contractTermOn, periodAnchor } from "../contract-terms.ts";
import { lineOf } from "../cover.ts";
import { byId } from "../dossier.ts";
import type { Contract, HeldContract } from "../facts.ts";
import { annualFeeOn, increasesOn } from "../increases.ts";
import { fromMinor, type Money } from "../money.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { Readings } from "../readings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { daysIn, nthTerm, type Term } from "../time/term.ts";
import type { KnownFacts } from "./question.ts";
import type { QuoteLine } from "./quote.ts";
import { documentOf, madeBy, type NotAcceptable, overtaken, type Recorded, type StoredQuote } from "./quote-recorded.ts";
import type { ReinstatementRequest } from "./reinstatement.ts";
import { type Lapse, lapsesOf } from "./reinstatement-lapses.ts";

interface Back {
  lapse: Lapse;
  /** The term that was paid for. */
  term: Term;
  annualFee: Money;
}

/**
 * The new terms as facts: a contract of its own for each day on which licenses come back, named after the old one and the
 * quote. What was agreed for the old one holds for it too. Reading `ebx-reinstated-anchor`: its terms count from that day,
 * or it has the old one's terms and the licenses are additions to it, whose first renewal is a stub.
 */
export function acceptReinstatement(facts: KnownFacts, contract: HeldContract, quote: StoredQuote, day: CalendarDate): Recorded | NotAcceptable {
  const { answer, request } = quote;
  const { reinstateOn, payOn = reinstateOn } = request as ReinstatementRequest;
  const { ends } = nonRenewalsOn(facts, day);
  const policy = versionNamed(facts.policies, contract.policyId, answer.policy.version) as CompiledPolicy;
  const licenseIds = new Set(answer.lines.flatMap(({ licenseId }) => licenseId ?? []));
  const about = { facts, contract, policy, day: quote.day, reinstateOn, payOn };
  const lapses = new Map(
    lapsesOf(about, ends, formulaOf(policy, "reinstatement")?.entry.licenseKinds ?? [], licenseIds).map((one) => [one.licenseId, one]),
  );
  const increases = increasesOn(facts, contract, quote.day);
  const back: Back[] = [];
  for (const licenseId of licenseIds) {
    const lapse = lapses.get(licenseId);
    const its = answer.lines.filter((line) => line.licenseId === licenseId);
    if (lapse === undefined) return overtaken(`license \`${licenseId}\` is no longer on contract \`${contract.contractId}\``);
    const changed = changedSince(facts, policy, quote, lapse, its);
    if (changed !== null) return overtaken(`license \`${licenseId}\` ${changed}`);
    const term = nthTerm(reinstateOn < lapse.lapsedOn ? lapse.lapsedOn : reinstateOn, 0);
    const fee = its.find(({ part }) => part === "forward-fees")?.basis;
    back.push({ lapse, term, annualFee: fee ?? fromMinor(annualFeeOn(lapse.line, lapse.lapsedOn, contract, increases), contract.currency) });
  }
  const contracts = [...new Set(back.map(({ term }) => term.firstDay))].sort().map((firstDay, index) => {
    const number = index === 0 ? "" : `-${index + 1}`;
    const its = back.filter(({ term }) => term.firstDay === firstDay);
    return { contractId: `${madeBy(contract.contractId, quote.id)}${number}`, document: reinstated(contract, policy, its) };
  });
  const taken = contracts.find(({ contractId }) => byId(facts.dossier.contracts, "contractId", contractId) !== undefined);
  if (taken !== undefined) return overtaken(`contract \`${taken.contractId}\` is recorded already`);
  return { licenses: [], contracts, reinstatedAs: contracts.map(({ contractId }) => contractId) };
}

/** Why a license can no longer be brought back as it was quoted; null where it can. */
function changedSince(facts: KnownFacts, policy: CompiledPolicy, quote: StoredQuote, lapse: Lapse, lines: readonly QuoteLine[]): string | null {
  const before = broughtBackBy(facts, quote, lapse.licenseId);
  if (before !== undefined) return `was brought back by quote \`${before}\``;
  if (lapse.state !== "lapsed") return lapse.why;
  if (formulaOf(policy, "back-fees") === undefined) return null;
  const missed = lines.find(({ part }) => part === "back-fees");
  const days = lapse.uncovered.reduce((sum, part) => sum + daysIn(part), 0);
  const now = daysWithout(days, lapse.uncovered[0]?.firstDay);
  const quoted = daysWithout(missed?.days, missed?.firstDay);
  return now === quoted ? null : `is without cover for ${now} now, not for ${quoted}`;
}

const daysWithout = (days: number | null = 0, firstDay: CalendarDate | null = "") =>
  days ? `${days} ${days === 1 ? "day" : "days"} from ${firstDay} on` : "no day";

/** Another accepted reinstatement of the same contract that brought the license back. */
function broughtBackBy({ dossier }: KnownFacts, { id, answer }: StoredQuote, licenseId: string): string | undefined {
  return dossier.quotes.find(
    ({ quoteId, contractId, reinstatedAs }) =>
      quoteId !== id &&
      contractId === answer.contractId &&
      reinstatedAs?.some((made) => {
        const contract = byId(dossier.contracts, "contractId", made);
        return contract !== undefined && lineOf(contract, licenseId) !== undefined;
      }),
  )?.quoteId;
}

function reinstated(contract: HeldContract, policy: CompiledPolicy, back: readonly Back[]): Contract {
  const { lines: _, anchorOn: __, ...agreed } = documentOf(contract);
  const [{ term }] = back as [Back];
  const lines = back.map(({ lapse: { licenseId }, annualFee }) => ({ licenseId, annualFee }));
  const anchor = formulaOf(policy, "reinstatement")?.entry.anchor ?? "own";
  const common = contractTermOn(contract, term.firstDay);
  const aligned = new Readings(policy, contract).method(anchor) === "common" && contract.settings?.autoRenew !== false;
  // Where they begin together, or nothing renews that could be aligned, the terms are its own either way.
  if (!aligned || common === null || common.firstDay === term.firstDay) return { ...agreed, term, lines };
  return {
    ...agreed,
    anchorOn: periodAnchor(contract, term.firstDay),
    term: common,
    lines: lines.map((line) => ({ ...line, coveredFrom: term.firstDay })),
  };
}
