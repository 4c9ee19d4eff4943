/** Time as the simulation has it: a day is as long as what happens in it, and whoever waits does not. */
import type { CalendarDate } from "../../domain/time/calendar-date.ts";

/** Milliseconds since 1970; moved by the simulation alone. */
export interface Clock {
  now: number;
}

export const instantOf = (day: CalendarDate, time = "00:00:00"): number => Date.parse(`${day}T${time}Z`);
export const dayOfClock = ({ now }: Clock): CalendarDate => new Date(now).toISOString().slice(0, 10);

/** Waits between two tries take no time from now on. @returns what takes it back */
export function withoutWaiting(): () => void {
  const { setTimeout: wait } = globalThis;
  globalThis.setTimeout = ((run: () => void) => setImmediate(run)) as unknown as typeof setTimeout;
  return () => {
    globalThis.setTimeout = wait;
  };
}
