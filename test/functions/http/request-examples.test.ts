/** The examples of the API page, sent in their order: a customer's year, with the figures that the worked examples have. */
import { expect, test } from "vitest";
import { requestExamples } from "../../../functions/http/request-examples.ts";
import { newKey } from "./example.ts";
import { routes, type Service, startService } from "./service.ts";

const ids: Record<string, string> = {
  productId: "qs-analyzer",
  priceListId: "pl-2026",
  accountId: "acme",
  licenseId: "l-1",
  premisesId: "hq",
  contractId: "c-1",
  contactId: "jmeier",
  invoiceId: "inv-7",
  paymentId: "p-1",
  policyId: "northwind-care",
  version: "1",
};

const send = (service: Service, routeKey: string, made: Record<string, string>, body: object) => {
  const [method, path] = routeKey.split(" ") as [string, string];
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => made[name] ?? ids[name] ?? `no-${name}`);
  return service.send(method, target, body, newKey());
};

const named = (routeKey: string, name: string): object => {
  const body = requestExamples[routeKey as keyof typeof requestExamples]?.[name];
  if (body === undefined) throw new Error(`no example \`${name}\` of ${routeKey}`);
  return body;
};

test("every route that needs a body shows one", () => {
  const withBody = routes.filter(([, { body }]) => body?.safeParse(undefined).success === false).map(([routeKey]) => routeKey);
  expect(withBody.filter((routeKey) => requestExamples[routeKey as keyof typeof requestExamples] === undefined)).toEqual([]);
  const known = new Set(routes.filter(([, { body }]) => body !== undefined).map(([routeKey]) => routeKey));
  expect(Object.keys(requestExamples).filter((routeKey) => !known.has(routeKey))).toEqual([]);
});

test("sent in their order they are answered, and quotes come to what is worked by hand", async () => {
  const service = await startService();
  const totals: Record<string, string> = {};
  const rulings: Record<string, string> = {};
  const ask = async (routeKey: string, name: string, made: Record<string, string> = {}) => {
    const { status, body, text } = await send(service, routeKey, made, named(routeKey, name));
    expect(status, `${routeKey}: ${name}: ${text}`).toBeLessThan(300);
    if (body.total) totals[name] = body.total.amount;
    if (body.ruling) rulings[name] = body.ruling;
    return body;
  };
  const all = async (routeKey: string, made: Record<string, string> = {}) => {
    for (const name of Object.keys(requestExamples[routeKey as keyof typeof requestExamples] ?? {})) await ask(routeKey, name, made);
  };
  for (const routeKey of Object.keys(requestExamples).filter((one) => one.startsWith("PUT "))) await all(routeKey);

  const decision = await ask("POST /v1/entitlement-checks", "May we work on this case?");
  expect(decision).toMatchObject({
    outcome: "entitled",
    deadlines: [{ kind: "first-response", dueAt: "2026-03-02T10:30:00Z" }, { kind: "next-update" }],
  });
  await all("POST /v1/entitlement-checks/preview");
  const { items } = await ask("POST /v1/entitlement-checks/batch", "Two cases at once");
  expect(items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["entitled", "entitled"]);
  await all("POST /v1/decisions/{decisionId}/replay", { decisionId: decision.id });
  expect(await ask("POST /v1/contact-checks", "May he be named as a contact?")).toMatchObject({ outcome: "allowed" });
  expect(await ask("POST /v1/severity-assessments", "How severe is it?")).toMatchObject({ severity: "severity-1" });
  expect(await ask("POST /v1/case-closure-checks", "May the case be closed?")).toMatchObject({ mayCloseOn: "2026-03-17" });

  await ask("POST /v1/quotes/preview", "Buy more");
  await ask("POST /v1/quotes", "Buy more");
  await ask("POST /v1/quotes", "Renew");
  await ask("POST /v1/accounts/{accountId}/contracts/{contractId}/notices/preview", "The vendor raises the fee");
  await ask("POST /v1/accounts/{accountId}/contracts/{contractId}/notices", "The customer does not renew");
  const first = await ask("POST /v1/quotes", "Bring lapsed support back");
  const second = await ask("POST /v1/quotes", "Bring lapsed support back");
  // 10,000.00 + 275 of 365 days; the running fee; 4,958.90 + 10,500.00 + 25 % of both.
  expect(totals).toEqual({ "Buy more": "17534.25", Renew: "10000.00", "Bring lapsed support back": "19323.63" });
  // Ten thousand may become at most 10,500.00, told by 1 November; the customer has until 16 November.
  expect(rulings).toEqual({ "The vendor raises the fee": "valid", "The customer does not renew": "valid" });
  await all("POST /v1/quotes/{quoteId}/replay", { quoteId: first.id });
  await all("POST /v1/quotes/{quoteId}/void", { quoteId: second.id });
  await all("POST /v1/exceptions");
  await all("POST /v1/imports");
  await all("POST /v1/sweeps");
  expect(await ask("POST /v1/quotes/{quoteId}/accept", "It was paid", { quoteId: first.id })).toMatchObject({ status: "accepted" });
});
