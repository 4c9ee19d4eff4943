/** The OpenAPI document says what the service does: every route is in it, and its schemas take and refuse what we do. */
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { newId } from "../../../functions/http/ids.ts";
import type { Operation } from "../../../functions/http/operation.ts";
import { northwindJson } from "../../northwind.ts";
import { documents, newKey, writeExample } from "./example.ts";
import { routes, type Service, startService } from "./service.ts";

// biome-ignore lint/suspicious/noExplicitAny: a document of all kinds of things
let document: any;
let service: Service;
beforeAll(async () => {
  service = await startService();
  await writeExample(service);
  document = (await service.send("GET", "/v1/openapi.json")).body;
});

const described = routes.filter(([routeKey]) => routeKey !== "$default");
const at = (routeKey: string) => {
  const [method, path] = routeKey.split(" ") as [string, string];
  return document.paths[path]?.[method.toLowerCase()];
};

test("is OpenAPI 3.1, with every route of the service and no other", () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const documents = described.flatMap(([routeKey, { document: its }]) => (its === undefined ? [] : [`${routeKey}${its.suffix}`]));
  expect(listed.sort()).toEqual([...described.map(([routeKey]) => routeKey), ...documents].sort());
});

test("a quote's document is declared at its own path, in its own media type", () => {
  const [json, pdf] = [at("GET /v1/quotes/{quoteId}"), at("GET /v1/quotes/{quoteId}.pdf")];
  expect(Object.keys(json.responses[200].content)).toEqual(["application/json"]);
  expect(pdf.responses[200].content).toEqual({ "application/pdf": { schema: { type: "string", format: "binary" } } });
  expect([pdf.operationId, pdf.summary]).toEqual(["getQuotesByQuoteIdAsPdf", "Read a quote as a document to send"]);
  expect(pdf.parameters).toEqual(json.parameters);
  expect(Object.keys(pdf.responses).sort()).toEqual(Object.keys(json.responses).sort());
});

test("ids that the service makes are described as such: they say what they look like, and the examples do", () => {
  const parameter = (routeKey: string, name: string) => at(routeKey).parameters.find((one: { name: string }) => one.name === name);
  const made: [routeKey: string, name: string, prefix: string][] = [
    ["GET /v1/quotes/{quoteId}", "quoteId", "qt"],
    ["GET /v1/decisions/{decisionId}", "decisionId", "chk"],
    ["POST /v1/accounts/{accountId}/notices/{noticeId}/withdraw", "noticeId", "ntc"],
    ["GET /v1/imports/{importId}", "importId", "imp"],
    ["DELETE /v1/accounts/{accountId}/exceptions/{exceptionId}", "exceptionId", "exc"],
  ];
  for (const [routeKey, name, prefix] of made) {
    const { schema, description = schema.description, example = schema.example } = parameter(routeKey, name);
    expect(description, routeKey).toMatch(/^Made by the service when the \w+ was stored\.$/);
    expect(new RegExp(schema.pattern).test(example), routeKey).toBe(true);
    expect(new RegExp(schema.pattern).test(newId(prefix, Date.parse("2026-11-25T00:00:00Z"))), routeKey).toBe(true);
    expect(new RegExp(schema.pattern).test("acme"), routeKey).toBe(false);
  }
  expect(JSON.stringify(parameter("GET /v1/accounts/{accountId}", "accountId"))).toContain("The caller's own id.");
});

describe.each(described)("%s", (routeKey: string, operation: Operation) => {
  test("names its parameters, its body, its answers and its key", () => {
    const said = at(routeKey);
    const named = (place: string) =>
      (said.parameters ?? []).filter((one: { in: string }) => one.in === place).map((one: { name: string }) => one.name);
    expect(named("path")).toEqual([...routeKey.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(named("query").sort()).toEqual(Object.keys(operation.query?.shape ?? {}).sort());
    const headers = [...Object.keys(operation.requestHeaders?.shape ?? {}), ...(operation.idempotency ? ["idempotency-key"] : [])];
    expect(named("header").sort()).toEqual(headers.sort());
    expect(said.requestBody !== undefined).toBe(operation.body !== undefined);
    expect(Object.keys(said.responses).sort()).toEqual([...Object.keys(operation.answers), "4XX", "5XX"].sort());
    const key = (said.parameters ?? []).find((one: { name: string }) => one.name === "idempotency-key");
    if (key !== undefined) expect(key.required ?? false).toBe(operation.idempotency === "required");
    expect(said.summary).not.toBe("");
  });
});

test("operations have names of their own, tags that are listed, and every reference leads somewhere", () => {
  const operations = described.map(([routeKey]) => at(routeKey));
  const names = operations.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain("putAccountsByAccountIdLicensesByLicenseId");
  const tags = document.tags.map(({ name }: { name: string }) => name);
  for (const {
    tags: [tag],
  } of operations)
    expect(tags).toContain(tag);
  for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    expect(document.components.schemas, name).toHaveProperty([name as string]);
});

test("carries no pattern longer than a line, and no bounds that only a machine's number has", () => {
  const text = JSON.stringify(document);
  for (const [, pattern] of text.matchAll(/"pattern":"((?:[^"\\]|\\.)*)"/g)) expect((pattern as string).length).toBeLessThan(90);
  expect(text).not.toContain("9007199254740991");
  expect(document.components.schemas.CalendarDate).toMatchObject({ type: "string", format: "date" });
  expect(document.components.schemas.Instant).toMatchObject({ type: "string", format: "date-time" });
});

test("no shape of a body or an answer is left open", () => {
  const open: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== "object" || node === null) return;
    const schema = node as Record<string, unknown>;
    if (schema.type === "object" && schema.properties !== undefined && schema.additionalProperties !== false) open.push(path);
    for (const [key, value] of Object.entries(schema)) walk(value, `${path}/${key}`);
  };
  walk(document.components.schemas, "");
  for (const [routeKey] of described) for (const part of ["requestBody", "responses"]) walk(at(routeKey)[part], `${routeKey}/${part}`);
  // The description of the service itself.
  expect(open.filter((path) => !/openapi\.json|schemas\/policy\.json/.test(path))).toEqual([]);
});

/** The schema that the document gives, as a validator of its own. */
function validator(schema: object): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll("#/components/schemas/", "#/$defs/");
  return z.fromJSONSchema(JSON.parse(text));
}

const body = (routeKey: string) => validator(at(routeKey).requestBody.content["application/json"].schema);
const answerOf = (routeKey: string, status: number) => validator(at(routeKey).responses[status].content["application/json"].schema);
const problem = () => validator(document.components.schemas.Problem);

const account = "/v1/accounts/acme";
/** For each route: a good request. */
const requests: [routeKey: string, target: string, body?: object][] = [
  ["PUT /v1/products/{productId}", "/v1/products/qs-analyzer", documents.product],
  ["PUT /v1/price-lists/{priceListId}", "/v1/price-lists/pl-2026", documents.priceList],
  ["PUT /v1/accounts/{accountId}", account, documents.account],
  ["PUT /v1/accounts/{accountId}/licenses/{licenseId}", `${account}/licenses/l-1`, documents.license],
  ["PUT /v1/accounts/{accountId}/premises/{premisesId}", `${account}/premises/hq`, documents.premises],
  ["PUT /v1/accounts/{accountId}/contracts/{contractId}", `${account}/contracts/c-1`, documents.contract],
  ["PUT /v1/accounts/{accountId}/contracts/{contractId}/lines/{licenseId}", `${account}/contracts/c-1/lines/l-1`, documents.line],
  ["PUT /v1/accounts/{accountId}/contacts/{contactId}", `${account}/contacts/jmeier`, documents.contact],
  ["PUT /v1/accounts/{accountId}/invoices/{invoiceId}", `${account}/invoices/inv-7`, documents.invoice],
  ["PUT /v1/accounts/{accountId}/invoices/{invoiceId}/payments/{paymentId}", `${account}/invoices/inv-7/payments/p-1`, documents.payment],
  ["POST /v1/entitlement-checks", "/v1/entitlement-checks", documents.check],
  ["POST /v1/entitlement-checks/preview", "/v1/entitlement-checks/preview", documents.check],
  ["POST /v1/entitlement-checks/batch", "/v1/entitlement-checks/batch", { items: [documents.check, { ...documents.check, accountId: "nobody" }] }],
  ["POST /v1/accounts/{accountId}/contracts/{contractId}/notices", `${account}/contracts/c-1/notices`, documents.notice],
  ["POST /v1/accounts/{accountId}/contracts/{contractId}/notices/preview", `${account}/contracts/c-1/notices/preview`, documents.notice],
  ["POST /v1/contact-checks", "/v1/contact-checks", documents.contactCheck],
  ["POST /v1/severity-assessments", "/v1/severity-assessments", documents.severity],
  ["POST /v1/case-closure-checks", "/v1/case-closure-checks", documents.closure],
  ["POST /v1/imports", "/v1/imports", { kind: "contracts" }],
  ["POST /v1/quotes", "/v1/quotes", documents.quote],
  ["POST /v1/quotes/preview", "/v1/quotes/preview", documents.quote],
  ["POST /v1/exceptions", "/v1/exceptions", documents.exception],
  ["PUT /v1/policies/{policyId}/versions/{version}", "/v1/policies/northwind-support/versions/2026-01", northwindJson()],
];

describe.each(requests)("%s", (routeKey, target, request) => {
  const [method] = routeKey.split(" ") as [string];

  test("what the document takes, the service takes, and it answers what the document says", async () => {
    expect(body(routeKey).safeParse(request).error).toBeUndefined();
    const response = await service.send(method, target, request, newKey());
    expect(response.status).toBeLessThan(300);
    expect(answerOf(routeKey, response.status).safeParse(response.body).error).toBeUndefined();
    const { [Object.keys(response.body)[0] as string]: _, ...cut } = response.body;
    expect(answerOf(routeKey, response.status).safeParse(cut).success).toBe(false);
  });

  test("what the document refuses, the service refuses, as the document says", async () => {
    const broken: object[] = [{ ...request, unknown: 1 }, {}];
    for (const [key, value] of Object.entries(request as object)) broken.push({ ...request, [key]: typeof value === "number" ? "1" : 1 });
    for (const one of broken) {
      const expected = body(routeKey).safeParse(one).success;
      const response = await service.send(method, target, one, newKey());
      expect(response.status === 400, `${JSON.stringify(one)} → ${response.text}`).toBe(!expected);
      if (response.status >= 400) expect(problem().safeParse(response.body).error).toBeUndefined();
    }
  });
});

const reads: [routeKey: string, target: string][] = [
  ["GET /v1/accounts", "/v1/accounts"],
  ["GET /v1/accounts/{accountId}/facts", `${account}/facts`],
  ["GET /v1/accounts/{accountId}/standing", `${account}/standing`],
  ["GET /v1/accounts/{accountId}/contracts/{contractId}/renewal", `${account}/contracts/c-1/renewal`],
  ["GET /v1/accounts/{accountId}/decisions", `${account}/decisions`],
  ["GET /v1/accounts/{accountId}/notices", `${account}/notices`],
  ["GET /v1/accounts/{accountId}/quotes", `${account}/quotes`],
  ["GET /v1/accounts/{accountId}/exceptions", `${account}/exceptions`],
  ["GET /v1/imports", "/v1/imports"],
  ["GET /v1/policies", "/v1/policies"],
  ["GET /v1/policies/{policyId}", "/v1/policies/ebiexperts-support"],
  ["GET /v1/health", "/v1/health"],
];

test.each(reads)("%s answers what the document says", async (routeKey, target) => {
  const { status, body } = await service.send("GET", target);
  expect(answerOf(routeKey, status).safeParse(body).error).toBeUndefined();
});
