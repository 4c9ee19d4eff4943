/** Run as a process of its own, in some zone: how many deadlines differ from a walk minute by minute. Prints one line of JSON. */
import { compileCalendar, dueAfter } from "../../domain/time/business-calendar.ts";
import { dueAfterByTable } from "./by-hand/zurich-hours.ts";
import { askedDeadlines, swissHours } from "./deadline-asked.ts";
import { dueByDayjs, dueByLuxon, dueByMinutes } from "./deadline-walks.ts";

const calendar = compileCalendar(swissHours);
const wrong = { ours: 0, table: 0, dayjs: 0, luxon: 0 };
const asked = askedDeadlines(150, 11);
for (const one of asked) {
  const due = dueByMinutes(one);
  if (dueAfter(calendar, one.from, one.minutes * 60_000) !== due) wrong.ours++;
  if (dueAfterByTable(one.from, one.minutes * 60_000) !== due) wrong.table++;
  if (dueByDayjs(one) !== due) wrong.dayjs++;
  if (dueByLuxon(one) !== due) wrong.luxon++;
}
console.log(JSON.stringify({ of: asked.length, wrong }));
