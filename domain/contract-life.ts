/** Where a contract stands on a day: running, going to end, or ended; with what is owed on it. */
import { broughtBackOn } from "./brought-back.ts";
import { type CompiledPolicy, formulaOf } from "./compiled-policy.ts";
import { anchorOf, contractTermOn } from "./contract-terms.ts";
import { type Cover, coverOf, type Ends, heldOn, lineKey, renewsByItself, termsPolicy } from "./cover.ts";
import { licensesById } from "./coverage.ts";
import type { HeldContract, NamedInvoice } from "./facts.ts";
import { type GoesOn, goesOnOn } from "./left-without.ts";
import { isOverdue } from "./open-balance.ts";
import type { KnownFacts } from "./questions/question.ts";
import { addDays, type CalendarDate } from "./time/calendar-date.ts";
import { type Term, windowLastDay } from "./time/term.ts";
import { leavesOpen } from "./what-follows.ts";

export type ContractStatus = "not-started" | "current" | "past-due" | "notice-given" | "lapsed" | "ended";

export interface ContractLife {
  contract: HeldContract;
  policy: CompiledPolicy;
  status: ContractStatus;
  /** First day of the contract: its anchor, or the day on which bringing support back was paid. */
  beginsOn: CalendarDate;
  covers: Cover[];
  /** Running on the day; null before the first and after the last. */
  currentTerm: Term | null;
  /** Last day with any cover; null while the contract goes on. */
  lastDay: CalendarDate | null;
  /** The day after its last one, once that has come. */
  lapsedOn: CalendarDate | null;
  /** Where all of it goes on from that day: nothing lapses then. */
  goesOn: GoesOn | null;
  /** Whether nobody knows what follows its last day. */
  leftOpen: boolean;
  /** Last day of the reinstatement window once lapsed; null without a window. */
  possibleUntil: CalendarDate | null;
  overdue: NamedInvoice[];
  renewsByItself: boolean;
}

/** A contract's life as it stands at the end of a day. Past due goes before notice given, that before current (reading `lapse`). */
export function lifeOf(facts: KnownFacts, contract: HeldContract, day: CalendarDate, ends: Ends): ContractLife {
  const licenses = licensesById(facts.dossier);
  const covers = contract.lines.map((line) => coverOf(facts, ends, contract, line, licenses(line.licenseId)));
  const renews = renewsByItself(facts, contract) && (covers.length === 0 || covers.some((cover) => cover.renews));
  const lastDay = covers.length > 0 ? lastOf(covers) : renews ? null : contract.term.lastDay;
  // After the last term there is none whose version could govern but that one (docs/decisions 46).
  const policy = termsPolicy(facts, contract, lastDay !== null && lastDay < day ? lastDay : day) as CompiledPolicy;
  const running = lastDay === null || day <= lastDay;
  const overdue = facts.dossier.invoices.filter((invoice) => inScope(facts, policy, contract, invoice) && isOverdue(invoice, day));
  const window = formulaOf(policy, "reinstatement-window");
  const lapsedOn = lastDay === null || running ? null : addDays(lastDay, 1);
  const kinds = formulaOf(policy, "reinstatement")?.entry.licenseKinds;
  // What was retired by then, or is of a kind that is not reinstated, leaves nothing to bring back.
  const canComeBack = ({ line }: Cover, from: CalendarDate) => {
    const license = licenses(line.licenseId);
    return license === undefined || (heldOn(license, from) && (kinds?.includes(license.kind) ?? true));
  };
  const goesOn = lastDay === null ? null : goesOnOn(facts, contract, covers, ends, addDays(lastDay, 1));
  const leftOpen = lastDay !== null && goesOn === null && leavesOpen(policy, contract, lastDay);
  const hasWindow = lapsedOn !== null && goesOn === null && (covers.length === 0 || covers.some((cover) => canComeBack(cover, lapsedOn)));
  const possibleUntil = !hasWindow || window === undefined ? null : windowLastDay(lapsedOn, window.entry.months);
  const paidOn = broughtBackOn(facts.dossier, contract.contractId);
  const beginsOn = paidOn !== undefined && paidOn > anchorOf(contract) ? paidOn : anchorOf(contract);
  const life = { contract, policy, beginsOn, covers, lastDay, lapsedOn, goesOn, leftOpen, possibleUntil, overdue, renewsByItself: renews };
  if (day < beginsOn) return { ...life, status: "not-started", currentTerm: null, lapsedOn: null, possibleUntil: null };
  if (lapsedOn !== null) return { ...life, status: possibleUntil === null || day > possibleUntil ? "ended" : "lapsed", currentTerm: null };
  const term = contractTermOn(contract, day);
  const noticed = lastDay !== null && endedByNotice(covers, ends) && (!renews || endsWith(covers, ends, term?.lastDay ?? lastDay));
  const status = overdue.length > 0 ? "past-due" : noticed ? "notice-given" : "current";
  return { ...life, status, currentTerm: term };
}

/** First day that is known to be without cover, once the contract's has ended. */
export const firstDayWithout = ({ lapsedOn, goesOn, leftOpen }: ContractLife): CalendarDate | null =>
  goesOn === null && !leftOpen ? lapsedOn : null;

/** The version that governs money on a day (reading `governing-version`). */
export const moneyPolicy = (facts: KnownFacts, contract: HeldContract, day: CalendarDate, ends: Ends): CompiledPolicy =>
  facts.policies.get(contract.policyId)?.length === 1
    ? (termsPolicy(facts, contract, day) as CompiledPolicy)
    : lifeOf(facts, contract, day, ends).policy;

function lastOf(covers: readonly Cover[]): CalendarDate | null {
  let last: CalendarDate = "";
  for (const { lastDay } of covers) {
    if (lastDay === null) return null;
    if (lastDay > last) last = lastDay;
  }
  return last;
}

/** Last day of the term that a notice ends a line with, not counting an earlier one about a term that has passed. */
function noticedEnd({ contract, line, paidFrom }: Cover, ends: Ends): CalendarDate | null {
  const ended = ends.get(lineKey(contract.contractId, line.licenseId));
  return ended !== undefined && ended >= paidFrom ? ended : null;
}

const endedByNotice = (covers: readonly Cover[], ends: Ends) => covers.some((cover) => cover.lastDay !== null && noticedEnd(cover, ends) !== null);

/** Whether nothing renews after a day: a notice can end a later term than the running one (readings `late-notice`, `short-term-notice`). */
const endsWith = (covers: readonly Cover[], ends: Ends, termLastDay: CalendarDate) =>
  covers.every((cover) => !cover.renews || (noticedEnd(cover, ends) ?? cover.lastDay ?? "") <= termLastDay);

/** Support invoices that must be paid for support under the contract: its own, or all under its policy where that says so. */
function inScope(facts: KnownFacts, policy: CompiledPolicy, contract: HeldContract, invoice: NamedInvoice): boolean {
  if (invoice.kind !== "support") return false;
  if (invoice.contractId === contract.contractId) return true;
  const wide = policy.conditions.some(({ parameters }) => parameters.condition === "payments-current" && parameters.scope === "policy");
  return (
    wide &&
    (invoice.contractId === undefined ||
      facts.dossier.contracts.some(({ contractId, policyId }) => contractId === invoice.contractId && policyId === contract.policyId))
  );
}
