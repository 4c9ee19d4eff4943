/** The local gateway: what handlers are handed, and what hostile or hurried clients get. Raw sockets, real timers. */
import { request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterEach, expect, test } from "vitest";
import { defaultLimits, type Gateway, type Handler, openGateway } from "../../infra/local/gateway.ts";

const limits = { ...defaultLimits, bodyBytes: 1_000, discardedBytes: 200_000, requestMilliseconds: 400, idleMilliseconds: 5_000 };
let open: Gateway | undefined;
afterEach(() => open?.stop(0));

/** A gateway whose handlers answer the event they were handed. */
async function echoing(routes: Record<string, Handler> = {}): Promise<Gateway> {
  const echo: Handler = async (event) => ({
    statusCode: 200,
    headers: { "content-type": "application/json", "x-route": event.routeKey },
    body: JSON.stringify(event),
  });
  open = await openGateway("127.0.0.1", 0, limits);
  const keys = [
    "GET /v1/things/{thingId}",
    "GET /v1/things/special",
    "PUT /v1/things/{thingId}",
    "GET /v1/things/{thingId}/parts/{partId}",
    "$default",
  ];
  open.serve(new Map([...keys.map((key): [string, Handler] => [key, echo]), ...Object.entries(routes)]), async () => null);
  return open;
}

async function eventFor(gateway: Gateway, path: string, init?: RequestInit): Promise<APIGatewayProxyEventV2> {
  return (await (await fetch(gateway.url + path, init)).json()) as APIGatewayProxyEventV2;
}

/** Sends bytes as they are and gathers what comes back until the server closes, or the given number of answers came. */
function raw(gateway: Gateway, send: (socket: Socket) => void, answers = Number.POSITIVE_INFINITY): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname, () => send(socket));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString();
      if ((text.match(/HTTP\/1\.1 [2-5]\d\d /g) ?? []).length >= answers && text.includes("\r\n\r\n")) {
        resolve({ text, closed: false });
        socket.destroy();
      }
    });
    socket.on("close", () => resolve({ text, closed: true }));
    socket.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" ? resolve({ text, closed: true }) : reject(error)));
  });
}

test("a fixed segment goes before a parameter, and parameters arrive decoded", async () => {
  const gateway = await echoing();
  expect((await eventFor(gateway, "/v1/things/special")).routeKey).toBe("GET /v1/things/special");
  const event = await eventFor(gateway, "/v1/things/a%2Fb%20%C3%BC/parts/x:1?q=1&q=2&empty=&%C3%BC=%26");
  expect(event.routeKey).toBe("GET /v1/things/{thingId}/parts/{partId}");
  expect(event.pathParameters).toEqual({ thingId: "a/b ü", partId: "x:1" });
  expect(event.rawPath).toBe("/v1/things/a%2Fb%20%C3%BC/parts/x:1");
  expect(event.rawQueryString).toBe("q=1&q=2&empty=&%C3%BC=%26");
  expect(event.queryStringParameters).toEqual({ q: "1,2", empty: "", ü: "&" });
});

test("what no route names goes to $default: other methods, paths, trailing slashes, whole addresses", async () => {
  const gateway = await echoing();
  for (const path of ["/", "/v1/things", "/v1/things/", "/v1/things/a/", "//v1/things/a", "/v1/things/a/parts/"])
    expect((await eventFor(gateway, path)).routeKey, path).toBe("$default");
  expect((await eventFor(gateway, "/v1/things/a", { method: "DELETE" })).routeKey).toBe("$default");
  const { text } = await raw(gateway, (socket) => socket.write("GET http://elsewhere/v1/things/a?x=1 HTTP/1.1\r\nHost: h\r\n\r\n"), 1);
  expect(text).toContain("x-route: GET /v1/things/{thingId}");
});

test("HEAD and OPTIONS are not invented: they go to $default, HEAD without a body", async () => {
  const gateway = await echoing();
  const head = await fetch(`${gateway.url}/v1/things/a`, { method: "HEAD" });
  expect([head.status, head.headers.get("x-route"), await head.text()]).toEqual([200, "$default", ""]);
  expect((await eventFor(gateway, "/v1/things/a", { method: "OPTIONS" })).routeKey).toBe("$default");
});

test("a path that is not percent-encoded UTF-8 is 400", async () => {
  const gateway = await echoing();
  for (const path of ["/v1/things/%", "/v1/things/%ZZ", "/v1/things/%ff"]) {
    const response = await fetch(gateway.url + path);
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    expect(await response.json()).toMatchObject({ code: "malformed-path", status: 400 });
  }
});

test("text bodies arrive as text, other bytes in base64, none as none", async () => {
  const gateway = await echoing();
  const put = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
    eventFor(gateway, "/v1/things/a", { method: "PUT", body, headers: { "content-type": type } });
  expect(await put('{"ü":"\ufeff"}', "application/json; charset=utf-8")).toMatchObject({ body: '{"ü":"\ufeff"}', isBase64Encoded: false });
  expect(await put(new Uint8Array([0xff, 0x00]), "application/json")).toMatchObject({ body: "/wA=", isBase64Encoded: true });
  expect(await put("%PDF", "application/pdf")).toMatchObject({ body: "JVBERg==", isBase64Encoded: true });
  const none = await eventFor(gateway, "/v1/things/a");
  expect([none.body, none.isBase64Encoded, none.pathParameters]).toEqual([undefined, false, { thingId: "a" }]);
});

test("headers arrive in lower case, repeated ones joined, cookies apart", async () => {
  const gateway = await echoing();
  const { text } = await raw(
    gateway,
    (socket) => socket.write("GET /v1/things/a HTTP/1.1\r\nHost: h\r\nX-Two: 1\r\nx-two: 2\r\n__proto__: p\r\nCookie: a=1; b=2\r\n\r\n"),
    1,
  );
  const event = JSON.parse(text.slice(text.indexOf("\r\n\r\n"))) as APIGatewayProxyEventV2;
  expect(event.headers).toEqual(JSON.parse('{"host":"h","x-two":"1,2","__proto__":"p"}'));
  expect(event.cookies).toEqual(["a=1", "b=2"]);
});

test("a body that says it is too long is answered 413 before it is sent, and the connection stays usable", async () => {
  const gateway = await echoing();
  const body = "x".repeat(5_000);
  const { text } = await raw(
    gateway,
    (socket) => {
      socket.write(`PUT /v1/things/a HTTP/1.1\r\nHost: h\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.once("data", () => socket.write(`${body}GET /v1/things/b HTTP/1.1\r\nHost: h\r\n\r\n`));
    },
    2,
  );
  expect(text).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
  expect(text).toContain('"code":"body-too-large"');
  expect(text).toContain("HTTP/1.1 200 OK");
});

test("a streamed body is answered 413 once it is too long, and the connection stays usable", async () => {
  const gateway = await echoing();
  const chunk = `${(700).toString(16)}\r\n${"x".repeat(700)}\r\n`;
  const { text } = await raw(
    gateway,
    (socket) => {
      socket.write(`PUT /v1/things/a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`);
      socket.once("data", () => socket.write(`${chunk}0\r\n\r\nGET /v1/things/b HTTP/1.1\r\nHost: h\r\n\r\n`));
    },
    2,
  );
  expect(text).toMatch(/^HTTP\/1\.1 413 /);
  expect(text).toContain("HTTP/1.1 200 OK");
});

test("the longest body is still handed on", async () => {
  const gateway = await echoing();
  const at = await fetch(`${gateway.url}/v1/things/a`, { method: "PUT", body: "x".repeat(1_000) });
  const over = await fetch(`${gateway.url}/v1/things/a`, { method: "PUT", body: "x".repeat(1_001) });
  expect([at.status, over.status]).toEqual([200, 413]);
});

test("who goes on sending a refused body for ever is cut off", async () => {
  const gateway = await echoing();
  const chunk = `${(10_000).toString(16)}\r\n${"x".repeat(10_000)}\r\n`;
  const { text, closed } = await raw(gateway, (socket) => {
    socket.write("PUT /v1/things/a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
    const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(chunk)), 1);
    socket.on("close", () => clearInterval(timer));
  });
  expect(text).toMatch(/^HTTP\/1\.1 413 /);
  expect(closed).toBe(true);
});

test("who asks before sending (Expect: 100-continue) is told to go on, or refused at once", async () => {
  const gateway = await echoing();
  const ask = (length: number) =>
    new Promise<{ status: number; continued: boolean }>((resolve, reject) => {
      let continued = false;
      const request = httpRequest(`${gateway.url}/v1/things/a`, { method: "PUT", headers: { expect: "100-continue", "content-length": length } });
      request.on("continue", () => {
        continued = true;
        request.end("x".repeat(length));
      });
      request.on("response", (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, continued });
        if (!continued) request.destroy();
      });
      request.on("error", reject);
      request.flushHeaders();
    });
  expect(await ask(10)).toEqual({ status: 200, continued: true });
  expect(await ask(5_000)).toEqual({ status: 413, continued: false });
});

test("too long headers are 431, what is not HTTP is 400, both as problems", async () => {
  const gateway = await echoing();
  const long = await raw(gateway, (socket) => socket.write(`GET / HTTP/1.1\r\nHost: h\r\nX: ${"x".repeat(20_000)}\r\n\r\n`));
  expect(long.text).toMatch(/^HTTP\/1\.1 431 /);
  expect(long.text).toContain("application/problem+json");
  const hostile = [
    "nonsense\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
    "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET / HTTP/1.1\r\nX\u0000: h\r\n\r\n",
  ];
  for (const bytes of hostile) {
    const { text, closed } = await raw(gateway, (socket) => socket.write(bytes));
    expect([text.slice(0, 12), closed], bytes).toEqual(["HTTP/1.1 400", true]);
  }
  expect((await fetch(`${gateway.url}/v1/things/a`)).status).toBe(200);
});

test("slow clients are told 408 and let go, before or within a body", async () => {
  const gateway = await echoing();
  for (const begun of ["GET / HT", "PUT /v1/things/a HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nabc"]) {
    const { text, closed } = await raw(gateway, (socket) => socket.write(begun));
    expect([text.slice(0, 12), closed], begun).toEqual(["HTTP/1.1 408", true]);
  }
});

test("requests sent ahead on one connection are answered one at a time, in order", async () => {
  let running = 0;
  let most = 0;
  const slow: Handler = async (event) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running--;
    return { statusCode: 200, body: `<${event.pathParameters?.thingId}>` };
  };
  const gateway = await echoing({ "GET /v1/things/{thingId}": slow });
  const count = 300;
  const { text } = await raw(
    gateway,
    (socket) => socket.write(Array.from({ length: count }, (_, n) => `GET /v1/things/${n} HTTP/1.1\r\nHost: h\r\n\r\n`).join("")),
    count,
  );
  expect(most).toBe(1);
  expect([...text.matchAll(/<(\d+)>/g)].map((found) => Number(found[1])).slice(0, count - 1)).toEqual(Array.from({ length: count - 1 }, (_, n) => n));
});

test("who sends ahead without end is cut off", async () => {
  const gateway = await echoing({
    "GET /v1/things/{thingId}": async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { statusCode: 200, body: "" };
    },
  });
  const { closed } = await raw(gateway, (socket) => socket.write("GET /v1/things/a HTTP/1.1\r\nHost: h\r\n\r\n".repeat(2_000)));
  expect(closed).toBe(true);
});

test("a client that leaves in the middle disturbs nobody, and what it had sent ahead is dropped", async () => {
  let calls = 0;
  const slow: Handler = async () => {
    calls++;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { statusCode: 200, body: "late" };
  };
  const gateway = await echoing({ "GET /v1/things/{thingId}": slow });
  const { hostname, port } = new URL(gateway.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write("GET /v1/things/a HTTP/1.1\r\nHost: h\r\n\r\n".repeat(50));
      setTimeout(() => socket.destroy(), 20);
    });
    socket.on("close", () => resolve());
  });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(calls).toBeLessThan(4);
  expect((await fetch(`${gateway.url}/v1/things/special`)).status).toBe(200);
});

test("a handler that throws, or answers nonsense, is an opaque 500", async () => {
  const said = console.error;
  console.error = () => {};
  try {
    const thrown: Handler = async () => {
      throw "a secret";
    };
    const badHeader: Handler = async () => ({ statusCode: 200, headers: { "x-bad": "a\r\nb" }, body: "a secret" });
    const gateway = await echoing({ "GET /v1/things/{thingId}": thrown, "PUT /v1/things/{thingId}": badHeader });
    for (const method of ["GET", "PUT"]) {
      const response = await fetch(`${gateway.url}/v1/things/a`, { method });
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain("secret");
    }
  } finally {
    console.error = said;
  }
});

test("before it has handlers it answers 503, to come again", async () => {
  open = await openGateway("127.0.0.1", 0, limits);
  const response = await fetch(`${open.url}/v1/health`);
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
});

test("stopping finishes what is in flight and takes nothing new", async () => {
  let begun = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const slow: Handler = async () => {
    begun();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { statusCode: 200, body: "finished" };
  };
  const gateway = await echoing({ "GET /v1/things/{thingId}": slow });
  await fetch(`${gateway.url}/v1/things/special`);
  const inFlight = fetch(`${gateway.url}/v1/things/a`);
  await started;
  const stopped = gateway.stop();
  await expect(fetch(`${gateway.url}/v1/things/special`)).rejects.toThrow();
  expect(await (await inFlight).text()).toBe("finished");
  await stopped;
});
