/**
 * "What became true, and when?" Everything that is announced of an account because time passes. It is derived from the
 * facts each time it is asked, like every answer: the sweep that asks decides nothing, it only remembers what it said.
 */
import type { HeldContract } from "../facts.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { firstInstantOf, localDate } from "../time/zone.ts";
import { processPolicy } from "./choose-contract.ts";
import { agreedCalendarMoments } from "./moments-of-calendars.ts";
import { gapMoments } from "./moments-of-gaps.ts";
import { lapseMoments } from "./moments-of-lapses.ts";
import { arrearsMoments } from "./moments-of-payments.ts";
import { quoteMoments } from "./moments-of-quotes.ts";
import { termMoments } from "./moments-of-terms.ts";
import { zoneAt } from "./place.ts";
import type { KnownFacts } from "./question.ts";

export const momentTypes = [
  "contract.renewed",
  "contract.lapsed",
  "contract.past-due",
  "notice-window.closing",
  "notice-window.closed",
  "price-notice-window.closing",
  "reinstatement-window.closing",
  "reinstatement-window.closed",
  "coverage.gap-detected",
  "quote.expired",
  "obligation.missed",
  "calendar.running-out",
] as const;

export type MomentType = (typeof momentTypes)[number];

/** Something that becomes true at an instant. */
export interface Moment {
  /** Its name, the same whenever and however often it is derived: `contract.renewed/c-1/2027-01-01`. */
  key: string;
  /** Names of what it says; more than one where it speaks of several things. Once said, each is not said again. */
  marks: string[];
  type: MomentType;
  /** When it becomes true: the beginning of its day in the policy's zone, in milliseconds. */
  dueAt: number;
  /** From then on nothing can be done about it any more; null: it is worth knowing for ever. */
  purposeUntil: number | null;
  data: object;
}

/** A moment that is told in full only when it is due and was not said before. */
export interface Candidate {
  key: string;
  type: MomentType;
  dueAt: number;
  /** The rest; null where it turns out not to come true. */
  tell(): Pick<Moment, "purposeUntil" | "data"> | null;
}

/** A contract and the time that is looked at. */
export interface Followed {
  facts: KnownFacts;
  contract: HeldContract;
  /** In which its days begin. */
  zone: string;
  /** When it was recorded: what was true before is history. */
  since: number;
  /** Until when, in milliseconds; and the local day of that. */
  until: number;
  today: CalendarDate;
}

/** Where no zone is stated or agreed, a day has begun once it has everywhere: nothing is announced before it is true. */
const lastToBegin = "Etc/GMT+12";

export const beginning = ({ zone }: Pick<Followed, "zone">, day: CalendarDate) => firstInstantOf(day, zone);

export interface Moments {
  /** Due by `until` and not said before, by time. */
  due: Moment[];
  /** The first instant after `until` at which there may be another; null: none as the facts stand. */
  nextAt: number | null;
}

/**
 * What is due by an instant and not said before, with the instant at which to look again.
 * @param followed by contract id: when the contract was recorded; contracts that are not in it are passed over. What was
 * true before counts only where it lasts and asks for something: an open window, an overdue invoice, a gap.
 * @param until milliseconds since 1970
 */
export function momentsOf(facts: KnownFacts, followed: ReadonlyMap<string, number>, until: number, isSaid: (mark: string) => boolean): Moments {
  const due: Moment[] = [];
  let nextAt: number | null = null;
  const ahead = (instant: number) => {
    if (instant > until && (nextAt === null || instant < nextAt)) nextAt = instant;
  };
  const contracts = facts.dossier.contracts.flatMap((contract) => {
    const since = followed.get(contract.contractId);
    return since === undefined ? [] : [followedOf(facts, contract, since, until)];
  });
  const candidates = contracts.flatMap((one) => [...termMoments(one), ...lapseMoments(one), ...arrearsMoments(one), ...agreedCalendarMoments(one)]);
  for (const { key, type, dueAt, tell } of [...candidates, ...quoteMoments(facts, contracts)]) {
    ahead(dueAt);
    if (dueAt > until || isSaid(key)) continue;
    const told = tell();
    if (told !== null) due.push({ key, marks: [key], type, dueAt, ...told });
  }
  const gaps = gapMoments(facts, contracts, isSaid);
  due.push(...gaps.due);
  if (gaps.nextAt !== null) ahead(gaps.nextAt);
  return { due: due.sort((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1)), nextAt };
}

function followedOf(facts: KnownFacts, contract: HeldContract, since: number, until: number): Followed {
  const zone = zoneAt(processPolicy(facts, contract, { instant: until }), contract, facts.dossier.premises) ?? lastToBegin;
  return { facts, contract, zone, since, until, today: localDate(until, zone) };
}

/** Days before the last one on which is reminded of it. */
const reminderDays = [30, 14, 3];

/** A window that closes, of which is reminded. */
export interface Window {
  type: MomentType;
  /** `{contract}/{term}` or alike. */
  of: string;
  /** Its last day, inside. */
  lastDay: CalendarDate;
  /** What is told, on a day; null where there is nothing to remind of. */
  tell(day: CalendarDate): object | null;
}

/**
 * Reminders 30, 14 and 3 days ahead. Each has its purpose through the window's last day, as long as there is something
 * to be done. For a contract recorded in between, the latest that has passed is due at once, and those before are not.
 */
export function reminders(followed: Followed, { type, of, lastDay, tell }: Window): Candidate[] {
  const closesAt = beginning(followed, addDays(lastDay, 1));
  const steps = reminderDays.map((days) => ({ days, dueAt: beginning(followed, addDays(lastDay, -days)) }));
  const passed = steps.filter(({ dueAt }) => dueAt <= followed.since).at(-1);
  return steps
    .filter((step) => step.dueAt > followed.since || (step === passed && followed.since < closesAt))
    .map(({ days, dueAt: stepAt }) => {
      const dueAt = Math.max(stepAt, followed.since);
      return {
        key: `${type}/${of}/${days}`,
        type,
        dueAt,
        tell() {
          const data = tell(localDate(dueAt, followed.zone));
          if (data === null) return null;
          // Done meanwhile: nobody has to be reminded any more.
          const open = tell(followed.today < lastDay ? followed.today : lastDay) !== null;
          return { purposeUntil: open ? closesAt : dueAt, data: { ...data, reminderDays: days } };
        },
      };
    });
}

/** A name's part that a caller chose freely. */
export const named = (text: string) => encodeURIComponent(text);

/** The lines that notices end, as of a day; worked out once a day. */
export function endsBy(facts: KnownFacts): (day: CalendarDate) => ReturnType<typeof nonRenewalsOn>["ends"] {
  const known = new Map<CalendarDate, ReturnType<typeof nonRenewalsOn>["ends"]>();
  return (day) => {
    let ends = known.get(day);
    if (ends === undefined) {
      ends = nonRenewalsOn(facts, day).ends;
      known.set(day, ends);
    }
    return ends;
  };
}

/** After every day that can be recorded: notices recorded for a day to come count too. */
export const lastOfDays: CalendarDate = "9000-12-31";
