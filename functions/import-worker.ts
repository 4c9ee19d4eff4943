/**
 * Works on imports, a message at a time: a file that came in is read and its preview made, a commit is written, a
 * revert undone. What is not done when the time is over goes on in a later run.
 */
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { enqueueIn, importIdsIn } from "./imports/queue.ts";
import { s3Uploads } from "./imports/s3-uploads.ts";
import { type Workshop, workOn } from "./imports/work.ts";
import { openStore } from "./store/store.ts";

/** Left over to finish the share that is under way, and to say that there is more. */
const reserveMilliseconds = 60_000;

/** The function for this workshop. @param enqueue has the work on an import go on */
export function importWorker(shopOf: (holder: string) => Workshop, enqueue: (importId: string) => Promise<void>) {
  return async (event: SQSEvent, context: Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">): Promise<SQSBatchResponse> => {
    const shop = shopOf(context.awsRequestId);
    // An instance does one thing at a time: what is there was left by a run that was cut off.
    rmSync(shop.folder, { recursive: true, force: true });
    const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
    for (const { messageId, body } of event.Records) {
      try {
        for (const importId of importIdsIn(body)) {
          const worked = await workOn(importId, shop, () => context.getRemainingTimeInMillis() < reserveMilliseconds);
          if (worked === "more") await enqueue(importId);
          // Comes again: who has it may not live to the end.
          if (worked === "busy") batchItemFailures.push({ itemIdentifier: messageId });
        }
      } catch (error) {
        shop.log(JSON.stringify({ level: "error", event: "import-failed", error: error instanceof Error ? error.stack : String(error) }));
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable \`${name}\` is not set`);
  return value;
}

let opened: ReturnType<typeof importWorker> | undefined;

function open(): ReturnType<typeof importWorker> {
  const { DYNAMODB_ENDPOINT: endpoint } = process.env;
  const store = openStore({ tableName: setting("TABLE_NAME"), now: Date.now, ...(endpoint ? { endpoint } : {}) });
  const uploads = s3Uploads(new S3Client({}), setting("UPLOAD_BUCKET"));
  const folder = join(tmpdir(), "imports");
  const queueUrl = setting("IMPORT_QUEUE_URL");
  const sqs = new SQSClient({});
  const log = (line: string) => void process.stdout.write(`${line}\n`);
  return importWorker(
    (holder) => ({ store, uploads, folder, now: Date.now, log, holder }),
    (importId) => enqueueIn(sqs, queueUrl, importId),
  );
}

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  opened ??= open();
  return opened(event, context);
}
