/** A response deadline over the Swiss calendar: against a table of days, and against walking with dayjs and luxon. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { addOpenTime, compileCalendar, dueAfter } from "../../domain/time/business-calendar.ts";
import { dueAfterByTable, explain } from "./by-hand/zurich-hours.ts";
import { askedDeadlines, swissHours } from "./deadline-asked.ts";
import { type Asked, dueByDayjs, dueByLuxon } from "./deadline-walks.ts";
import { compare } from "./measure.ts";
import { assertSame } from "./same-answer.ts";
import { atLeast, atMost, informs, micros, type Row } from "./table.ts";

const calendar = compileCalendar(swissHours);
const ms = ({ minutes }: Asked) => minutes * 60_000;
const ours = (asked: Asked) => dueAfter(calendar, asked.from, ms(asked));
const table = (asked: Asked) => dueAfterByTable(asked.from, ms(asked));
const explained = (asked: Asked) => addOpenTime(calendar, asked.from, ms(asked));
const explainedByTable = (asked: Asked) => ({ dueAt: table(asked), steps: explain(asked.from, table(asked)) });

const zones = ["UTC", "Europe/Zurich", "America/New_York"];

export async function benchDeadline(say: (line: string) => void): Promise<Row[]> {
  const wrong = await wrongInAnyZone(say);
  const asked = askedDeadlines(1_000, 12);
  for (const one of asked) {
    assertSame(ours(one), table(one));
    assertSame(explained(one), explainedByTable(one));
  }
  for (const one of asked.slice(0, 200)) {
    assertSame(ours(one), dueByDayjs(one));
    assertSame(ours(one), dueByLuxon(one));
  }
  const toTable = await compare(asked, table, ours);
  const steps = await compare(asked, explainedByTable, explained);
  const dayjs = await compare(asked, ours, dueByDayjs, { itemsPerRound: 50 });
  const luxon = await compare(asked, ours, dueByLuxon, { itemsPerRound: 50 });
  return [
    { what: `deadlines that differ from a walk by minutes, TZ=${zones.join(", ")}`, measured: String(wrong), goal: "0", met: wrong === 0 },
    atMost("deadline ÷ table of days", toTable.ratio, 2),
    informs("— one deadline: ours, table", `${micros(toTable.contenderMicros)}, ${micros(toTable.baselineMicros)}`),
    informs("— with the steps that lead to it ÷ table with steps", `${steps.ratio.toFixed(2)} ×`),
    atLeast("walk from day to day with dayjs ÷ deadline", dayjs.ratio, 1_000),
    atLeast("walk from day to day with luxon ÷ deadline", luxon.ratio, 1_000),
  ];
}

/** A process for each zone of the machine: what was computed in one must not be kept for the next. */
async function wrongInAnyZone(say: (line: string) => void): Promise<number> {
  const check = fileURLToPath(new URL("./deadline-check.ts", import.meta.url));
  const found = await Promise.all(
    zones.map(async (TZ) => {
      const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, check], { env: { ...process.env, TZ } });
      const { of, wrong } = JSON.parse(stdout) as { of: number; wrong: Record<string, number> };
      say(
        `TZ=${TZ}: of ${of} deadlines wrong: ${Object.entries(wrong)
          .map(([who, count]) => `${who} ${count}`)
          .join(", ")}`,
      );
      return wrong;
    }),
  );
  return found.reduce((sum, { ours = 0 }) => sum + ours, 0);
}
