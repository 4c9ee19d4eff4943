/** The log holds no person, no token and no body, wherever in a request such a thing is put and however the request ends. */
import { beforeAll, expect, test } from "vitest";
import { decisionsByOutcome, measured } from "../../../functions/http/metrics.ts";
import type { Store } from "../../../functions/store/store.ts";
import { documents, writeExample } from "./example.ts";
import { type Service, startService } from "./service.ts";

const canary = "canary7f3a";
const mail = `${canary}@person.example`;
const token = `Bearer eyJ${canary}`;

let service: Service;
let broken: Service;

beforeAll(async () => {
  service = await startService();
  // A store that fails with what it was given, as a careless library would.
  broken = await startService((real) => new Proxy(real, { get: (store, name) => failing(store, name as keyof Store) }));
  await writeExample(service);
});

function failing(store: Store, name: keyof Store): unknown {
  if (name === "change" || name === "putRecord" || name === "putRecords")
    return () => Promise.reject(Object.assign(new TypeError("cannot write"), { input: { mail, canary } }));
  return store[name];
}

const person = { name: `Name ${canary}`, email: mail, phone: `+41 ${canary}` };
const contact = { ...documents.contact, ...person };
const headers = { authorization: token, cookie: canary, "user-agent": canary, "x-forwarded-for": canary, "idempotency-key": `key-${canary}` };

const requests: [what: string, method: string, target: string, body: unknown][] = [
  ["a contact", "PUT", "/v1/accounts/acme/contacts/someone", contact],
  ["a contact with an unknown field", "PUT", "/v1/accounts/acme/contacts/someone", { ...contact, [canary]: canary }],
  ["a contact with a wrong role", "PUT", "/v1/accounts/acme/contacts/someone", { ...contact, role: canary }],
  ["a contact that is a text", "PUT", "/v1/accounts/acme/contacts/someone", canary],
  ["a customer's name", "PUT", "/v1/accounts/acme", { name: canary, customerNumber: canary }],
  ["a contact to be checked", "POST", "/v1/contact-checks", { ...documents.contactCheck, contact: { ...documents.contactCheck.contact, ...person } }],
  ["a case", "POST", "/v1/entitlement-checks", { ...documents.check, request: { ...documents.check.request, caseId: canary } }],
  [
    "a case of a reseller",
    "POST",
    "/v1/entitlement-checks",
    { ...documents.check, request: { ...documents.check.request, requester: "reseller", resellerName: canary } },
  ],
  ["a reason", "POST", "/v1/exceptions", { ...documents.exception, reason: canary, approvedBy: canary }],
  ["a notice", "POST", "/v1/accounts/acme/contracts/c-1/notices", { ...documents.notice, form: canary }],
  ["a search", "GET", `/v1/accounts?q=${canary}`, undefined],
  ["a query that is none", "GET", `/v1/accounts?${canary}=${canary}`, undefined],
  ["an account that is none", "GET", `/v1/accounts/${canary}`, undefined],
  ["a path that is none", "GET", `/v1/${canary}`, undefined],
];

test.each(requests)("%s, well and failing", async (_, method, target, body) => {
  for (const one of [service, broken]) {
    one.log.length = 0;
    await one.send(method, target, body, headers);
    expect(one.log).not.toEqual([]);
    expect(one.log.map((line) => JSON.stringify(line)).join("\n")).not.toContain(canary);
  }
});

test("a body that is no JSON", async () => {
  service.log.length = 0;
  await service.sendText("PUT", "/v1/accounts/acme", `{"name": "${canary}`, headers);
  expect(JSON.stringify(service.log)).not.toContain(canary);
});

test("a caller who is named by a mail address is named by its digest", async () => {
  service.caller = mail;
  service.log.length = 0;
  await service.send("GET", "/v1/accounts/acme");
  service.caller = null;
  expect(service.log).toMatchObject([{ caller: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }]);
  expect(JSON.stringify(service.log)).not.toContain(canary);
});

test("a fault of ours is told with where it happened, and nothing of what was sent", async () => {
  broken.log.length = 0;
  expect((await broken.send("PUT", "/v1/accounts/new", { name: canary })).status).toBe(500);
  expect(broken.log).toMatchObject([{ level: "error", code: "internal-error", error: expect.stringContaining("TypeError: cannot write\n    at ") }]);
});

test("metrics are members of the line, and there are none where no stage takes them", () => {
  expect(measured(null, 0, { Latency: 1 })).toEqual({});
  expect(measured("prod", 0, {})).toEqual({});
  expect(measured("prod", 1_700_000_000_000, { Latency: 12.5, ...decisionsByOutcome(["entitled", "redirected", "entitled"]) })).toEqual({
    _aws: {
      Timestamp: 1_700_000_000_000,
      CloudWatchMetrics: [
        {
          Namespace: "GoodStanding",
          Dimensions: [["stage"]],
          Metrics: [
            { Name: "Latency", Unit: "Milliseconds" },
            { Name: "DecisionsEntitled", Unit: "Count" },
            { Name: "DecisionsRedirected", Unit: "Count" },
          ],
        },
      ],
    },
    stage: "prod",
    Latency: 12.5,
    DecisionsEntitled: 2,
    DecisionsRedirected: 1,
  });
});
