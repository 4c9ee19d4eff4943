/**
 * Commands on many accounts with few requests: facts are read for all at once, and as many accounts as one transaction
 * holds are written in it. What does not go that way is left for a command of its own, so nothing is waited for here.
 */
import type { Changes, Try } from "./change.ts";
import { Refusal, type Table } from "./dynamo.ts";
import type { Reading } from "./reading.ts";
import type { Changed, Command } from "./store.ts";
import { mostActions } from "./writing.ts";

export interface AccountCommand<T> extends Command<T> {
  accountId: string;
}

/**
 * In the order of the commands, of which each is on another account. Null: nothing was written for this one by this
 * call, another writer or its size was in the way; `change` may do it.
 * @throws Unavailable where it is not known what was written: whoever tries again asks first what is there
 */
export type ChangeTogether = <T>(commands: readonly AccountCommand<T>[]) => Promise<(Changed<T> | null)[]>;

/** DynamoDB takes 4 MB in one transaction; fewer cost less where another writer is in the way. */
const mostBytes = 1_000_000;

export function openTogether(table: Table, reading: Reading, { decide }: Pick<Changes, "decide">): ChangeTogether {
  /** Null where `change` is to find out why it fails, and say so. */
  async function decided<T>(command: AccountCommand<T>, newest: Parameters<typeof decide>[2]): Promise<Try<T> | null> {
    const { accountId, operationId } = command;
    try {
      return await decide({ accountId }, command, newest, { operationId, attempt: 1 });
    } catch {
      return null;
    }
  }

  async function isWritten(tries: readonly Try<unknown>[]): Promise<boolean> {
    try {
      await table.write(tries.flatMap(({ plan }) => plan.actions.map(({ action }) => action)));
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  return async <T>(commands: readonly AccountCommand<T>[]) => {
    const newest = await reading.newestOfMany(commands.map(({ accountId }) => accountId));
    const tries = await Promise.all(commands.map((command, n) => decided<T>(command, newest[n] as (typeof newest)[number])));
    const answers = tries.map((one) => (one !== null && one.plan.actions.length === 0 ? one.result : null));
    for (const places of transactions(tries)) {
      const own = places.map((place) => tries[place] as Try<T>);
      if (!(await isWritten(own))) continue;
      for (const place of places) answers[place] = (tries[place] as Try<T>).result;
    }
    return answers;
  };
}

/** Places of the tries that are written at once. Those with parts are in none: parts are to be removed where they came to nothing. */
function transactions(tries: readonly (Try<unknown> | null)[]): number[][] {
  const all: number[][] = [];
  let [actions, bytes] = [mostActions, mostBytes];
  for (const [place, one] of tries.entries()) {
    if (one === null || one.plan.actions.length === 0 || one.plan.parts.length > 0 || one.replaced.length > 0) continue;
    actions += one.plan.actions.length;
    bytes += sizeOf(one);
    if (actions > mostActions || bytes > mostBytes) {
      all.push([]);
      [actions, bytes] = [one.plan.actions.length, sizeOf(one)];
    }
    all.at(-1)?.push(place);
  }
  return all;
}

/** Bytes, at most: all but what is deflated is short. */
function sizeOf({ plan }: Try<unknown>): number {
  const otherBytes = 6_000;
  return plan.actions.reduce((sum, { action }) => sum + otherBytes + ("Put" in action ? (action.Put.Item?.deflated?.B?.length ?? 0) : 0), 0);
}
