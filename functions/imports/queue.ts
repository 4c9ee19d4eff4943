/** Messages of the queue that work on imports waits in: our own, and what object storage says of a file that came in. */
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { importIdOf } from "./s3-uploads.ts";

export async function enqueueIn(client: SQSClient, QueueUrl: string, importId: string): Promise<void> {
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ importId }) }));
}

interface Message {
  importId?: string;
  /** Amazon S3 event notification, "Event message structure". Keys are form-encoded. */
  Records?: { s3?: { object?: { key?: string } } }[];
}

/** The imports that a message is about; none for the test message that object storage sends once. */
export function importIdsIn(body: string): string[] {
  const { importId, Records = [] } = JSON.parse(body) as Message;
  const uploaded = Records.flatMap(({ s3 }) => importIdOf(decodeURIComponent((s3?.object?.key ?? "").replaceAll("+", " "))) ?? []);
  return importId === undefined ? uploaded : [importId, ...uploaded];
}
