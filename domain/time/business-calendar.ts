/**
 * Business time: opening hours, holidays, deadlines and business days. The door to the files that do it.
 *
 * A calendar is written down as a `CalendarSpec`, compiled once, and then asked.
 */
export { addBusinessDays, isBusinessDay, previousBusinessDay } from "./business-days.ts";
export { type CalendarSpec, calendarProblems, type Holidays, type Hours, type Weekday } from "./calendar-spec.ts";
export { addOpenTime, type Reckoned, type Step } from "./deadline-steps.ts";
export { closingAfter, dueAfter, isOpenAt, nextOpening, openTimeBetween } from "./open-time.ts";
export { type Calendar, compileCalendar } from "./open-windows.ts";
