/**
 * Years of the demo portfolio, a sweep a day, lived twice: without a break, and with an outage of sixty days in the middle.
 * Both end in the same state, with the same events, each once; reminders whose day had passed are kept as missed.
 */

import { addDays, type CalendarDate } from "../../domain/time/calendar-date.ts";
import { openStore } from "../../functions/store/store.ts";
import { writesOf } from "../../infra/local/demo/load.ts";
import { demoAccounts, demoCatalog } from "../../infra/local/demo/portfolio.ts";
import { instantOf } from "./clock.ts";
import type { Item } from "./expressions.ts";
import { FakeDynamo } from "./fake-dynamo.ts";
import { Process } from "./faults.ts";
import { realParts } from "./simulate.ts";

export interface DemoSetup {
  firstDay: CalendarDate;
  years: number;
  /** At most so many accounts, taken evenly from the whole portfolio. */
  accounts: number;
}

export interface DemoOutcome {
  /** Empty when all is well. */
  problems: string[];
  events: number;
  /** In the run with the outage. */
  missed: number;
  told: string;
}

const outageDays = 60;

interface Lived {
  /** By event id; true: kept as missed. */
  events: Map<string, boolean>;
  types: Map<string, string>;
  repeated: string[];
  state: string[];
  agenda: string[];
}

export async function runDemo(setup: DemoSetup): Promise<DemoOutcome> {
  const half = Math.round((setup.years * 365) / 2);
  const [whole, broken] = [await live(setup, null), await live(setup, half)];
  const problems = [...whole.repeated, ...broken.repeated].map((id) => `${id} was written twice`);
  for (const [id, type] of whole.types) if (!broken.events.has(id)) problems.push(`${type} ${id} is not there after the outage`);
  for (const [id, type] of broken.types) if (!whole.events.has(id)) problems.push(`${type} ${id} is there only after the outage`);
  if (whole.state.join("\n") !== broken.state.join("\n")) problems.push("the facts are not the same");
  if (whole.agenda.join("\n") !== broken.agenda.join("\n")) problems.push("the agendas are not the same");
  const missedOf = ({ events }: Lived) => [...events].filter(([, isMissed]) => isMissed).map(([id]) => id);
  const [before, after] = [new Set(missedOf(whole)), missedOf(broken)];
  // Nothing is missed in the outage but what can be too late.
  for (const id of after) {
    const type = broken.types.get(id) ?? "";
    if (!before.has(id) && !/\.closing$|^contract\.past-due$|^coverage\.gap-detected$|^calendar\.running-out$/.test(type))
      problems.push(`${type} ${id} is kept as missed`);
  }
  const byType = [...broken.types.values()].reduce((counts, type) => counts.set(type, (counts.get(type) ?? 0) + 1), new Map<string, number>());
  const told = [
    `${setup.years} years of the demo portfolio: ${whole.events.size} events without a break, ${broken.events.size} with an outage of ${outageDays} days`,
    ...[...byType].sort().map(([type, count]) => `  ${String(count).padStart(6)}  ${type}`),
    `kept as missed: ${before.size} without a break, ${after.length} with the outage`,
    ...(problems.length === 0 ? ["the same events, each once; the same final state"] : problems.slice(0, 20)),
  ].join("\n");
  return { problems, events: whole.events.size, missed: after.filter((id) => !before.has(id)).length, told };
}

/** @param outageFrom days after the first at which sweeps stop for sixty days; null: never */
async function live({ firstDay, years, accounts }: DemoSetup, outageFrom: number | null): Promise<Lived> {
  const table = new FakeDynamo();
  const lived: Lived = { events: new Map(), types: new Map(), repeated: [], state: [], agenda: [] };
  table.onPut = ({ pk, sk, type, missed }, before) => {
    if (!pk?.S?.startsWith("events#")) return;
    const id = sk?.S ?? "";
    if (before === undefined && lived.events.has(id)) lived.repeated.push(id);
    lived.events.set(id, missed?.BOOL === true);
    lived.types.set(id, type?.S ?? "");
  };
  const clock = { now: instantOf(firstDay, "04:17:00") };
  const store = openStore({ client: new Process(table, new Map()).client, tableName: "demo", now: () => clock.now });
  const { products, priceLists } = demoCatalog(firstDay);
  const catalog = [
    ...products.map(({ productId, ...value }) => ({ path: `products/${productId}`, value })),
    ...priceLists.map(({ priceListId, ...value }) => ({ path: `price-lists/${priceListId}`, value })),
  ];
  await store.change("catalog", { operationId: "catalog", by: "demo", decide: () => ({ writes: catalog, answer: null }) });
  for (const { facts } of evenly(demoAccounts(firstDay), accounts)) {
    const { accountId } = facts;
    await store.change({ accountId }, { operationId: accountId, by: "demo", decide: () => ({ writes: writesOf(facts), answer: null }) });
  }
  const days = Math.round(years * 365.25);
  for (let n = 0; n <= days; n++) {
    clock.now = instantOf(addDays(firstDay, n), "04:17:00");
    const isOut = outageFrom !== null && n >= outageFrom && n < outageFrom + outageDays;
    if (!isOut) await realParts.sweep(store, clock.now, { isTimeUp: () => false });
  }
  const items = table.all();
  lived.state = textsOf(items, /^account#/, /^manifest$/, ["text", "deflated", "version"]);
  // When an account for which nothing is to come is looked at again counts from the visit before.
  lived.agenda = textsOf(items, /^account#/, /^manifest$/, ["agendaSort"]).filter((text) => text.includes(":00:00.000Z"));
  return lived;
}

function evenly<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(all.length, most) }, (_, n) => all[Math.floor(n * step)] as T);
}

function textsOf(items: readonly Item[], pk: RegExp, sk: RegExp, names: readonly string[]): string[] {
  return items
    .filter((item) => pk.test(item.pk?.S ?? "") && sk.test(item.sk?.S ?? ""))
    .map((item) => JSON.stringify([item.pk?.S, ...names.map((name) => item[name]?.S ?? item[name]?.N ?? String(item[name]?.B ?? ""))]));
}
