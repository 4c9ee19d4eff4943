/**
 * The services that functions call, at one address: each request is signed by a role, and is let through only where the
 * role's statements in the template allow it. DynamoDB is the embedded store; bus, queue and bucket keep what they get.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isAllowed, type Statement, type Wish } from "./authority.ts";
import { accountId, region } from "./template.ts";
import { wishesOf } from "./wishes.ts";

export interface Endpoints {
  url: string;
  /** What was refused, in the words of IAM. */
  refused: string[];
  /** What was wished for and let through, by role: each wish once. */
  used: Map<string, Map<string, Wish>>;
  events: { Detail: string; DetailType: string }[];
  /** Messages by queue. */
  queues: Map<string, string[]>;
  files: Map<string, Buffer>;
  /** What happens right before each of the next transactions of a role, in turn. */
  beforeWrite: Map<string, (() => Promise<void>)[]>;
  close(): Promise<void>;
}

export async function startEndpoints(storeUrl: string, statementsOf: (role: string) => readonly Statement[]): Promise<Endpoints> {
  const found: Omit<Endpoints, "url" | "close"> = {
    refused: [],
    used: new Map(),
    events: [],
    queues: new Map(),
    files: new Map(),
    beforeWrite: new Map(),
  };

  function may(role: string, wish: Wish): boolean {
    const { action, resource } = wish;
    if (isAllowed(statementsOf(role), wish)) {
      found.used.set(role, (found.used.get(role) ?? new Map<string, Wish>()).set(`${action} ${resource} ${wish.leadingKeys ?? ""}`, wish));
      return true;
    }
    found.refused.push(`${role} is not authorized to perform: ${action} on resource: ${resource} (${wish.leadingKeys ?? ""})`);
    return false;
  }

  const json = (response: ServerResponse, status: number, body: object) =>
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
  const refuse = (response: ServerResponse) =>
    json(response, 400, { __type: "com.amazon.coral.service#AccessDeniedException", message: found.refused.at(-1) });

  async function dynamo(role: string, target: string, body: Buffer, response: ServerResponse): Promise<void> {
    const operation = target.split(".")[1] as string;
    const arnOf = (name: string) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
    if (!wishesOf(operation, JSON.parse(body.toString()), arnOf).every((wish) => may(role, wish))) return void refuse(response);
    if (operation === "TransactWriteItems") await found.beforeWrite.get(role)?.shift()?.();
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": target,
      authorization: "AWS4-HMAC-SHA256 Credential=local/20260302/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
      "x-amz-date": "20260302T093000Z",
    };
    const answer = await fetch(storeUrl, { method: "POST", headers, body: new Uint8Array(body) });
    response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" }).end(await answer.text());
  }

  function bus(role: string, body: Buffer, response: ServerResponse): void {
    const { Entries } = JSON.parse(body.toString()) as { Entries: { EventBusName: string; Detail: string; DetailType: string }[] };
    const arnOf = (name: string) => `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
    if (!Entries.every(({ EventBusName }) => may(role, { action: "events:PutEvents", resource: arnOf(EventBusName) }))) return void refuse(response);
    found.events.push(...Entries);
    json(response, 200, { FailedEntryCount: 0, Entries: Entries.map((_, n) => ({ EventId: String(n) })) });
  }

  function queue(role: string, body: Buffer, response: ServerResponse): void {
    const { QueueUrl, MessageBody } = JSON.parse(body.toString()) as { QueueUrl: string; MessageBody: string };
    const name = QueueUrl.split("/").at(-1) as string;
    if (!may(role, { action: "sqs:SendMessage", resource: `arn:aws:sqs:${region}:${accountId}:${name}` })) return void refuse(response);
    found.queues.set(name, [...(found.queues.get(name) ?? []), MessageBody]);
    json(response, 200, { MessageId: "m-1", MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex") });
  }

  function bucket(role: string, method: string, path: string, body: Buffer, response: ServerResponse): void {
    const [name = "", ...rest] = path.slice(1).split("/");
    const key = rest.join("/");
    const action = method === "PUT" ? "s3:PutObject" : "s3:GetObject";
    if (!may(role, { action, resource: `arn:aws:s3:::${name}/${key}` }))
      return void response.writeHead(403).end("<Error><Code>AccessDenied</Code></Error>");
    if (method === "PUT") found.files.set(key, body);
    const file = found.files.get(key);
    // Whether there is a file is told to those alone who may see the list of them (S3, "GetObject", permissions).
    if (file === undefined && !may(role, { action: "s3:ListBucket", resource: `arn:aws:s3:::${name}` }))
      return void response.writeHead(403).end("<Error><Code>AccessDenied</Code></Error>");
    if (file === undefined) response.writeHead(404, { "content-type": "application/xml" }).end("<Error><Code>NoSuchKey</Code></Error>");
    else response.writeHead(200, { etag: '"1"', "content-length": method === "PUT" ? 0 : file.length }).end(method === "PUT" ? "" : file);
  }

  const server = createServer(async (request, response) => {
    try {
      const body = await bodyOf(request);
      const url = new URL(request.url ?? "/", "http://here");
      const target = String(request.headers["x-amz-target"] ?? "");
      const role = /Credential=(\w+)/.exec(request.headers.authorization ?? "")?.[1] ?? url.searchParams.get("X-Amz-Credential")?.split("/")[0] ?? "";
      if (target.startsWith("DynamoDB_")) await dynamo(role, target, body, response);
      else if (target.startsWith("AWSEvents.")) bus(role, body, response);
      else if (target === "AmazonSQS.SendMessage") queue(role, body, response);
      else bucket(role, request.method ?? "", url.pathname, body, response);
    } catch (error) {
      found.refused.push(String(error));
      response.writeHead(400).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...found,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
