/** Every route asked once and more, as a caller would, with what comes between: files, the queue, the stream, the clock. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { documents, newKey, writes } from "../../functions/http/example.ts";
import { purchase, reinstatement } from "../../functions/http/quotes-example.ts";
import { csv, line } from "../../functions/imports/files.ts";
import type { Deployment, Reply } from "./deployment.ts";

const northwind = JSON.parse(readFileSync(fileURLToPath(new URL("../../../docs/example-policy/policy.json", import.meta.url)), "utf8"));

type Ask = (method: string, target: string, status: number, body?: unknown, headers?: Record<string, string>) => Promise<Reply["body"]>;

/** @throws where an answer is not the one expected */
export function asking(deployment: Deployment) {
  const ask: Ask = async (method, target, status, body, headers) => {
    const reply = await deployment.send(method, target, body, headers);
    expect(
      reply.status,
      `${method} ${target}: ${reply.text.slice(0, 300)} ${deployment.refused.at(-1) ?? ""} ${reply.status >= 500 ? deployment.log.at(-1) : ""}`,
    ).toBe(status);
    return reply.body;
  };
  const get = (target: string) => ask("GET", target, 200);
  const post = (target: string, status: number, body?: unknown) => ask("POST", target, status, body, newKey());
  return { ask, get, post };
}

export type Asking = ReturnType<typeof asking>;

/** @throws where an answer is not the one expected */
export async function useEverything(deployment: Deployment): Promise<void> {
  const by = asking(deployment);
  const { ask, get, post } = by;
  for (const path of ["/v1/health", "/v1/openapi.json", "/docs", "/docs/redoc.js", "/v1/policies", "/v1/schemas/policy.json"]) await get(path);
  await ask("GET", "/nowhere", 404);
  await ask("PUT", `/v1/policies/${northwind.id}/versions/${northwind.version}`, 201, northwind);
  await get(`/v1/policies/${northwind.id}`);
  await get(`/v1/policies/${northwind.id}/versions/${northwind.version}`);

  await recordFacts(by);
  await askQuestions(by);
  await giveNotices(by);
  await makeQuotes(by, deployment);
  await importFile(deployment);

  const { exceptionId } = await post("/v1/exceptions", 201, documents.exception);
  await get("/v1/accounts/acme/exceptions");
  await get(`/v1/accounts/acme/exceptions/${exceptionId}`);
  await ask("DELETE", `/v1/accounts/acme/exceptions/${exceptionId}`, 204);

  expect(await deployment.followStream()).toEqual([]);
  await deployment.runSchedules();
  await post("/v1/sweeps", 200, {});
  await get("/v1/sweeps/last");
  expect((await get("/v1/events")).items).not.toEqual([]);
  for (const type of ["json", "csv", "ics"]) await get(`/v1/deadlines${type === "json" ? "" : `.${type}`}`);
  for (const what of ["contracts", "renewals", "decisions", "quotes"]) await get(`/v1/exports/${what}.csv`);
}

async function recordFacts({ ask, get }: Asking): Promise<void> {
  for (const [path, document] of writes) await ask("PUT", path, 201, document);
  const more: [path: string, document: object][] = [
    ["/v1/products/old", documents.product],
    ["/v1/price-lists/old", documents.priceList],
    ["/v1/accounts/old", documents.account],
    ["/v1/accounts/acme/licenses/old", documents.license],
    ["/v1/accounts/acme/premises/old", documents.premises],
    ["/v1/accounts/acme/contracts/old", { ...documents.contract, lines: [] }],
    ["/v1/accounts/acme/contracts/c-1/lines/l-2", documents.line],
    ["/v1/accounts/acme/contacts/old", documents.contact],
    ["/v1/accounts/acme/invoices/old", documents.invoice],
    ["/v1/accounts/acme/invoices/inv-7/payments/p-1", documents.payment],
  ];
  for (const [path, document] of more) {
    await ask("PUT", path, 201, document);
    if (!path.includes("/lines/")) await get(path);
  }
  await get("/v1/accounts/acme/contracts/c-1/lines/l-2");
  await get("/v1/accounts/acme/facts");
  for (const list of ["products", "price-lists", "accounts"]) await get(`/v1/${list}`);
  for (const list of ["licenses", "premises", "contracts", "contacts", "invoices"]) await get(`/v1/accounts/acme/${list}`);
  for (const [path] of more.reverse()) await ask("DELETE", path, 204);
}

async function askQuestions({ get, post }: Asking): Promise<void> {
  const decision = await post("/v1/entitlement-checks", 201, { ...documents.check, request: { ...documents.check.request, caseId: "case-1" } });
  await post("/v1/entitlement-checks/preview", 200, documents.check);
  await post("/v1/entitlement-checks/batch", 200, { items: [documents.check, documents.check, { accountId: "nobody" }] });
  await post("/v1/contact-checks", 200, documents.contactCheck);
  await post("/v1/severity-assessments", 200, documents.severity);
  await post("/v1/case-closure-checks", 200, documents.closure);
  await get("/v1/accounts/acme/standing");
  await get("/v1/accounts/acme/contracts/c-1/renewal");
  await get(`/v1/decisions/${decision.id}`);
  await post(`/v1/decisions/${decision.id}/replay`, 200);
  await get("/v1/accounts/acme/decisions");
  expect((await get("/v1/decisions?caseId=case-1")).items).toHaveLength(1);
}

async function giveNotices({ get, post }: Asking): Promise<void> {
  const below = "/v1/accounts/acme/contracts/c-1/notices";
  await post(`${below}/preview`, 200, documents.notice);
  const first = await post(below, 201, documents.notice);
  const second = await post(below, 201, documents.notice);
  await get(`${below}/${first.id}`);
  await get(`/v1/accounts/acme/notices/${second.id}`);
  await get("/v1/accounts/acme/notices");
  await post(`${below}/${first.id}/withdraw`, 200);
  await post(`/v1/accounts/acme/notices/${second.id}/withdraw`, 200);
}

async function makeQuotes({ ask, get, post }: Asking, { send }: Deployment): Promise<void> {
  const lapsed = { ...documents.contract, settings: { autoRenew: false }, term: { firstDay: "2025-01-01", lastDay: "2025-12-31" } };
  await ask("PUT", "/v1/accounts/lapsed", 201, documents.account);
  await ask("PUT", "/v1/accounts/lapsed/licenses/l-1", 201, documents.license);
  await ask("PUT", "/v1/accounts/lapsed/contracts/c-1", 201, lapsed);
  await post("/v1/quotes/preview", 200, reinstatement("lapsed"));
  const quote = await post("/v1/quotes", 201, reinstatement("lapsed"));
  await get(`/v1/quotes/${quote.id}`);
  expect((await send("GET", `/v1/quotes/${quote.id}.pdf`)).status).toBe(200);
  await post(`/v1/quotes/${quote.id}/replay`, 200);
  await ask("POST", `/v1/quotes/${quote.id}/accept`, 200, { paidOn: "2026-06-15" }, newKey());
  const other = await post("/v1/quotes", 201, purchase("acme"));
  await post(`/v1/quotes/${other.id}/void`, 200, { reason: "not wanted any more" });
  await get("/v1/accounts/acme/quotes");
}

/** Handed in, previewed, committed, reverted. @throws where an answer is not the one expected */
export async function importFile(deployment: Deployment): Promise<void> {
  const { get, post } = asking(deployment);
  const { id, uploadUrl } = await post("/v1/imports", 201, { kind: "contracts" });
  await deployment.upload(uploadUrl, csv([{ ...line, accountId: "imported" }]));
  await deployment.workQueues();
  const stateAfter = async (expected: string) => expect(await get(`/v1/imports/${id}`)).toMatchObject({ status: expected });
  await stateAfter("previewed");
  await get(`/v1/imports/${id}/rows`);
  await get("/v1/imports");
  await post(`/v1/imports/${id}/commit`, 202);
  await deployment.workQueues();
  await stateAfter("committed");
  await post(`/v1/imports/${id}/revert`, 202);
  await deployment.workQueues();
  await stateAfter("reverted");
}
