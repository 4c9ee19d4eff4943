/**
 * Takes files of imports on this machine, where object storage takes them in AWS: `PUT /local/uploads/{importId}` with
 * a signature in the address, streamed to a file below the data folder.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { mostBytes } from "../../functions/http/body.ts";
import { Problem } from "../../functions/http/problem.ts";
import { mostUploadBytes, type Uploads, uploadDays } from "../../functions/imports/uploads.ts";

/** Answers the request and says so, or leaves it alone. @throws Problem */
export type FileDoor = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export interface LocalUploads extends Uploads {
  urlOf(importId: string): string;
  /** @throws Problem 409 where there is a file already, 413 */
  keep(importId: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** @param taken called once a file is whole */
  door(taken: (importId: string) => void): FileDoor;
}

const millisecondsPerDay = 86_400_000;

/** @param folder is made with the first file @param baseUrl of the local server */
export function openUploads(folder: string, baseUrl: string, now: number): LocalUploads {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const file = join(folder, name);
    if (name.endsWith(".part") || now - statSync(file).mtimeMs > uploadDays * millisecondsPerDay) rmSync(file);
  }
  // Addresses work until the server stops, as signed ones work for a while.
  const secret = randomBytes(32);
  const signatureOf = (importId: string) => createHmac("sha256", secret).update(importId).digest("base64url");
  const fileOf = (importId: string) => join(folder, `${importId}.csv`);

  async function keep(importId: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const file = fileOf(importId);
    if (existsSync(file)) throw new Problem(409, "upload-complete", "the file was handed in already: start a new import for another one");
    mkdirSync(folder, { recursive: true });
    const part = `${file}.${randomBytes(6).toString("hex")}.part`;
    try {
      await pipeline(content, bounded, createWriteStream(part));
      renameSync(part, file);
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
  }

  return {
    keep,
    urlOf: (importId) => `${baseUrl}/local/uploads/${importId}?signature=${signatureOf(importId)}`,

    async open(importId) {
      const file = fileOf(importId);
      if (!existsSync(file)) return null;
      // A file is never replaced here.
      return { bytes: statSync(file).size, version: "1", content: contentOf(file) };
    },

    door: (taken) => async (request, response) => {
      const address = /^\/local\/uploads\/([\w-]{1,64})\?signature=([\w-]+)$/.exec(request.url ?? "");
      if (request.method !== "PUT" || address === null) return false;
      const [, importId, signature] = address as unknown as [string, string, string];
      if (!isSame(signature, signatureOf(importId)))
        throw new Problem(403, "upload-not-signed", "the address is none that this server gave since it started: start a new import");
      if (Number(request.headers["content-length"] ?? 0) > mostUploadBytes) throw tooLarge();
      // Bodies that are shorter were told to go on before.
      if (request.headers.expect !== undefined && Number(request.headers["content-length"] ?? 0) > mostBytes) response.writeContinue();
      await keep(importId, request);
      taken(importId);
      response.writeHead(200, { "content-length": 0 }).end();
      return true;
    },
  };
}

/** Opened when it is read. */
async function* contentOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file);
}

async function* bounded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > mostUploadBytes) throw tooLarge();
    yield chunk;
  }
}

function tooLarge(): Problem {
  return new Problem(413, "file-too-large", `the file is larger than ${mostUploadBytes} bytes: cut it in two`);
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
