/**
 * The short form of `npm run hostile`: two and a half thousand hostile requests over all routes, the same ones each time.
 * And the proof that it would tell: a service broken in one way, for each thing that is looked at.
 */
import { expect, test } from "vitest";
import * as z from "zod";
import { accessRows } from "../functions/http/roles-page.ts";
import { examples } from "./examples.ts";
import { mutations } from "./mutations.ts";
import { canary } from "./parts.ts";
import { runHostile } from "./run.ts";
import { routes, type Variant } from "./service.ts";

test("every route has its example where it takes a body, and its row in the table of roles", () => {
  const withBody = routes.filter(([, { body }]) => body !== undefined).map(([routeKey]) => routeKey);
  expect(Object.keys(examples).sort()).toEqual(withBody.sort());
  expect([...accessRows.keys()].sort()).toEqual(routes.map(([routeKey]) => routeKey).sort());
});

test("no fault, nothing taken that must be refused, nothing told to the log", async () => {
  const report = await runHostile({ seed: 20261122, requests: 2_500 });
  expect(report.violations.map(({ what, number, request: { routeKey, kinds } }) => [number, routeKey, kinds, what])).toEqual([]);
  expect(report.requests).toBe(2_500);
  // Most are refused for what was done to them; enough are taken, so that refusing everything would not pass.
  expect(report.mustBeRefused).toBeGreaterThan(1_500);
  expect((report.statuses.get(200) ?? 0) + (report.statuses.get(201) ?? 0)).toBeGreaterThan(200);
  const common = mutations.filter(({ rare }) => rare === undefined).map(({ name }) => name);
  expect(common.filter((name) => !report.kinds.has(name))).toEqual([]);
});

/** Kinds of violation that a broken service is caught with. */
async function caught(variant: Variant): Promise<string[]> {
  const { violations } = await runHostile({ seed: 7, requests: 1_500, variant, mostViolations: 5 });
  return violations.map(({ what }) => what);
}

const contact = "PUT /v1/accounts/{accountId}/contacts/{contactId}";

test("a handler that throws is caught", async () => {
  const broken: Variant = (operation, routeKey) =>
    routeKey === contact ? { ...operation, run: () => Promise.reject(new TypeError("cannot read")) } : operation;
  expect(await caught(broken)).toContain("a fault of ours: 500");
});

test("a handler that logs a body is caught, also one that prints it", async () => {
  const logs: Variant = (operation, _, log) => ({
    ...operation,
    run(call) {
      log(JSON.stringify({ body: call.body, key: call.headers["idempotency-key"] }));
      return operation.run(call);
    },
  });
  const prints: Variant = (operation) => ({
    ...operation,
    run(call) {
      if (call.headers["user-agent"] !== undefined) process.stdout.write(`${call.headers["user-agent"]}\n`);
      return operation.run(call);
    },
  });
  expect(await caught(logs)).toContain("the log tells what was sent");
  expect(await caught(prints)).toContain("the log tells what was sent");
});

test("a handler that accepts an unknown field is caught", async () => {
  const broken: Variant = (operation) =>
    operation.body instanceof z.ZodObject ? { ...operation, body: z.looseObject(operation.body.shape) } : operation;
  expect(await caught(broken)).toContainEqual(expect.stringMatching(/^taken although it must be refused: 20[01]$/));
});

test("a handler that writes before it refuses is caught", async () => {
  const broken: Variant = (operation, routeKey) =>
    routeKey === "GET /v1/accounts/{accountId}/standing"
      ? {
          ...operation,
          async run(call) {
            await call.store.putRecords([], {
              key: { caller: "x", route: "x", key: call.requestId },
              bodyHash: "x",
              status: 200,
              headers: {},
              body: "",
            });
            return operation.run(call);
          },
        }
      : operation;
  expect(await caught(broken)).toContainEqual(expect.stringMatching(/^changed the table: 1 commands/));
});

test("a refusal that tells a stack is caught", async () => {
  const broken: Variant = (operation, routeKey) =>
    routeKey === contact
      ? {
          ...operation,
          async run() {
            const document = { type: "about:blank", status: 422, code: "broken", detail: new Error("x").stack };
            return { status: 422, headers: { "content-type": "application/problem+json" }, json: JSON.stringify(document) };
          },
        }
      : operation;
  expect(await caught(broken)).toContain("a refusal that tells of our insides");
});

test("the same seed tells the same requests", async () => {
  const [one, other] = [await runHostile({ seed: 3, requests: 200 }), await runHostile({ seed: 3, requests: 200 })];
  expect([...one.kinds]).toEqual([...other.kinds]);
  expect([...one.statuses]).toEqual([...other.statuses]);
  expect(JSON.stringify(examples)).not.toContain(canary);
});
