/**
 * Stands in for API Gateway on this machine: speaks HTTP/1.1 on one side and hands payload 2.0 events to the very
 * handlers that run in Lambda on the other. It knows nothing of what they answer. What it adds is what a server that
 * faces anyone needs: bounded bodies, headers, time and pipelines, and a stop that finishes what it began.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { mostBytes } from "../../functions/http/body.ts";
import { describeProblem, Problem } from "../../functions/http/problem.ts";
import type { SignIn } from "./auth-sign-in.ts";
import { eventOf, sendResult, targetOf } from "./payload.ts";
import { routeMatcher } from "./routes.ts";
import type { FileDoor } from "./uploads.ts";

export type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

export interface Gateway {
  url: string;
  /** From now on requests that `signIn` lets in are answered by the handlers, by route key; before, they are told to come again. */
  serve(handlers: ReadonlyMap<string, Handler>, signIn: SignIn): void;
  /** From now on requests that bring files are offered here first, before their bodies are read. */
  takeFiles(door: FileDoor): void;
  /** Takes no new requests and resolves once those in flight are answered, at the latest after `patienceMilliseconds`. */
  stop(patienceMilliseconds?: number): Promise<void>;
}

export interface Limits {
  /** The longest body handed to a handler; a longer one is answered 413 before it is read. */
  bodyBytes: number;
  /** How much more of a refused body is read and thrown away to keep the connection; then it is cut. */
  discardedBytes: number;
  /** For a whole request to arrive. */
  requestMilliseconds: number;
  /** Without a byte in either direction. */
  idleMilliseconds: number;
}

export const defaultLimits: Limits = {
  bodyBytes: mostBytes,
  discardedBytes: 32 * 1024 * 1024,
  requestMilliseconds: 30_000,
  idleMilliseconds: 60_000,
};

/** Requests that may be sent ahead on one connection. */
const mostWaiting = 1_000;

/** Listens, and resolves once it does. `port` 0: any free one. @throws the system's error, such as EADDRINUSE */
export async function openGateway(host: string, port: number, limits: Limits = defaultLimits): Promise<Gateway> {
  let service: { handlers: ReadonlyMap<string, Handler>; signIn: SignIn; match: ReturnType<typeof routeMatcher> } | null = null;
  let files: FileDoor | null = null;
  let stopping = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (stopping) response.setHeader("connection", "close");
    if (service === null) throw new Problem(503, "starting", "the service is starting: try again in a second", { headers: { "retry-after": "1" } });
    const { handlers, signIn, match } = service;
    if (files !== null && (await files(request, response))) return;
    const body = await bodyOf(request, response, limits);
    if (body === "gone") return;
    if (body === "too-large")
      throw new Problem(413, "body-too-large", `the body is larger than ${limits.bodyBytes} bytes: send fewer items at a time`);
    const found = match(request.method ?? "GET", targetOf(request).path);
    if (found === null) throw new Problem(400, "malformed-path", "the path is not percent-encoded UTF-8");
    const handler = handlers.get(found.routeKey);
    if (handler === undefined) throw new Problem(404, "not-found", "there is nothing at this path");
    const claims = await signIn({ routeKey: found.routeKey, headers: request.headersDistinct });
    const requestId = randomUUID();
    sendResult(response, await handler(eventOf(request, found, body, claims, requestId, new Date()), contextOf(requestId)));
  }

  // The requests of one connection are taken in turn, however many a client sends ahead.
  const turns = new WeakMap<Socket, Promise<void>>();
  const waiting = new WeakMap<Socket, number>();
  const current = new WeakMap<Socket, ServerResponse>();
  function take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const ahead = waiting.get(socket) ?? 0;
    waiting.set(socket, ahead + 1);
    // Nothing in node:http holds back a client that never waits for an answer.
    if (ahead >= mostWaiting) return void socket.destroy();
    const turn = (turns.get(socket) ?? Promise.resolve()).then(async () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      if (socket.destroyed) return;
      current.set(socket, response);
      const sent = new Promise<void>((resolve) => response.once("close", resolve));
      try {
        await answer(request, response);
      } catch (error) {
        if (!(error instanceof Problem)) console.error(error);
        if (response.headersSent) socket.destroy();
        else
          refuse(response, error instanceof Problem ? error : new Problem(500, "internal-error", "something went wrong on our side; it was logged"));
      }
      await sent;
      if (stopping) server.closeIdleConnections();
    });
    turns.set(socket, turn);
  }

  const server = createServer({
    requestTimeout: limits.requestMilliseconds,
    headersTimeout: limits.requestMilliseconds,
    connectionsCheckingInterval: Math.min(5_000, limits.requestMilliseconds),
    keepAliveTimeout: limits.idleMilliseconds,
    requireHostHeader: false,
  });
  server.timeout = limits.idleMilliseconds;
  server.on("request", take);
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    if (!(Number(request.headers["content-length"] ?? 0) > limits.bodyBytes)) response.writeContinue();
    take(request, response);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const answering = current.get(socket);
    if (!socket.writable || error.code === "ECONNRESET" || (answering?.headersSent && !answering.writableFinished)) return void socket.destroy();
    const { status, title, detail } = unreadable[error.code ?? ""] ?? {
      status: 400,
      title: "Bad Request",
      detail: "the request is not well-formed HTTP/1.1",
    };
    const body = JSON.stringify({ ...describeProblem(new Problem(400, "malformed-request", detail), null), status, title });
    const head = `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`;
    socket.end(head + body, () => socket.destroy());
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const shown = address.family === "IPv6" ? `[${address.address}]` : address.address;

  return {
    url: `http://${shown}:${address.port}`,
    serve(handlers, signIn) {
      service = { handlers, signIn, match: routeMatcher(handlers.keys()) };
    },
    takeFiles(door) {
      files = door;
    },
    stop(patienceMilliseconds = 10_000) {
      stopping = true;
      return new Promise((resolve) => {
        const enough = setTimeout(() => server.closeAllConnections(), patienceMilliseconds);
        server.close(() => {
          clearTimeout(enough);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}

/** By the parser's error code. */
const unreadable: Record<string, { status: number; title: string; detail: string }> = {
  HPE_HEADER_OVERFLOW: { status: 431, title: "Request Header Fields Too Large", detail: "the headers are longer than 16 KiB" },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, title: "Content Too Large", detail: "the chunk extensions are longer than 16 KiB" },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, title: "Request Timeout", detail: "the request did not arrive in time" },
};

/** The whole body, read no further than the limit; `gone` when the client went away in the middle. */
function bodyOf(request: IncomingMessage, response: ServerResponse, limits: Limits): Promise<Buffer | "too-large" | "gone"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let refused = false;
    const declared = Number(request.headers["content-length"] ?? 0);
    const tooLarge = () => {
      refused = true;
      chunks.length = 0;
      resolve("too-large");
    };
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (!refused && length <= limits.bodyBytes) return void chunks.push(chunk);
      if (!refused) tooLarge();
      // The client is still sending: cutting the connection now could take the answer away from it.
      if (length > limits.bodyBytes + limits.discardedBytes) request.socket.destroy();
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", () => resolve("gone"));
    response.on("close", () => resolve("gone"));
    if (declared > limits.bodyBytes) tooLarge();
  });
}

/** What the gateway itself refuses. Handlers answer their own problems. */
function refuse(response: ServerResponse, problem: Problem): void {
  const body = JSON.stringify(describeProblem(problem, null));
  response.writeHead(problem.status, { ...problem.headers, "content-type": "application/problem+json", "content-length": Buffer.byteLength(body) });
  response.end(body);
}

function contextOf(awsRequestId: string): Context {
  const deadline = Date.now() + 29_000;
  return {
    awsRequestId,
    functionName: "local",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:local:000000000000:function:local",
    memoryLimitInMB: "1024",
    logGroupName: "local",
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done() {},
    fail() {},
    succeed() {},
  };
}
