/** Bugs that comparable services shipped, about runs that end late and errors that pass for answers: each named after the report. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Operation } from "../../functions/http/operation.ts";
import { openStore, type Store } from "../../functions/store/store.ts";
import { runSweep } from "../../functions/sweeping/run.ts";
import { check, questions } from "../contract/documents.ts";
import { body as bodyOf, good, kinds, lists } from "../contract/every-route.ts";
import { startWithAcme } from "../contract/written.ts";
import { adminClaims, routes, type Service, startService } from "./http/service.ts";
import { clientThrough } from "./store/interference.ts";
import { account, at, bodiesOf, portfolio } from "./sweeping/example.ts";

/** Holds whoever comes first until it is let go; everyone else passes. */
function gate() {
  let open = () => {};
  let arrived = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const held = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  let first = true;
  const pass = async () => {
    if (!first) return;
    first = false;
    arrived();
    await opened;
  };
  return { pass, held, open };
}

describe("powertools-lambda-typescript#5717: a late run overwrites a newer result", () => {
  test("a sweep that outlives its timeout and ends after its retry, and after a newer run, changes nothing of what they did", async () => {
    const here = await portfolio("2026-12-20");
    await here.write("acme", ...account);
    await here.sweepOn("2026-12-21");
    here.clock.now = at("2027-01-01");
    const { pass, held, open } = gate();
    const client = await clientThrough(async (call) => {
      if (call.name === "TransactWriteItems" && JSON.stringify(call.input).includes("events#account#acme")) await pass();
      return call.pass();
    });
    const slow = openStore({ tableName: here.tableName, client, now: () => here.clock.now });
    const options = { asOf: here.clock.now, now: () => here.clock.now, remainingMilliseconds: () => 60_000, log: () => {} };
    const late = runSweep(slow, options);
    await held;

    expect(await here.sweepOn("2027-01-01T12:15:00Z"), "the retry").toMatchObject({ announced: 1, finished: true });
    // Reminders of 2 and 17 October.
    expect(await here.sweepOn("2027-10-20"), "a newer run").toMatchObject({ finished: true });
    const seen = async () => [
      await here.announced(),
      await here.missed(),
      await here.store.sweeps.readLast(),
      (await here.store.sweeps.read()).progress,
    ];
    const before = await seen();
    expect(before[2]).toMatchObject({ asOf: at("2027-10-20") });

    open();
    expect(await late).toMatchObject({ announced: 0, missed: 0 });
    expect(await seen()).toEqual(before);
    expect((await bodiesOf(here)).filter(({ type }) => type === "contract.renewed")).toHaveLength(1);
    // What comes next is still on the agenda.
    await here.sweepOn("2027-11-02");
    expect(await here.announced()).toContain("notice-window.closing 2027-11-02 14");
  });

  /** Each command under a key, with the step that its first run hangs at, and how many there are of what it makes. */
  const commands: [name: string, step: "change" | "putRecords", path: string, body: object, list: string][] = [
    ["a notice", "change", questions["a notice"]?.path as string, questions["a notice"]?.required as object, "notices"],
    ["a quote", "change", "/v1/quotes", { ...questions["a renewal"]?.required, asOf: "2026-03-02" }, "quotes"],
    ["an exception", "change", "/v1/exceptions", questions["an exception"]?.required as object, "exceptions"],
    ["a check", "putRecords", "/v1/entitlement-checks", check, "decisions"],
  ];

  test.each(commands)("%s whose first run ends after its retry has one effect and one answer, the retry's", async (_, step, path, body, list) => {
    let hang: ReturnType<typeof gate> | null = null;
    const service = await startWithAcme((store) => ({
      ...store,
      [step]: async (...given: never[]) => {
        await hang?.pass();
        return (store[step] as (...given: never[]) => unknown)(...given);
      },
    }));
    hang = gate();
    const key = { "idempotency-key": "once" };
    const late = service.send("POST", path, body, key);
    await hang.held;
    service.clock.now += 60_000;
    const retried = await service.send("POST", path, body, key);
    expect(retried.status, retried.text).toBe(201);
    // What the late run would stand on has changed since.
    await service.send("PUT", "/v1/accounts/acme/licenses/l-2", { productId: "qs-analyzer", kind: "perpetual", seats: 1, deliveredOn: "2026-01-01" });
    hang.open();
    const ended = await late;
    expect([ended.status, ended.text, ended.headers["idempotency-replayed"]]).toEqual([201, retried.text, "true"]);
    expect((await service.send("GET", `/v1/accounts/acme/${list}`)).body.items).toHaveLength(1);
    expect((await service.send("POST", path, body, key)).text).toBe(retried.text);
  });
});

describe("middy#426, #802: an internal error becomes 200 with an empty body", () => {
  const thrown: [string, unknown][] = [
    ["an error", new TypeError("x is not a function")],
    ["a text", "acme"],
    ["an empty text", ""],
    ["null", null],
    ["undefined", undefined],
    ["zero", 0],
    ["false", false],
    ["a frozen object", Object.freeze({ secret: "acme" })],
    ["a frozen error", Object.freeze(new Error("acme"))],
    ["what looks like an answer", { statusCode: 200, headers: {}, body: "" }],
    ["an error that names a status", Object.assign(new Error("acme"), { statusCode: 200, status: 200, expose: true })],
    ["an error of an error", new Error("outer", { cause: Object.freeze({ code: 200 }) })],
  ];
  let service: Service;
  let fault: { thrown: unknown } | null = null;

  /** A store of which every step fails once there is a fault. */
  const failing = <T extends object>(source: T): T =>
    new Proxy(source, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value === "object" && value !== null) return failing(value);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => {
          if (fault !== null) throw fault.thrown;
          return value.apply(target, given);
        };
      },
    });
  beforeAll(async () => {
    service = await startService((store: Store) => failing(store));
  });

  /** They tell of the service itself, and look at nothing that is stored. */
  const storeless = ["GET /v1/openapi.json", "GET /docs", "GET /docs/redoc.js", "GET /v1/schemas/policy.json"];
  type Asked = [target: string, body: object | undefined];
  const targets: Record<string, Asked> = {
    ...Object.fromEntries(Object.entries(good).map(([routeKey, [target, body]]): [string, Asked] => [routeKey, [target(), body]])),
    ...Object.fromEntries(lists.map(([pattern, path]): [string, Asked] => [`GET ${pattern}`, [path, undefined]])),
    ...Object.fromEntries(
      kinds.flatMap(([kind, pattern, path]) =>
        ["PUT", "GET", "DELETE"].map((method): [string, Asked] => [`${method} ${pattern}`, [path, method === "PUT" ? bodyOf(kind) : undefined]]),
      ),
    ),
  };
  const tried: [string, Operation][] = routes.filter(([routeKey]) => routeKey !== "$default" && !storeless.includes(routeKey));

  test.each(tried)("%s: whatever is thrown, an opaque 500 that is logged", async (routeKey) => {
    const [method = ""] = routeKey.split(" ");
    const [target, body] = targets[routeKey] as Asked;
    for (const [name, value] of thrown) {
      fault = { thrown: value };
      service.log.length = 0;
      const answered = await service.send(method, target, body, method === "POST" ? { "idempotency-key": "once" } : {});
      fault = null;
      expect([name, answered.status, answered.body?.code]).toEqual([name, 500, "internal-error"]);
      expect(answered.text).not.toContain("acme");
      expect(service.log).toMatchObject([{ level: "error", status: 500, code: "internal-error", error: expect.any(String) }]);
    }
  });

  test.each(storeless)("%s answers with a body all the same", async (routeKey) => {
    fault = { thrown: null };
    const { status, content } = await service.send("GET", routeKey.slice("GET ".length));
    fault = null;
    expect([status, content.length > 100]).toEqual([200, true]);
  });

  test("who may not ask is told so, and no fault beneath turns that into an answer", async () => {
    fault = { thrown: null };
    service.claims = null;
    for (const [routeKey] of tried.filter(([routeKey]) => routeKey !== "GET /v1/health")) {
      const [target, body] = targets[routeKey] as Asked;
      expect([routeKey, (await service.send(routeKey.split(" ")[0] as string, target, body)).status]).toEqual([routeKey, 401]);
    }
    service.claims = adminClaims;
    fault = null;
  });
});
