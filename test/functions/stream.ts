/** What Lambda is handed of the table's stream, as the embedded store brings it. */
import { UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import { expect } from "vitest";
import { tableDescription } from "../../functions/store/table.ts";
import type { FreshStore } from "../store.ts";

/** Gives the table the stream that it has in AWS: what is written from now on is in it. */
export async function withStream<T extends FreshStore>(fresh: T): Promise<T> {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: tableDescription.stream };
  await fresh.client.send(new UpdateTableCommand({ TableName: fresh.tableName, StreamSpecification }));
  return fresh;
}

/** Every record since the table has its stream. */
export async function recordsOf({ endpoint, tableName }: FreshStore): Promise<DynamoDBRecord[]> {
  const ask = async (operation: string, input: object) => {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDBStreams_20120810.${operation}`,
      "x-amz-date": "20260302T093000Z",
      authorization: "AWS4-HMAC-SHA256 Credential=local/20260302/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    };
    const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(input) });
    expect(response.status, operation).toBe(200);
    return response.json() as Promise<{
      Streams: { StreamArn: string }[];
      StreamDescription: { Shards: { ShardId: string }[] };
      ShardIterator: string;
      NextShardIterator: string;
      Records: DynamoDBRecord[];
    }>;
  };
  const { Streams } = await ask("ListStreams", { TableName: tableName });
  const StreamArn = Streams[0]?.StreamArn;
  const { StreamDescription } = await ask("DescribeStream", { StreamArn });
  const records: DynamoDBRecord[] = [];
  for (const { ShardId } of StreamDescription.Shards) {
    let { ShardIterator } = await ask("GetShardIterator", { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" });
    for (;;) {
      const page = await ask("GetRecords", { ShardIterator });
      if (page.Records.length === 0) break;
      records.push(...page.Records);
      ShardIterator = page.NextShardIterator;
    }
  }
  return records;
}
