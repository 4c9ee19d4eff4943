/**
 * Accounts for the sweep to visit, written at a time that the test sets, and what was announced of them.
 */
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import type { Contract } from "../../../domain/facts.ts";
import { parseInstant } from "../../../domain/time/instant.ts";
import type { FactWrite, Store, SweepRun } from "../../../functions/store/store.ts";
import { runSweep, type SweepOptions } from "../../../functions/sweeping/run.ts";
import { type FreshStore, freshStore } from "../../store.ts";
import { writing } from "../store/facts.ts";

export const chf = (amount: string) => ({ amount, currency: "CHF" });

/** Under Ebiexperts' policy for 2026, of license l-1; it renews by itself. Days begin in Zurich. */
export const contract: Contract = {
  policyId: "ebiexperts-support",
  program: "enterprise",
  currency: "CHF",
  term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
  soldBy: "direct",
  lines: [{ licenseId: "l-1", annualFee: chf("1000.00") }],
};

export const license = { productId: "qs-analyzer", kind: "perpetual", seats: 10, deliveredOn: "2025-01-01" };

export const account: FactWrite[] = [
  { path: "account", value: { name: "Acme" } },
  { path: "licenses/l-1", value: license },
  { path: "contracts/c-1", value: contract },
];

export const product = { path: "products/qs-analyzer", value: { name: "QS Analyzer", productLine: "QS", kind: "software" } };

export interface Portfolio extends FreshStore {
  clock: { now: number };
  log: Record<string, unknown>[];
  write(accountId: string, ...writes: FactWrite[]): Promise<void>;
  /** @param day or instant to which the clock is set before */
  sweepOn(moment: string, options?: Partial<SweepOptions>): Promise<SweepRun>;
  /** Types and days of what was announced, with what is known by heart: `contract.renewed 2027-01-01`. */
  announced(accountId?: string): Promise<string[]>;
  missed(accountId?: string): Promise<string[]>;
}

export const at = (moment: string) => parseInstant(moment.includes("T") ? moment : `${moment}T12:00:00Z`);

/** @param recordedOn when the portfolio is written */
export async function portfolio(recordedOn: string, around: (store: Store) => Store = (store) => store): Promise<Portfolio> {
  const clock = { now: at(recordedOn) };
  const fresh = await freshStore(() => clock.now);
  const store = around(fresh.store);
  const log: Record<string, unknown>[] = [];
  await store.change("catalog", writing(product));

  async function events(accountId = "acme", missed = false): Promise<string[]> {
    const found = await bodiesOf(fresh);
    return found
      .filter((one) => one.subject === accountId && one.missed === missed)
      .sort((a, b) => a.time.localeCompare(b.time) || a.type.localeCompare(b.type))
      .map(({ type, time, data }) => [type, inZurich(time), ...("reminderDays" in data ? [data.reminderDays] : [])].join(" "));
  }

  return {
    ...fresh,
    store,
    clock,
    log,
    write: async (accountId, ...writes) => void (await store.change({ accountId }, writing(...writes))),
    sweepOn(moment, options = {}) {
      clock.now = at(moment);
      const now = () => clock.now;
      return runSweep(store, {
        asOf: clock.now,
        now,
        remainingMilliseconds: () => 60_000,
        log: (line) => void log.push(JSON.parse(line)),
        ...options,
      });
    },
    announced: (accountId) => events(accountId),
    missed: (accountId) => events(accountId, true),
  };
}

interface Told {
  type: string;
  subject: string;
  time: string;
  accountversion: number;
  data: Record<string, unknown>;
  missed: boolean;
}

export async function bodiesOf({ client, tableName }: FreshStore): Promise<Told[]> {
  const told: Told[] = [];
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const filter = { FilterExpression: "begins_with(pk, :events)", ExpressionAttributeValues: { ":events": { S: "events#" } } };
    const page = await client.send(new ScanCommand({ TableName: tableName, ...filter, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
    for (const { body, missed } of page.Items ?? []) told.push({ ...JSON.parse(body?.S ?? ""), missed: missed?.BOOL ?? false });
    ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (ExclusiveStartKey !== undefined);
  return told;
}

/** Midnight in Zurich as its day, any other instant as it is. */
function inZurich(time: string): string {
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Zurich", dateStyle: "short", timeStyle: "medium" }).format(new Date(time));
  return local.endsWith(" 00:00:00") ? local.slice(0, 10) : time;
}
