/**
 * What a sweep reads when as much is due among a thousand accounts and among a hundred thousand: counted in requests and
 * read units, on the embedded store. The accounts that are not due are manifests with an agenda entry years ahead.
 */
import { type AttributeValue, BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { parseInstant } from "../../domain/time/instant.ts";
import { agendaFields } from "../../functions/store/agenda.ts";
import { createTable } from "../../functions/store/create-table.ts";
import { manifestKey, ownerKey } from "../../functions/store/owners.ts";
import { openStore, type Store, type SweepRun } from "../../functions/store/store.ts";
import { runSweep } from "../../functions/sweeping/run.ts";
import { startEmbeddedStore } from "../../infra/local/embedded-store.ts";
import { atMost, informs, type Row } from "./table.ts";

const due = 200;
const few = 1_000;
const many = 100_000;
const tableName = "bench";
/** The last day in time for notice of non-renewal, through which a reminder is due three days before. */
const recordedAt = parseInstant("2026-11-10T12:00:00Z");
const sweptAt = parseInstant("2026-11-13T12:00:00Z");
const yearsAhead = parseInstant("2029-01-01T00:00:00Z");

interface Reads {
  requests: number;
  units: number;
}

export async function benchSweep(say: (line: string) => void): Promise<Row[]> {
  const embedded = await startEmbeddedStore({ dbPath: null });
  const client = new DynamoDBClient({
    endpoint: embedded.endpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const counted: Reads = { requests: 0, units: 0 };
  count(client, counted);
  try {
    await createTable(client, tableName);
    const clock = { now: recordedAt };
    const store = openStore({ client, tableName, now: () => clock.now });
    await sweep(store, clock.now);
    const measured: Reads[] = [];
    let stored = 0;
    for (const [round, accounts] of [few, many].entries()) {
      say(`${accounts} accounts, ${due} of them due`);
      await notDue(client, stored, accounts);
      stored = accounts;
      clock.now = recordedAt;
      for (let n = 0; n < due; n++) await write(store, `due-${round}-${n}`);
      await sweep(store, clock.now);
      clock.now = sweptAt;
      Object.assign(counted, { requests: 0, units: 0 });
      const { announced } = await sweep(store, sweptAt);
      if (announced !== due) throw new Error(`the sweep announced ${announced}, expected ${due}`);
      measured.push({ ...counted });
    }
    const [small, large] = measured as [Reads, Reads];
    return [
      atMost(`read units of a sweep: ${many} accounts ÷ ${few}, ${due} due in both`, large.units / small.units, 1.1),
      informs("— read units; requests that read", `${small.units}, ${large.units}; ${small.requests}, ${large.requests}`),
    ];
  } finally {
    client.destroy();
    await embedded.stop();
  }
}

const chf = (amount: string) => ({ amount, currency: "CHF" });

async function write(store: Store, accountId: string): Promise<void> {
  const contract = {
    policyId: "ebiexperts-support",
    program: "enterprise",
    currency: "CHF",
    term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
    soldBy: "direct",
    lines: [{ licenseId: "l-1", annualFee: chf("1000.00") }],
  };
  const writes = [
    { path: "account", value: { name: accountId } },
    { path: "licenses/l-1", value: { productId: "qs-analyzer", kind: "perpetual", seats: 10, deliveredOn: "2026-01-01" } },
    { path: "contracts/c-1", value: contract },
  ];
  await store.change({ accountId }, { operationId: `op-${accountId}`, by: "bench", decide: () => ({ writes, answer: null }) });
}

async function notDue(client: DynamoDBClient, from: number, upTo: number): Promise<void> {
  for (let n = from; n < upTo; n += 25) {
    const PutRequests = Array.from({ length: Math.min(25, upTo - n) }, (_, k) => {
      const accountId = `later-${n + k}`;
      const Item: Record<string, AttributeValue> = { ...manifestKey(ownerKey({ accountId })), ...agendaFields(accountId, yearsAhead) };
      return { PutRequest: { Item } };
    });
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: PutRequests } }));
  }
}

async function sweep(store: Store, asOf: number): Promise<SweepRun> {
  const run = await runSweep(store, { asOf, now: () => asOf, remainingMilliseconds: () => 3_600_000, log: () => {} });
  if (!run.finished || run.quarantinedCount > 0) throw new Error(`the sweep did not go through: ${JSON.stringify(run)}`);
  return run;
}

function count(client: DynamoDBClient, counted: Reads): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        if (!/^(Get|BatchGet|Query)/.test(commandName)) return next(args);
        Object.assign(args.input, { ReturnConsumedCapacity: "TOTAL" });
        const result = await next(args);
        const consumed = [(result.output as { ConsumedCapacity?: { CapacityUnits?: number }[] }).ConsumedCapacity ?? []].flat();
        counted.requests++;
        counted.units += consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        return result;
      },
    { step: "initialize" },
  );
}
