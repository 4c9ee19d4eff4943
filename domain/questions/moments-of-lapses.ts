/** What is announced of cover that ended: the first day without it, the end of the time in which it can be reinstated. */
import { formulaOf } from "../compiled-policy.ts";
import { lifeOf } from "../contract-life.ts";
import type { Ends } from "../cover.ts";
import { isLeftWithout } from "../left-without.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { type Ending, endingsOf, goneWithout, isLapse, isOpen, windowEndOf } from "./endings.ts";
import { beginning, type Candidate, type Followed, lastOfDays, reminders } from "./moments.ts";

/** Once for each contract and the day on which it lapses; a reinstated contract is another one. */
export function* lapseMoments(followed: Followed): Generator<Candidate> {
  const { facts, contract, today } = followed;
  const { ends } = nonRenewalsOn(facts, lastOfDays);
  const life = lifeOf(facts, contract, today, ends);
  for (const ending of endingsOf(life)) {
    if (!isLapse(life, ending, goneWithout(facts, ends, ending))) continue;
    yield* momentsOfEnding(followed, ends, ending);
  }
}

/** The whole contract's lapse, or that of some lines while the others go on. */
function* momentsOfEnding(followed: Followed, ends: Ends, ending: Ending): Generator<Candidate> {
  const { facts, contract, since } = followed;
  const { contractId, policyId } = contract;
  const lapsedOn = addDays(ending.lastDay, 1);
  const life = lifeOf(facts, contract, lapsedOn, ends);
  if (ending.whole && life.lapsedOn === null) return;
  const covers = ending.whole ? life.covers : ending.covers;
  const possibleUntil = ending.whole ? life.possibleUntil : windowEndOf(facts, life.policy, ending, goneWithout(facts, ends, ending));
  const of = `${contractId}/${lapsedOn}`;
  const base = { contractId, policyId, lapsedOn };

  const lapsedAt = beginning(followed, lapsedOn);
  if (lapsedAt > since) {
    // Where the text leaves open what follows, an agreement may say otherwise.
    const data = { ...base, status: life.status, possibleUntil, missing: isOpen(life, ending) ? ["agreement"] : [] };
    yield { key: `contract.lapsed/${of}`, type: "contract.lapsed", dueAt: lapsedAt, tell: () => ({ purposeUntil: null, data }) };
  }
  if (possibleUntil === null) return;
  const data = { ...base, possibleUntil, clause: formulaOf(life.policy, "reinstatement-window")?.clause };
  const tell = (day: CalendarDate) => (isLeftWithout(facts, contract, covers, ends, day < lapsedOn ? lapsedOn : day) ? data : null);
  yield* reminders(followed, { type: "reinstatement-window.closing", of, lastDay: possibleUntil, tell });
  const closedAt = beginning(followed, addDays(possibleUntil, 1));
  if (closedAt > since) {
    const closed = () => (tell(possibleUntil) === null ? null : { purposeUntil: null, data });
    yield { key: `reinstatement-window.closed/${of}`, type: "reinstatement-window.closed", dueAt: closedAt, tell: closed };
  }
}
