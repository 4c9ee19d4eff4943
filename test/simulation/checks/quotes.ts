/**
 * Every quote: its lines add up (P4), agree with a second opinion that counts days and exact ratios (P5, P18), stay as they
 * were made, are accepted at most once, in time, and no day of a license is paid for twice (P19).
 */
import type { Dossier } from "../../../domain/facts.ts";
import { type Money, toMinor } from "../../../domain/money.ts";
import type { QuoteAnswer } from "../../../domain/questions/quote.ts";
import type { Snapshot } from "../../../functions/store/store.ts";
import { anniversary, dayOf, periodOf, textOf } from "../../domain/oracle/days.ts";
import { byDays } from "../../domain/oracle/outlook.ts";
import { expectedQuote } from "../../domain/oracle/quote.ts";
import { type Life, walk } from "../../domain/oracle/walk.ts";
import { dayOfClock } from "../clock.ts";
import type { Request } from "../gateway.ts";
import { ensure, ensureSame, type Step } from "../step.ts";
import type { Observer, World } from "../world.ts";
import { speaksOf } from "./renewals.ts";

type Quote = QuoteAnswer & { id: string };

interface Paid {
  quoteId: string;
  part: string;
  firstDay: string;
  lastDay: string;
}

const sumOf = (amounts: readonly Money[]) => amounts.reduce((sum, amount) => sum + toMinor(amount), 0n);

export class QuoteChecks implements Observer {
  quotes = 0;
  compared = 0;
  accepted = 0;
  readonly #made = new Map<string, { quote: Quote; request: Request }>();
  readonly #paidOn = new Map<string, string>();
  readonly #voided = new Set<string>();
  readonly #paid = new Map<string, Paid[]>();

  async after(world: World, step: Step): Promise<void> {
    if (step.do !== "send" && step.do !== "race") return;
    const answered = world.answers.get(step.id);
    if (answered === undefined) return;
    const { request, response } = answered;
    if (request.target === "/v1/quotes" && response.status === 201) {
      const quote = JSON.parse(response.text) as Quote;
      this.#made.set(quote.id, { quote, request });
      this.quotes++;
      this.#addsUp(quote);
      await this.#agrees(world, quote, request);
    }
    const [, quoteId, change] = /^\/v1\/quotes\/([^/]+)\/(accept|void)$/.exec(request.target) ?? [];
    if (quoteId !== undefined && response.status === 200 && step.do === "send")
      this.#changed(world, quoteId, change as string, request, JSON.parse(response.text));
    if (quoteId !== undefined && step.do === "race") await this.#settledOnce(world, quoteId, step.requests);
  }

  #addsUp({ id, lines, total, indicative, waived, status, payBy }: Quote): void {
    const sum = sumOf(lines.map(({ amount }) => amount));
    const less = waived === null ? 0n : toMinor(waived);
    const shown = total ?? indicative;
    if (shown !== null) ensureSame("P4 lines add up", () => id, String(toMinor(shown)), String(total === null ? sum : sum - less));
    ensure(
      lines.every(({ amount }) => toMinor(amount) >= 0n),
      "P5 parts are not negative",
      () => JSON.stringify(lines),
    );
    ensure(
      (total === null) === (status !== "offered" && status !== "expired"),
      "P18 a total is an offer",
      () => `${id} is ${status} with ${total?.amount}`,
    );
    ensure(payBy === null || status !== "refused", "P18 nothing refused is paid", () => id);
  }

  async #agrees(world: World, quote: Quote, request: Request): Promise<void> {
    const snapshot = await world.factsOf(quote.accountId);
    const body = request.body as { kind: string; reinstateOn: string; payOn?: string };
    if (snapshot === null || !speaksOf(snapshot.dossier) || !isOnOneContract(snapshot)) return;
    const { dossier, catalog } = snapshot;
    const contract = dossier.contracts.find(({ contractId }) => contractId === quote.contractId);
    const today = dayOf(dayOfClock(world.clock));
    if (contract === undefined || today < dayOf(contract.term.firstDay)) return;
    const known = { ...dossier, notices: dossier.notices.filter(({ withdrawn }) => withdrawn !== true) };
    const seen = quote.lines.map(({ part, licenseId, firstDay, lastDay, amount }) => [part, licenseId, firstDay, lastDay, String(toMinor(amount))]);
    const tell = () => `${quote.id} of ${dossier.accountId} ${quote.contractId}, ${JSON.stringify(body)} on ${textOf(today)}`;
    if (body.kind === "reinstatement") {
      this.compared++;
      const on = { today, reinstate: dayOf(body.reinstateOn), pay: dayOf(body.payOn ?? body.reinstateOn) };
      const expected = expectedQuote(known, catalog, quote.contractId, on);
      const lines = expected.lines.map(({ part, licenseId, firstDay, lastDay, amount }) => [part, licenseId, firstDay, lastDay, String(amount)]);
      ensureSame("oracle: reinstatement", tell, [quote.status, quote.payBy, seen], [expected.status, expected.payBy, lines]);
    }
    if (body.kind === "additional-purchase" && quote.lines.length > 0) {
      const life = walk(withBought(known, quote), catalog, today).lives.find((one) => one.contract.contractId === quote.contractId);
      if (life === undefined || dayOf(quote.deliveredOn as string) < life.first) return;
      this.compared++;
      ensureSame("oracle: additional purchase", tell, seen, additionOf(life, quote));
    }
  }

  #changed(world: World, quoteId: string, change: string, request: Request, now: Quote & { acceptedPaidOn: string | null }): void {
    const { quote } = this.#made.get(quoteId) as { quote: Quote };
    const { lines, total, payBy } = quote;
    ensureSame("P18 unaltered", () => quoteId, [now.lines, now.total, now.payBy], [lines, total, payBy]);
    if (change === "void") {
      ensure(!this.#paidOn.has(quoteId), "P18 accepted is not void", () => quoteId);
      this.#voided.add(quoteId);
      return;
    }
    const { paidOn } = request.body as { paidOn: string };
    ensure(
      quote.status === "offered" || quote.status === "expired",
      "P18 only what is offered",
      () => `${quoteId} was ${quote.status} and is accepted`,
    );
    ensure(payBy === null || paidOn <= payBy, "P18 unexpired", () => `${quoteId} was to be paid by ${payBy}, accepted on ${paidOn}`);
    ensure(!this.#voided.has(quoteId), "P18 void is not accepted", () => quoteId);
    this.#accept(world, quote, paidOn);
  }

  #accept(world: World, quote: Quote, paidOn: string): void {
    const before = this.#paidOn.get(quote.id);
    ensure(before === undefined || before === paidOn, "P18 accepted once", () => `${quote.id} was accepted for ${before} and for ${paidOn}`);
    if (before !== undefined) return;
    this.accepted++;
    this.#paidOn.set(quote.id, paidOn);
    if (quote.kind === "renewal") return;
    for (const { part, licenseId, firstDay, lastDay } of quote.lines) {
      if (licenseId === null || firstDay === null || lastDay === null) continue;
      const key = `${quote.accountId}/${licenseId}`;
      const paid = this.#paid.get(key) ?? [];
      // A stub that was paid and never began is a matter of the parties (decision 18); the days before are not.
      const twice = paid.find((one) => one.firstDay <= lastDay && firstDay <= one.lastDay && !(one.part === "stub" && part === "forward-fees"));
      const tell = () =>
        `${key}: ${firstDay}…${lastDay} of ${quote.id}, ${twice?.firstDay}…${twice?.lastDay} of ${twice?.quoteId}, on ${dayOfClock(world.clock)}`;
      ensure(twice === undefined, "P19 no day twice", tell);
      this.#paid.set(key, [...paid, { quoteId: quote.id, part, firstDay, lastDay }]);
    }
  }

  /** Of two that try at once, what is recorded is one of them. */
  async #settledOnce(world: World, quoteId: string, requests: readonly Request[]): Promise<void> {
    const made = this.#made.get(quoteId);
    const facts = made === undefined ? null : await world.factsOf(made.quote.accountId);
    const offer = facts?.dossier.quotes.find((one) => one.quoteId === quoteId);
    if (made === undefined || offer === undefined) return;
    ensure(
      offer.acceptedPaidOn === undefined || offer.voidedAt === undefined,
      "P18 accepted or void",
      () => `${quoteId} after ${JSON.stringify(requests)}`,
    );
    if (offer.voidedAt !== undefined) this.#voided.add(quoteId);
    if (offer.acceptedPaidOn !== undefined) this.#accept(world, made.quote, offer.acceptedPaidOn);
  }
}

function isOnOneContract({ dossier }: Snapshot): boolean {
  const lines = dossier.contracts.flatMap((contract) => contract.lines.map(({ licenseId }) => licenseId));
  return new Set(lines).size === lines.length;
}

/** The facts as they would be, were it bought: whether it goes on is asked of them. */
function withBought(dossier: Dossier, { contractId, lines, deliveredOn }: Quote): Dossier {
  const bought = lines
    .filter(({ part }) => part === "initial-period")
    .map(({ licenseId, basis }) => ({ licenseId: licenseId as string, annualFee: basis }));
  const licenses = bought.map(({ licenseId }) => ({
    licenseId,
    productId: licenseId.replace(/-[^-]+-\d+$/, ""),
    kind: "perpetual" as const,
    seats: 1,
    deliveredOn: deliveredOn as string,
  }));
  const contracts = dossier.contracts.map((one) => (one.contractId === contractId ? { ...one, lines: [...one.lines, ...bought] } : one));
  return { ...dossier, licenses: [...dossier.licenses, ...licenses], contracts };
}

/** 7.1, 7.2, reading `ebx-co-term`: twelve months from delivery in full, then days to the common end; none where they meet. */
function additionOf(life: Life, { lines, deliveredOn }: Quote): unknown[] {
  const first = dayOf(deliveredOn as string);
  const initialLast = anniversary(first, 1) - 1;
  const stubFirst = initialLast + 1;
  const period = periodOf(life.following, stubFirst);
  const end = stubFirst <= life.recordedLast ? life.recordedLast : period.first + period.days - 1;
  // What would follow the contract's own end does not: it was given notice, or never renews.
  const bought = life.lines.filter(({ licenseId }) => lines.some((line) => line.licenseId === licenseId));
  const isOver = bought.some(({ last }) => last !== null && last < stubFirst);
  const beginsTerm = stubFirst === life.recordedLast + 1 || (stubFirst > life.recordedLast && period.first === stubFirst);
  const initials = lines.filter(({ part }) => part === "initial-period");
  return initials.flatMap(({ licenseId, basis }) => [
    ["initial-period", licenseId, textOf(first), textOf(initialLast), String(toMinor(basis))],
    ...(beginsTerm || isOver ? [] : [["stub", licenseId, textOf(stubFirst), textOf(end), String(byDays(toMinor(basis), life, stubFirst, end))]]),
  ]);
}
