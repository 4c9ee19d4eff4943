/**
 * Visits each account as soon as its facts have changed, or a decision gave it something to do by an instant: what follows
 * at once is announced, what follows later goes on the agenda, the list of deadlines is brought up to date. Fed by the
 * table's stream.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import { concurrently } from "./http/concurrently.ts";
import { openStore, type Store, Unavailable } from "./store/store.ts";
import { visitAccount } from "./sweeping/visit.ts";

const atOnce = 8;
const accountPrefix = "account#";

/** The function that follows changes in this store. */
export function follower(store: Store, now: () => number, log: (line: string) => void) {
  return async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const first = new Map<string, string>();
    for (const { dynamodb } of Records) {
      const { pk, sk, unvisited } = dynamodb?.NewImage ?? {};
      const isChange = (sk?.S === "manifest" && unvisited !== undefined) || sk?.S?.startsWith("watch#") === true;
      const accountId = pk?.S?.slice(accountPrefix.length) ?? "";
      if (isChange && pk?.S?.startsWith(accountPrefix) && !first.has(accountId)) first.set(accountId, dynamodb?.SequenceNumber ?? "");
    }
    const failed = await concurrently(atOnce, [...first], async ([accountId, itemIdentifier]) => {
      try {
        await visitAccount(store, accountId, now(), now());
        return null;
      } catch (error) {
        log(
          JSON.stringify({ level: "error", event: "account-not-followed", accountId, error: error instanceof Error ? error.stack : String(error) }),
        );
        // What is wrong with the account itself is the sweep's to set aside: it is still on the agenda.
        return error instanceof Unavailable ? { itemIdentifier } : null;
      }
    });
    return { batchItemFailures: failed.filter((one) => one !== null) };
  };
}

let following: ReturnType<typeof follower> | undefined;

export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { TABLE_NAME: tableName } = process.env;
  if (!tableName) throw new Error("the environment variable `TABLE_NAME` is not set");
  following ??= follower(openStore({ tableName, now: Date.now }), Date.now, (line) => void process.stdout.write(`${line}\n`));
  return following(event);
}
