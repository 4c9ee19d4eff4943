/**
 * What becomes true is announced once, and only once (P1, P15, P16): by the next undisturbed sweep everything that a second
 * opinion says is there, however many were missed. Nothing is sent that came too late to be of use, and what came too late
 * is kept as missed (P17). The list of events has no gap, and an account's are in its order (P23).
 */
import type { Dossier } from "../../../domain/facts.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { dayOf, textOf } from "../../domain/oracle/days.ts";
import { goesOn, outlookOf } from "../../domain/oracle/outlook.ts";
import { type Life, type Walked, walkFrom } from "../../domain/oracle/walk.ts";
import { dayOfClock, instantOf } from "../clock.ts";
import { ensure, ensureSame, type Step } from "../step.ts";
import type { Observer, World, Written } from "../world.ts";
import { speaksOf } from "./renewals.ts";

const reminderDays = [30, 14, 3];

interface Expected {
  key: string;
  /** A reminder that came too late may be there as missed; what happened is told whenever it is found out. */
  isReminder: boolean;
}

export class EventChecks implements Observer {
  expected = 0;
  missed = 0;
  readonly #keys = new Map<string, Written>();
  /** By account and contract: the day it was recorded. What was true before is history. */
  readonly #since = new Map<string, CalendarDate>();
  /** By account: the version and day up to which all was found announced. */
  readonly #seenTo = new Map<string, { version: number; day: CalendarDate; walkTo: (day: number) => Walked }>();
  #read = 0;

  async after(world: World, step: Step, changed: readonly string[]): Promise<void> {
    for (const accountId of changed)
      for (const { contractId } of world.model.dossierOf(accountId)?.contracts ?? []) {
        const key = `${accountId}/${contractId}`;
        if (!this.#since.has(key)) this.#since.set(key, dayOfClock(world.clock));
      }
    for (; this.#read < world.events.length; this.#read++) this.#assertNew(world.events[this.#read] as Written);
    const isUndisturbed = step.do === "sweep" && step.faults.length === 0 && !step.cut && !step.lagging;
    if (step.do === "end") await this.#assertListed(world);
    if (isUndisturbed) for (const accountId of world.model.accountIds) await this.#assertAllSaid(world, accountId);
  }

  #assertNew(written: Written): void {
    const { accountId, event, isMissed, at } = written;
    const key = keyOf(accountId, event);
    const before = this.#keys.get(key);
    ensure(before === undefined, "P16 once", () => `${key} was announced at ${instantText(before?.at)} and at ${instantText(at)}`);
    this.#keys.set(key, written);
    ensure(Date.parse(event.time) <= at, "P16 not before it is true", () => `${key} of ${event.time} at ${instantText(at)}`);
    if (isMissed) this.missed++;
    const lastDay =
      event.data.lastDayOn ?? event.data.lastNoticeOn ?? (event.type.startsWith("reinstatement-window") ? event.data.possibleUntil : null);
    if (!event.type.endsWith(".closing") || typeof lastDay !== "string") return;
    // In Zurich the day after begins an hour or two before it does in UTC.
    const over = instantOf(addDays(lastDay, 1)) - 3_600_000;
    if (!isMissed) ensure(at < over, "P17 not too late", () => `${key} was sent at ${instantText(at)}`);
  }

  async #assertAllSaid(world: World, accountId: string): Promise<void> {
    const snapshot = await world.factsOf(accountId);
    if (snapshot === null || !speaksOf(snapshot.dossier)) return;
    const today = dayOfClock(world.clock);
    const { versions, catalog } = snapshot;
    const dossier = { ...snapshot.dossier, notices: snapshot.dossier.notices.filter(({ withdrawn }) => withdrawn !== true) };
    const seen = this.#seenTo.get(accountId);
    const isSame = seen?.version === versions.account;
    const from = isSame
      ? addDays(seen.day, 1)
      : dossier.contracts.reduce((least, { term }) => (term.firstDay < least ? term.firstDay : least), today);
    const walkTo = isSame ? seen.walkTo : walkFrom(dossier, catalog);
    for (let day = dayOf(from); day <= dayOf(today); day++) {
      const { lives } = walkTo(day - 1);
      if (!lives.some((life) => mayTurn(life, day))) continue;
      const before = standingBefore({ lives, verdicts: new Map() }, dossier, day);
      const due = dueOn(before, walkTo(day), dossier, day);
      for (const { key, isReminder, contractId } of due) {
        const since = this.#since.get(`${accountId}/${contractId}`);
        if (since === undefined || textOf(day) <= since || (isReminder && !isSame)) continue;
        // Before support that was brought back is paid its contract has not begun: whether it renews is asked from then on (7.3).
        if (isUnpaid(dossier, contractId, textOf(day))) continue;
        this.expected++;
        const found = this.#keys.get(`${accountId}/${key}`);
        ensure(found !== undefined, "P16 nothing goes silent", () => `${accountId}/${key}, due on ${textOf(day)}, is not there on ${today}`);
        ensure(isReminder || found?.isMissed === false, "P17 what happened is told", () => `${accountId}/${key}`);
      }
    }
    this.#seenTo.set(accountId, { version: versions.account, day: today, walkTo });
  }

  /** The list as a reader gets it: every event, each once, an account's by the version of its facts. */
  async #assertListed(world: World): Promise<void> {
    const { events } = world.honest.store;
    for (const list of ["events", "missed"] as const) {
      const ids: string[] = [];
      const versions = new Map<string, number>();
      for (;;) {
        const page = await events.after(list, ids.length, 100);
        if (page.length === 0) break;
        for (const { sequence, body } of page) {
          const { id, subject, accountversion } = JSON.parse(body);
          ids.push(id);
          ensureSame("P23 no gap", () => `${list} ${id}`, sequence, ids.length);
          ensure(accountversion >= (versions.get(subject) ?? 0), "P23 in order", () => `${list} ${id} of ${subject}, version ${accountversion}`);
          versions.set(subject, accountversion);
        }
      }
      const written = world.events.filter(({ isMissed }) => isMissed === (list === "missed")).map(({ event }) => event.id);
      const listed = new Set(ids);
      ensure(
        written.every((id) => listed.has(id)),
        "P23 published",
        () => `${written.filter((id) => !listed.has(id)).join(", ")} of ${list}`,
      );
      ensureSame("P23 once", () => list, listed.size, ids.length);
    }
  }
}

interface Due extends Expected {
  contractId: string;
}

type Before = Map<string, ReturnType<typeof outlookOf> | null>;

/** Whether the day is one on which something of the contract may become true. */
const mayTurn = ({ last, lines }: Life, day: number) =>
  day === last + 1 || [-1, ...reminderDays].some((days) => last - 45 - days === day) || lines.some((line) => line.last === day - 1);

const isUnpaid = ({ quotes }: Dossier, contractId: string, day: CalendarDate) =>
  quotes.some(({ acceptedPaidOn, reinstatedAs }) => reinstatedAs?.includes(contractId) && acceptedPaidOn !== undefined && acceptedPaidOn > day);

/** How each contract stood at the end of the day before. */
function standingBefore(walked: Walked, dossier: Dossier, day: number): Before {
  return new Map(
    dossier.contracts.map(({ contractId, term }) => [
      contractId,
      day - 1 < dayOf(term.firstDay) ? null : outlookOf(walked, dossier, contractId, day - 1),
    ]),
  );
}

/** What becomes true as a day begins: 7.2, 7.3, 7.6. */
function dueOn(before: Before, { lives }: Walked, dossier: Dossier, day: number): Due[] {
  return lives.flatMap((life): Due[] => {
    const { contractId } = life.contract;
    const was = before.get(contractId) ?? null;
    const due: Due[] = [];
    const add = (key: string, isReminder = false) => void due.push({ key, isReminder, contractId });
    if (was?.renews && was.nextTerm?.firstDay === textOf(day)) add(`contract.renewed/${contractId}/${textOf(day)}`);
    if (lapsesOn(life, lives, day)) add(`contract.lapsed/${contractId}/${textOf(day)}`);
    if (day < life.first) return due;
    // As things stand at the end of the day; a notice received on it may have ended what was to be reminded of.
    const is = outlookOf({ lives, verdicts: new Map() }, dossier, contractId, day);
    const term = textOf(life.first);
    const noticeBy = life.last - 45;
    // A window that closed before the term began is asked for on the term's first day.
    if (day > life.first && noticeBy + 1 === day && was?.renews) add(`notice-window.closed/${contractId}/${term}`);
    for (const days of reminderDays) {
      if (day <= life.first || !is.renews || !was?.renews) continue;
      if (noticeBy - days === day) add(`notice-window.closing/${contractId}/${term}/${days}`, true);
    }
    return due;
  });
}

/** Once a contract and first day without cover (docs/decisions 20): its last one unless all of it goes on, or one of lines that nothing else covers. */
function lapsesOn(life: Life, lives: readonly Life[], day: number): boolean {
  const { contract, lines } = life;
  const lasts = lines.map(({ last }) => last);
  if (lines.length > 0 && !lasts.includes(null) && Math.max(...(lasts as number[])) + 1 === day) return !goesOn(life, lives, day);
  return lines.some(({ licenseId, first, last }) => {
    if (last === null || last + 1 !== day || last < first) return false;
    const others = lives.filter((life) => life.contract !== contract).flatMap((life) => life.lines);
    return !others.some((other) => other.licenseId === licenseId && (other.last === null || other.last >= day));
  });
}

function keyOf(accountId: string, { type, id, data }: Written["event"]): string {
  const {
    contractId,
    term,
    lapsedOn,
    reminderDays: days,
    quoteId,
  } = data as {
    contractId?: string;
    term?: { firstDay: string };
    lapsedOn?: string;
    reminderDays?: number;
    quoteId?: string;
  };
  if (quoteId !== undefined) return `${accountId}/${type}/${quoteId}`;
  const of = lapsedOn ?? term?.firstDay;
  if (contractId === undefined || of === undefined || type === "contract.past-due") return `${accountId}/${id}`;
  return [accountId, type, contractId, of, ...(days === undefined ? [] : [days])].join("/");
}

const instantText = (instant: number | undefined) => (instant === undefined ? "?" : new Date(instant).toISOString());
