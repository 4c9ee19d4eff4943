/** One world from its first day to its last: what happens is drawn, lived, looked at, and kept so that it can be lived again. */
import { addDays, type CalendarDate } from "../../domain/time/calendar-date.ts";
import { runSweep } from "../../functions/sweeping/run.ts";
import { type Account, accountFrom, faultsFrom, type Pen, penFor } from "./account.ts";
import { begin } from "./beginning.ts";
import { chanceFrom } from "./chance.ts";
import { instantOf } from "./clock.ts";
import { liveDay } from "./life.ts";
import type { History, Step } from "./step.ts";
import { Violation } from "./step.ts";
import { catalogOf } from "./vendors.ts";
import { emptyTally, type Observer, type Parts, type Tally, World } from "./world.ts";

export interface Setup {
  seed: number;
  firstDay: CalendarDate;
  days: number;
  accounts: number;
  faults: boolean;
}

export interface Failure {
  violation: Violation;
  /** Everything that was lived, the step that failed the last. */
  history: Step[];
}

export interface Outcome {
  tally: Tally;
  failure: Failure | null;
  /** Days of contracts that were looked at. */
  contractDays: number;
  world: World;
}

/** The service as it is. */
export const realParts: Parts = {
  store: (store) => store,
  sweep: (store, now, { isTimeUp }) =>
    runSweep(store, { asOf: now, now: () => now, remainingMilliseconds: () => (isTimeUp() ? 0 : 1_000_000), log: () => {} }),
  async number({ events }) {
    const seen = new Set<string>();
    for (;;) {
      // An index that lags shows what has its number already.
      const waiting = (await events.waiting(seen.size + 100)).filter(({ pk, sk }) => !seen.has(`${pk} ${sk}`));
      if (waiting.length === 0) return;
      for (const { pk, sk } of waiting) seen.add(`${pk} ${sk}`);
      await events.number(waiting);
    }
  },
};

/** Days on which no sweep runs, once in a while. */
const outages = [1, 7, 45, 60, 400];

export async function simulate(setup: Setup, parts: Parts, observers: readonly Observer[], tally = emptyTally()): Promise<Outcome> {
  const chance = chanceFrom(setup.seed);
  const world = new World(parts, tally, observers);
  const history: Step[] = [];
  let made = 0;
  let contractDays = 0;
  const outcome = (failure: Failure | null): Outcome => ({ tally, failure, contractDays, world });

  async function live(steps: readonly Step[]): Promise<Failure | null> {
    for (const step of steps) {
      history.push(step);
      try {
        await world.live(step);
      } catch (error) {
        return { violation: asViolation(error), history };
      }
    }
    return null;
  }

  const accounts = Array.from({ length: setup.accounts }, (_, n) => accountFrom(chance.fork(`account ${n + 1}`), n + 1));
  const catalog: Step[] = catalogOf(Number(setup.firstDay.slice(0, 4))).map(([path, body]) => ({
    id: ++made,
    at: instantOf(setup.firstDay),
    do: "send",
    account: null,
    request: { method: "PUT", target: `/v1/${path}`, body },
    faults: [],
  }));
  const started = await live(catalog);
  if (started !== null) return outcome(started);

  const sweeps = chance.fork("sweeps");
  let outageUntil = setup.firstDay;
  for (let n = 0, day = setup.firstDay; n < setup.days; n++, day = addDays(day, 1)) {
    let at = instantOf(day, "06:00:00");
    const next = () => {
      at += 60_000;
      return { id: ++made, at };
    };
    const steps: Step[] = [];
    if (sweeps.onceIn(150)) outageUntil = addDays(day, sweeps.oneOf(outages));
    if (day >= outageUntil) steps.push(...sweepsOf(sweeps, () => ({ id: ++made, at: instantOf(day, "04:17:00") }), setup.faults));
    const swept = await live(steps.splice(0));
    if (swept !== null) return outcome(swept);
    for (const account of accounts) {
      const pen: Pen = penFor(account, account.chance.fork(`faults ${day}`), day, next, steps, setup.faults);
      liveOneDay(account, world, pen, n);
      const failed = await live(steps.splice(0));
      if (failed !== null) return outcome(failed);
    }
    const failed = await live([{ ...next(), do: "look", faults: [] }]);
    if (failed !== null) return outcome(failed);
    for (const { accountId } of accounts) contractDays += world.model.dossierOf(accountId)?.contracts.length ?? 0;
  }
  const last = { at: instantOf(addDays(setup.firstDay, setup.days), "04:17:00"), faults: [] };
  const calm = { deliveries: 1, overlapping: false, cut: false, lagging: false };
  return outcome(
    await live([
      { ...last, id: ++made, do: "sweep", ...calm },
      { ...last, id: ++made, do: "end" },
    ]),
  );
}

function liveOneDay(account: Account, world: World, pen: Pen, n: number): void {
  const dossier = world.model.dossierOf(account.accountId);
  // Accounts come one after another.
  if (dossier !== null) liveDay(account, dossier, pen);
  else if (n === 0 || account.chance.onceIn(20)) begin(account, pen);
}

/** Once a day as a rule; at times twice to five times, at once, cut off, disturbed, or reading what the index showed before. */
function sweepsOf(chance: ReturnType<typeof chanceFrom>, next: () => { id: number; at: number }, faults: boolean): Step[] {
  const odd = faults && chance.onceIn(4);
  const deliveries = odd ? chance.between(1, 5) : 1;
  return [
    {
      ...next(),
      do: "sweep",
      deliveries,
      overlapping: odd && chance.onceIn(2),
      cut: odd && chance.onceIn(3),
      lagging: odd && chance.onceIn(4),
      faults: odd ? faultsFrom(chance, 40) : [],
    },
  ];
}

/** Lives a history again. @returns the violation that it ends in, or null */
export async function relive(history: History, parts: Parts, observers: readonly Observer[]): Promise<Violation | null> {
  const world = new World(parts, emptyTally(), observers);
  try {
    for (const step of history) await world.live(step);
    return null;
  } catch (error) {
    return asViolation(error);
  }
}

function asViolation(error: unknown): Violation {
  if (error instanceof Violation) return error;
  return new Violation("no fault of ours", error instanceof Error ? (error.stack ?? error.message) : String(error));
}
