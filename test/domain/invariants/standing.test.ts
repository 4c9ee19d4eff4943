/** P1, P3, P8, P11: one status a day, every term ends in one way, and without new facts standing only moves forward. */
import fc from "fast-check";
import { expect } from "vitest";
import type { ContractStatus } from "../../../domain/contract-life.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { outlookRenewal, type RenewalAnswer } from "../../../domain/questions/renewal.ts";
import { accountStatus, describeStanding } from "../../../domain/questions/standing.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { invariant } from "../property.ts";
import { runs, turningDays } from "./asking.ts";
import { factsOf, portfolios } from "./portfolio.ts";

type Seen = Pick<RenewalAnswer, "status" | "currentTerm" | "lapsedOn" | "next" | "reasons">;
type Look = (facts: KnownFacts, contractId: string, day: CalendarDate) => Seen;
const look: Look = (facts, contractId, day) => outlookRenewal(facts, contractId, { date: day });

const running: readonly ContractStatus[] = ["current", "past-due", "notice-given"];
const isOver = (status: ContractStatus) => status === "lapsed" || status === "ended";
const worstFirst = ["past-due", "lapsed", "notice-given", "ended", "current", "not-started", "none"];

const oneStatus = (ask: Look) =>
  fc.property(portfolios(), fc.nat(), (portfolio, pick) => {
    const facts = factsOf(portfolio);
    const days = turningDays(portfolio);
    const day = days[pick % days.length] as CalendarDate;
    const standing = describeStanding(facts, { date: day });
    const statuses = facts.dossier.contracts.map(({ contractId }) => ask(facts, contractId, day));
    expect(standing.contracts.map(({ status }) => status)).toEqual(statuses.map(({ status }) => status));
    // A contract that is over counts only while something that it covered is without support.
    const worst = (of: Seen[]) => worstFirst.find((one) => of.some(({ status }) => status === one)) ?? "none";
    expect([worst(statuses), worst(statuses.filter(({ status }) => !isOver(status)))]).toContain(standing.status);
    expect(accountStatus(facts, { date: day })).toBe(standing.status);
    for (const { status, currentTerm, lapsedOn, next, reasons } of statuses) {
      if (currentTerm !== null) expect(running.includes(status)).toBe(true);
      // What was bought for longer outlasts the last term without making another one.
      else if (running.includes(status)) expect(next.renews).toBe(false);
      // Nothing is without cover where all of it goes on, under another contract or as a subscription that runs.
      expect(lapsedOn !== null).toBe(isOver(status) && !reasons[0].finding.includes(" and went on "));
      if (status === "lapsed") expect(lapsedOn).not.toBeNull();
      if (currentTerm !== null) expect(currentTerm.firstDay <= day && day <= currentTerm.lastDay).toBe(true);
      if (lapsedOn !== null) expect(lapsedOn <= day).toBe(true);
    }
  });

invariant(
  "P3: each contract has one status a day, the same in every answer",
  oneStatus,
  look,
  {
    "lapsed on its last covered day (tldraw#9431)": (facts, contractId, day) => {
      const today = look(facts, contractId, day);
      const tomorrow = look(facts, contractId, addDays(day, 1));
      return tomorrow.lapsedOn === addDays(day, 1) ? { ...today, status: "lapsed" } : today;
    },
    "past due on the due day": (facts, contractId, day) => {
      const seen = look(facts, contractId, day);
      const due = facts.dossier.invoices.some((invoice) => invoice.contractId === contractId && invoice.kind === "support" && invoice.dueOn === day);
      return seen.status === "current" && due ? { ...seen, status: "past-due" } : seen;
    },
  },
  runs(150),
);

const endsInOneWay = (ask: Look) =>
  fc.property(portfolios(), (portfolio) => {
    const facts = factsOf(portfolio);
    for (const { contractId } of facts.dossier.contracts) {
      const renewals = new Set<string>();
      for (const day of turningDays(portfolio)) {
        const today = ask(facts, contractId, day);
        if (today.currentTerm === null) continue;
        const tomorrow = ask(facts, contractId, addDays(day, 1));
        if (day < today.currentTerm.lastDay) {
          // Within a term it goes on, or cover ends before it does.
          if (running.includes(tomorrow.status)) expect(tomorrow.currentTerm).toEqual(today.currentTerm);
          else expect([tomorrow.status === "ended" ? null : "", addDays(day, 1)]).toContain(tomorrow.lapsedOn);
          continue;
        }
        // On the last day nothing can change any more: it renews once, for the term announced, or not at all.
        if (today.next.renews) {
          expect(running.includes(tomorrow.status)).toBe(true);
          expect(tomorrow.currentTerm).toEqual(today.next.term);
          expect(renewals.has(addDays(day, 1))).toBe(false);
          renewals.add(addDays(day, 1));
        } else if (tomorrow.lapsedOn === null) {
          // What was bought for twelve months outlasts a contract that ends earlier; it does not renew either.
          expect(tomorrow.next.renews).toBe(false);
        } else expect(tomorrow.lapsedOn).toBe(addDays(day, 1));
      }
    }
  });

invariant(
  "P1, P3: a term ends in exactly one of renewed and not renewed, as its last day says",
  endsInOneWay,
  look,
  {
    "renews for the term that runs": (facts, contractId, day) => {
      const seen = look(facts, contractId, day);
      return seen.next.renews ? { ...seen, next: { ...seen.next, term: seen.currentTerm } } : seen;
    },
    "renews whatever was noticed": (facts, contractId, day) =>
      look({ ...facts, dossier: { ...facts.dossier, notices: [] } }, contractId, day).next.renews
        ? { ...look(facts, contractId, day), next: look({ ...facts, dossier: { ...facts.dossier, notices: [] } }, contractId, day).next }
        : look(facts, contractId, day),
    "a day between two terms": (facts, contractId, day) => {
      const seen = look(facts, contractId, day);
      return seen.currentTerm?.firstDay === day ? { ...seen, status: "lapsed", currentTerm: null } : seen;
    },
  },
  runs(40),
);

const onward: Record<ContractStatus, number> = { "not-started": 0, current: 1, "past-due": 1, "notice-given": 2, lapsed: 3, ended: 4 };

const onlyForward = (ask: Look) =>
  fc.property(portfolios(), (portfolio) => {
    // Invoices come and go by payments, which are facts of their own; each notice is a new fact until the day it was received.
    const facts = factsOf({ ...portfolio, dossier: { ...portfolio.dossier, invoices: [] } });
    const news =
      facts.dossier.notices
        .map(({ receivedOn, receivedAt }) => receivedOn ?? String(receivedAt).slice(0, 10))
        .sort()
        .at(-1) ?? "";
    const days = turningDays(portfolio).filter((day) => day >= news);
    for (const { contractId } of facts.dossier.contracts) {
      let before: Seen | null = null;
      for (const day of days) {
        const seen = ask(facts, contractId, day);
        if (before !== null) {
          expect(onward[seen.status]).toBeGreaterThanOrEqual(onward[before.status]);
          if (before.lapsedOn !== null) expect(seen.lapsedOn).toBe(before.lapsedOn);
        }
        before = seen;
      }
    }
  });

invariant(
  "P11: standing only moves forward without new facts",
  onlyForward,
  look,
  {
    "lapsed only until a next term would have begun": (facts, contractId, day) => {
      const seen = look(facts, contractId, day);
      return seen.lapsedOn !== null && day >= addDays(seen.lapsedOn, 100) ? { ...seen, status: "current", lapsedOn: null } : seen;
    },
    "the notice forgotten on the last day of the term": (facts, contractId, day) => {
      const seen = look(facts, contractId, day);
      return seen.currentTerm?.lastDay === day && seen.status === "notice-given" ? { ...seen, status: "current" } : seen;
    },
    "lapsed on the day asked": (facts, contractId, day) => {
      const seen = look(facts, contractId, day);
      return seen.lapsedOn === null ? seen : { ...seen, lapsedOn: day };
    },
  },
  runs(40),
);
