/** Files in object storage, through the real client, against a server that answers as Amazon S3 documents it. */
import { createServer, type Server } from "node:http";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { s3Uploads } from "../../../functions/imports/s3-uploads.ts";

const file = "accountId\nacme\n";
let server: Server;
let client: S3Client;
beforeAll(async () => {
  server = createServer((request, response) => {
    // GetObject: 404 NoSuchKey, 412 PreconditionFailed ("Error responses"; "Conditional requests").
    const refuse = (status: number, code: string) =>
      response
        .writeHead(status, { "content-type": "application/xml" })
        .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
    const path = request.url?.split("?")[0];
    if (path === "/files/uploads/imp_denied.csv") return void refuse(403, "AccessDenied");
    if (path !== "/files/uploads/imp_1.csv") return void refuse(404, "NoSuchKey");
    if (request.headers["if-match"] !== undefined && request.headers["if-match"] !== '"v1"') return void refuse(412, "PreconditionFailed");
    response.writeHead(200, { etag: '"v1"', "content-length": Buffer.byteLength(file) }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  client = new S3Client({ endpoint: `http://127.0.0.1:${port}`, forcePathStyle: true, region: "local", credentials, maxAttempts: 1 });
});
afterAll(() => {
  client.destroy();
  server.close();
});

const uploads = () => s3Uploads(client, "files");

test("a file is read with its size and version, and again by its version", async () => {
  for (const version of [null, '"v1"']) {
    const upload = await uploads().open("imp_1", version);
    expect(upload).toMatchObject({ bytes: file.length, version: '"v1"' });
    const chunks: Uint8Array[] = [];
    for await (const chunk of upload?.content ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(file);
  }
});

test("one that is not there is none; one that was replaced is refused; what we may not read is our fault", async () => {
  expect(await uploads().open("imp_2", null)).toBeNull();
  await expect(uploads().open("imp_1", '"v0"')).rejects.toMatchObject({ name: "Unreadable", code: "upload-replaced" });
  await expect(uploads().open("imp_denied", null)).rejects.toMatchObject({ name: "AccessDenied" });
});
