/**
 * "What falls due, and when?" Deadlines of all accounts by day: as a list, as a table for spreadsheets, as a calendar to
 * subscribe to.
 */
import * as z from "zod";
import { calendarDate, identifier, instant, term } from "../domain/facts.ts";
import { deadlineKinds, monthsBack } from "../domain/questions/deadlines.ts";
import { addDays, addMonths, type CalendarDate } from "../domain/time/calendar-date.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { csvOf } from "./http/csv.ts";
import { calendarOf } from "./http/ics.ts";
import { answer, type Call, type Operations, operation } from "./http/operation.ts";
import { cursorAfter, listOf, pageOf, pageQuery } from "./http/paging.ts";
import { Problem } from "./http/problem.ts";
import { serve } from "./http/serve.ts";
import { textFile } from "./http/text-file.ts";
import { type DeadlineFilter, daysRemembered, type ListedDeadline } from "./store/store.ts";

const tag = "Deadlines";

const deadline = z
  .strictObject({
    id: z.string().meta({ description: "The same as long as it is the deadline of the same thing, whatever its day." }),
    kind: z.enum(deadlineKinds),
    on: calendarDate.meta({ description: "The last day of a window; the first day of a new term, or after cover that is recorded." }),
    at: instant.nullable().meta({ description: "Only where an hour counts." }),
    timeZone: z.string().nullable().meta({ description: "Where the day ends. Null: the text states no zone and none was agreed." }),
    safeOn: calendarDate.nullable().meta({ description: "The same day or the nearest business day before it." }),
    accountId: identifier,
    accountName: z.string(),
    contractId: identifier.nullable(),
    policyId: z.string().nullable(),
    clause: z.string().nullable(),
    what: z.string(),
    term: term.nullable(),
    sequence: z.int().meta({ description: "Rises whenever the deadline changes." }),
    updatedAt: instant,
  })
  .meta({ id: "PortfolioDeadline" });

const filterQuery = z.strictObject({
  from: calendarDate.meta({ description: "First day. Default: today, in UTC; of a calendar, 30 days ago." }).optional(),
  to: calendarDate.meta({ description: "Last day. Default: 90 days after the first; of a calendar, a year from today." }).optional(),
  kind: z.enum(deadlineKinds).optional(),
  accountId: identifier.optional(),
});
type FilterQuery = z.infer<typeof filterQuery>;

/** Each account is looked at at least once a year, and each time a year further than this: see refresh-deadlines.ts. */
const monthsAhead = 24;

const reach = `Deadlines are listed from ${monthsBack} months back to ${monthsAhead} months ahead, and follow a change of the facts within a moment.`;

const list = operation({
  summary: "List deadlines across all accounts, by day",
  description: `${reach} \`firstDay\` and \`lastDay\` say what of the days asked for lies in these.`,
  tag,
  query: filterQuery.extend(pageQuery.shape),
  answers: { 200: listOf(deadline).extend({ firstDay: calendarDate, lastDay: calendarDate }).meta({ id: "Deadlines" }) },
  async run({ query, now, store }) {
    const { limit: _, cursor: __, ...asked } = query;
    const named = `deadlines ${JSON.stringify(asked)}`;
    const page = pageOf(query, named);
    const filter = filterOf(asked, now, { back: 0, ahead: 90 });
    const { firstDay, lastDay } = filter;
    const { deadlines, after } = await store.listDeadlines(filter, page);
    return answer(200, { items: deadlines.map(answered), nextCursor: cursorAfter(after, named), firstDay, lastDay });
  },
});

const columns = [
  "on",
  "safeOn",
  "kind",
  "accountId",
  "accountName",
  "contractId",
  "policyId",
  "clause",
  "what",
  "termFirstDay",
  "termLastDay",
  "at",
  "timeZone",
  "updatedAt",
  "id",
] as const;

const csv = operation({
  summary: "Fetch deadlines as CSV",
  description: `${reach} UTF-8 with a byte order mark; a cell that could be a formula has an apostrophe in front. At most 50,000 rows.`,
  tag,
  query: filterQuery,
  answers: { 200: z.string().meta({ contentType: "text/csv" }) },
  async run(call) {
    const filter = filterOf(call.query, call.now, { back: 0, ahead: 90 });
    const rows = (await allOf(call, filter)).map((one) => {
      const { term, ...cells } = answered(one);
      return { ...cells, termFirstDay: term?.firstDay ?? null, termLastDay: term?.lastDay ?? null };
    });
    return textFile(call, {
      type: "text/csv; charset=utf-8; header=present",
      name: `deadlines-${dayOf(call.now)}.csv`,
      text: csvOf(columns, rows),
      disposition: "attachment",
    });
  },
});

const ics = operation({
  summary: "Subscribe to deadlines as a calendar (iCalendar, RFC 5545)",
  description: `${reach} An event keeps its UID while it is the deadline of the same thing; a change raises its SEQUENCE, and what is no more is CANCELLED for ${daysRemembered} days. At most 50,000 events.`,
  tag,
  query: filterQuery,
  answers: { 200: z.string().meta({ contentType: "text/calendar" }) },
  async run(call) {
    const filter = filterOf(call.query, call.now, { back: 30, ahead: 365 });
    const canceledSince = call.now - daysRemembered * 86_400_000;
    const deadlines = await allOf(call, { ...filter, canceledSince });
    return textFile(call, {
      type: "text/calendar; charset=utf-8; method=PUBLISH",
      name: "deadlines.ics",
      text: calendarOf(deadlines),
      disposition: "inline",
    });
  },
});

const mostYears = 5;
const mostRows = 50_000;

const dayOf = (now: number): CalendarDate => formatInstant(now).slice(0, 10);

/**
 * The days asked for, as far as deadlines are listed. `days`: where nothing is said, how far
 * back and ahead of today.
 * @throws Problem 400 `invalid-range`, also where deadlines are listed for none of the days
 */
function filterOf({ from, to, kind, accountId }: FilterQuery, now: number, days: { back: number; ahead: number }): DeadlineFilter {
  const today = dayOf(now);
  const first = from ?? addDays(today, -days.back);
  const last = to ?? addDays(from ?? today, days.ahead);
  if (last < first) throw badRange("/to", `must not lie before the first day, \`${first}\`: got \`${last}\``);
  // Reading: five years to the day are still in it.
  if (last > addMonths(first, mostYears * 12)) throw badRange("/to", `must lie at most \`${mostYears}\` years after the first day, \`${first}\``);
  const [earliest, latest] = [addMonths(today, -monthsBack), addMonths(today, monthsAhead)];
  const firstDay = first < earliest ? earliest : first;
  const lastDay = last > latest ? latest : last;
  if (lastDay < firstDay)
    throw badRange(
      last < earliest ? "/to" : "/from",
      `lies outside the days that are kept, \`${earliest}\` to \`${latest}\`: got \`${first}\` to \`${last}\``,
    );
  return { firstDay, lastDay, ...(kind && { kind }), ...(accountId && { accountId }) };
}

const badRange = (pointer: string, detail: string) =>
  new Problem(400, "invalid-range", `the range of days is wrong: \`${pointer.slice(1)}\` ${detail}`, { errors: [{ in: "query", pointer, detail }] });

/** @throws Problem 422 `too-many-rows` */
async function allOf({ store }: Pick<Call, "store">, filter: DeadlineFilter): Promise<ListedDeadline[]> {
  const { deadlines, after } = await store.listDeadlines(filter, { limit: mostRows, after: null });
  if (after === null) return deadlines;
  throw new Problem(422, "too-many-rows", `there are more than \`${mostRows}\` deadlines: narrow \`from\`, \`to\`, \`kind\` or \`accountId\``);
}

/** In the order of its fields, without what only the list itself needs. */
function answered({ key: _, canceledAt: __, updatedAt, ...one }: ListedDeadline): z.infer<typeof deadline> {
  return { ...one, updatedAt: formatInstant(updatedAt) };
}

export const operations: Operations = {
  "GET /v1/deadlines": list,
  "GET /v1/deadlines.csv": csv,
  "GET /v1/deadlines.ics": ics,
};

export const handler = serve(operations);
