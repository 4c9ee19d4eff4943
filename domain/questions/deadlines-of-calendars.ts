/** Calendars that run out: the last day up to which holidays are listed. Response deadlines beyond it are unknown. */
import type { CompiledPolicy } from "../compiled-policy.ts";
import type { ContractLife } from "../contract-life.ts";
import { Readings } from "../readings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import type { Found } from "./deadlines.ts";

/**
 * Of a contract that goes on. `agreed`: the holidays are those of the contract's settings; else they are the policy's and
 * the same for all its contracts. Response deadlines go by the version of the policy in force on the day.
 */
export function calendarEnds({ contract, lastDay }: ContractLife, policy: CompiledPolicy, today: CalendarDate): (Found & { agreed: boolean })[] {
  if (lastDay !== null && lastDay < today) return [];
  const readings = new Readings(policy, contract);
  return Object.entries(policy.policy.calendars).flatMap(([id, stated]) => {
    const settled = contract.settings?.calendars;
    const own = settled !== undefined && Object.hasOwn(settled, id) ? settled[id]?.holidays : undefined;
    const holidays = own ?? (readings.holds(stated.when) ? stated.holidays : null);
    // None listed: they are unknown already, which every answer that needs them says.
    if (holidays === null || holidays.lastYear < holidays.firstYear) return [];
    const on = `${holidays.lastYear}-12-31`;
    const agreed = own !== undefined;
    const key = `calendar-end/${agreed ? contract.contractId : contract.policyId}/${id}`;
    const what = `last day whose holidays calendar \`${id}\` lists: deadlines beyond it are unknown until more are recorded`;
    return [{ key, kind: "calendar-end" as const, on, clause: clauseOf(policy, id), what, agreed }];
  });
}

/** The first clause that counts by the calendar. */
function clauseOf({ deadlines, formulas }: CompiledPolicy, id: string): string | null {
  const deadline = deadlines.find(({ entry }) => typeof entry.clock === "object" && entry.clock.calendar === id);
  return (deadline ?? formulas.find(({ entry }) => "calendar" in entry && entry.calendar === id))?.clause ?? null;
}
