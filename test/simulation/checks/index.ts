/** Everything that is looked at in a simulated world. */
import type { Observer, Parts } from "../world.ts";
import { AnswerChecks } from "./answers.ts";
import { DerivedChecks } from "./derived.ts";
import { EventChecks } from "./events.ts";
import { LogChecks } from "./logs.ts";
import { type Decide, PaymentChecks } from "./payments.ts";
import { PoisonChecks } from "./poison.ts";
import { QuoteChecks } from "./quotes.ts";
import { type Outlook, RenewalChecks } from "./renewals.ts";

/** Questions that a broken variant may replace. */
export interface Asked {
  outlook?: Outlook;
  decide?: Decide;
}

export function allChecks(parts: Parts, { outlook, decide }: Asked = {}) {
  const renewals = new RenewalChecks(outlook);
  const quotes = new QuoteChecks();
  const answers = new AnswerChecks();
  const logs = new LogChecks();
  const payments = new PaymentChecks(decide);
  const events = new EventChecks();
  const derived = new DerivedChecks(parts);
  const poison = new PoisonChecks(parts);
  const observers: Observer[] = [renewals, quotes, answers, payments, events, logs, derived, poison];
  return {
    observers,
    /** How much was looked at. */
    figures: () => ({
      "contract-days compared with the second opinion": renewals.compared,
      quotes: quotes.quotes,
      "quotes compared with the second opinion": quotes.compared,
      "quotes accepted": quotes.accepted,
      decisions: answers.decisions,
      "answers asked again": answers.asked,
      "decisions under more and less payment": payments.asked,
      "events expected": events.expected,
      "events kept as missed": events.missed,
      "logs verified": logs.verified,
      "derived items made again": derived.rebuilt,
      "accounts spoilt": poison.poisoned,
    }),
  };
}

export type Figures = ReturnType<ReturnType<typeof allChecks>["figures"]>;
