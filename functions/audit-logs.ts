/**
 * Tests every night that the recorded history is whole: no entry edited, removed, swapped or cut off, and what is
 * answered from is what the history adds up to. The catalog every night, each account once in four weeks.
 */
import type { Context, ScheduledEvent } from "aws-lambda";
import { measured, stageOfFunction } from "./http/metrics.ts";
import { type LogOwner, openStore, type Store } from "./store/store.ts";

const nightsForAll = 28;
const millisecondsPerDay = 86_400_000;
/** Left over to say how far it came. */
const reserveMilliseconds = 30_000;

/** Tests the histories whose turn it is on the night of `time` (milliseconds since 1970), while time remains. */
export async function auditLogs(
  store: Store,
  time: number,
  remainingMilliseconds: () => number,
  log: (line: string) => void,
): Promise<{ audited: number; broken: string[]; finished: boolean }> {
  const night = Math.floor(time / millisecondsPerDay) % nightsForAll;
  const broken: string[] = [];
  let audited = 0;
  let finished = true;
  for await (const owner of ownersOf(store, night)) {
    if (remainingMilliseconds() < reserveMilliseconds) {
      finished = false;
      break;
    }
    const { problems } = await store.auditLog(owner);
    audited++;
    if (problems.length === 0) continue;
    const name = owner === "catalog" ? owner : owner.accountId;
    broken.push(name);
    log(JSON.stringify({ level: "error", event: "log-broken", owner: name, problems }));
  }
  log(
    JSON.stringify({
      level: broken.length > 0 || !finished ? "error" : "info",
      event: "logs-audited",
      night,
      audited,
      broken: broken.length,
      finished,
    }),
  );
  return { audited, broken, finished };
}

async function* ownersOf(store: Store, night: number): AsyncGenerator<LogOwner> {
  yield "catalog";
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Store["listAccounts"]>> = await store.listAccounts({ limit: 100, after });
    for (const { accountId } of page.accounts) if (nightOf(accountId) === night) yield { accountId };
    after = page.after;
  } while (after !== null);
}

/** The night of the four weeks on which the account has its turn: FNV-1a of its id, so that all nights are as long. */
export function nightOf(accountId: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < accountId.length; n++) hash = Math.imul(hash ^ accountId.charCodeAt(n), 0x01000193) >>> 0;
  return hash % nightsForAll;
}

let opened: Store | undefined;

export async function handler(event: ScheduledEvent, context: Context): Promise<void> {
  const { TABLE_NAME: tableName } = process.env;
  if (!tableName) throw new Error("the environment variable `TABLE_NAME` is not set");
  opened ??= openStore({ tableName, now: Date.now });
  const log = (line: string) => void process.stdout.write(`${line}\n`);
  const { broken, finished } = await auditLogs(opened, Date.parse(event.time), () => context.getRemainingTimeInMillis(), log);
  const stage = stageOfFunction();
  const measures = { AuditsFinished: finished ? 1 : 0, BrokenHistories: broken.length };
  if (stage !== null) log(JSON.stringify({ level: "info", event: "audit-measured", ...measured(stage, Date.now(), measures) }));
  if (broken.length > 0) throw new Error(`the recorded history of \`${broken.join("`, `")}\` is not whole`);
  if (!finished) throw new Error("not all histories of this night could be tested in time");
}
