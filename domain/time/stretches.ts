/** Stretches of days, and what they have in common: for what holds from one day until another. */
import type { CalendarDate } from "./calendar-date.ts";

/** From a day until another, which is not in it. */
export interface Stretch {
  from: CalendarDate;
  until: CalendarDate;
}

/** Ends a stretch that has no end: after every day that can be recorded. */
export const forever: CalendarDate = "9999-12-31";

/** The same days as few stretches in order, none touching another; empty ones are left out. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const all = stretches.filter(({ from, until }) => from < until).sort((a, b) => (a.from < b.from ? -1 : 1));
  const found: Stretch[] = [];
  for (const { from, until } of all) {
    const last = found.at(-1);
    if (last === undefined || last.until < from) found.push({ from, until });
    else if (last.until < until) last.until = until;
  }
  return found;
}

/** The days of one that are in none of the others, which are joined. */
export function without(one: Stretch, others: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  let from = one.from;
  for (const other of others) {
    if (other.until <= from) continue;
    if (other.from >= one.until) break;
    if (from < other.from) found.push({ from, until: other.from });
    from = other.until;
  }
  if (from < one.until) found.push({ from, until: one.until });
  return found;
}

/** The days of one that are in some of the others, which are joined. */
export function within(one: Stretch, others: readonly Stretch[]): Stretch[] {
  return others.flatMap(({ from, until }) => {
    const both = { from: from > one.from ? from : one.from, until: until < one.until ? until : one.until };
    return both.from < both.until ? [both] : [];
  });
}
