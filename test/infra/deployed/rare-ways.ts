/**
 * What happens seldom and needs rights all the same: what was known earlier is asked for, accounts grow large, others write
 * at the same moment, files are gone, time runs out, years pass.
 */
import { expect, vi } from "vitest";
import { documents } from "../../functions/http/example.ts";
import { purchase } from "../../functions/http/quotes-example.ts";
import { csv, line } from "../../functions/imports/files.ts";
import type { Deployment } from "./deployment.ts";
import { type Asking, asking } from "./scenario.ts";

interface Large {
  decisionId: string;
  exceptionId: string;
}

const minute = 60_000;
const day = 1_440 * minute;

/** After `useEverything`, with a clock that `vi` sets. @throws where an answer is not the one expected */
export async function useRareWays(deployment: Deployment): Promise<void> {
  const by = asking(deployment);
  const large = await growLarge(by);
  await askWhatWasKnown(by, large);
  await importInTrouble(by, deployment);
  await missCalls(by, deployment);
  await letYearsPass(by, deployment);
}

async function askWhatWasKnown({ ask, get, post }: Asking, { exceptionId, decisionId }: Large): Promise<void> {
  const knownAt = new Date().toISOString();
  vi.setSystemTime(Date.now() + 1_000);
  await ask("PUT", "/v1/products/qs-analyzer", 200, { ...documents.product, name: "Renamed" });
  await ask("PUT", "/v1/accounts/acme", 200, { ...documents.account, name: "Renamed" });
  const then = `?knownAt=${knownAt}`;
  expect((await get(`/v1/products/qs-analyzer${then}`)).name).toBe(documents.product.name);
  await get(`/v1/policies/ebiexperts-support${then}`);
  for (const of of ["facts", "standing", "contracts/c-1/renewal", `exceptions/${exceptionId}`]) await get(`/v1/accounts/acme/${of}${then}`);
  await post("/v1/entitlement-checks/preview", 200, { ...documents.check, knownAt });
  await post(`/v1/decisions/${decisionId}/replay`, 200);
  await post("/v1/contact-checks", 200, { ...documents.contactCheck, knownAt });
  await post("/v1/severity-assessments", 200, { ...documents.severity, knownAt });
  await post("/v1/case-closure-checks", 200, { ...documents.closure, knownAt });
  await post("/v1/quotes/preview", 200, { ...purchase("acme"), knownAt });
  await post("/v1/accounts/acme/contracts/c-1/notices/preview", 200, { ...documents.notice, knownAt });
  await get("/v1/deadlines?accountId=acme");
  await get("/v1/accounts?status=current");
}

/** Payments with ids that do not compress: past 300 kB a dossier lies in parts, and each change writes them anew. */
async function growLarge({ ask, post }: Asking): Promise<Large> {
  const letter = () => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[Math.floor(Math.random() * 62)];
  const payments = () =>
    Array.from({ length: 1_000 }, () => ({
      paymentId: Array.from({ length: 128 }, letter).join(""),
      paidOn: "2026-03-01",
      amount: { amount: "0.01", currency: "CHF" },
    }));
  for (let n = 1; n <= 4; n++) await ask("PUT", `/v1/accounts/acme/invoices/large-${n}`, 201, { ...documents.invoice, payments: payments() });
  const notices = "/v1/accounts/acme/contracts/c-1/notices";
  const { id } = await post(notices, 201, documents.notice);
  await post(`${notices}/${id}/withdraw`, 200);
  // There is nothing to change any more, but an answer to keep.
  await post(`${notices}/${id}/withdraw`, 200);
  const quote = await post("/v1/quotes", 201, purchase("acme"));
  await post(`/v1/quotes/${quote.id}/void`, 200, { reason: "not wanted any more" });
  const { id: decisionId } = await post("/v1/entitlement-checks", 201, documents.check);
  const { exceptionId } = await post("/v1/exceptions", 201, documents.exception);
  return { decisionId, exceptionId };
}

async function importInTrouble({ get, post }: Asking, deployment: Deployment): Promise<void> {
  const begin = () => post("/v1/imports", 201, { kind: "contracts" });
  const statusOf = async (id: string) => (await get(`/v1/imports/${id}`)).status;

  const gone = await begin();
  for (const queue of deployment.queues.values()) queue.push(JSON.stringify({ Records: [{ s3: { object: { key: `uploads/${gone.id}.csv` } } }] }));
  await deployment.workQueues();
  expect(await statusOf(gone.id)).toBe("awaiting-upload");

  // More than one share of 2 MiB, and no time for the second.
  const long = await begin();
  const rows = Array.from({ length: 2_500 }, (_, n) => ({ ...line, accountId: `long-${n % 5}`, licenseId: `l-${n}`, accountName: "x".repeat(900) }));
  await deployment.upload(long.uploadUrl, csv(rows));
  await deployment.workQueues(0);
  expect(await statusOf(long.id)).toBe("previewed");

  // Somebody writes to the account while it is imported.
  const raced = await begin();
  await deployment.upload(raced.uploadUrl, csv([{ ...line, accountId: "imported", licenseId: "l-raced" }]));
  await deployment.workQueues();
  await post(`/v1/imports/${raced.id}/commit`, 202);
  // Once with others, once by itself.
  deployment.outrun("ImportsImportWorker", "imported", 2);
  await deployment.workQueues();
  expect(await statusOf(raced.id)).toBe("committed");
}

/** What a customer had to do by an instant and did not is noticed by the follower, by the sweep, or by one asked for. */
async function missCalls({ ask, get, post }: Asking, deployment: Deployment): Promise<void> {
  const term = { firstDay: "2026-01-01", lastDay: "2026-12-31" };
  const usd = { amount: "100.00", currency: "USD" };
  const contract = { policyId: "wolfram-enterprise-support", program: "enterprise", currency: "USD", term, soldBy: "direct" };
  await ask("PUT", "/v1/accounts/wes", 201, documents.account);
  await ask("PUT", "/v1/accounts/wes/licenses/l-1", 201, documents.license);
  await ask("PUT", "/v1/accounts/wes/contracts/c-1", 201, { ...contract, lines: [{ licenseId: "l-1", annualFee: usd }] });
  expect(await deployment.followStream()).toEqual([]);
  const noticedBy = [
    async () => expect(await deployment.followStream()).toEqual([]),
    () => deployment.runSchedules(),
    () => post("/v1/sweeps", 200, {}),
  ];
  for (const [n, notice] of noticedBy.entries()) {
    const filedAt = new Date().toISOString();
    const request = {
      kind: "error",
      productId: "qs-analyzer",
      licenseId: "l-1",
      severity: "critical",
      channel: "email",
      caseId: `call-${n}`,
      filedAt,
    };
    expect((await post("/v1/entitlement-checks", 201, { accountId: "wes", request })).obligations).not.toEqual([]);
    vi.setSystemTime(Date.now() + 20 * minute);
    await notice();
    expect(await deployment.followStream()).toEqual([]);
    const missed = (await get("/v1/events?type=obligation.missed&limit=100")).items as { data: { caseId: string } }[];
    expect(missed.map(({ data }) => data.caseId)).toContain(`call-${n}`);
  }
}

/** Deadlines that are long past are taken off the list: again by each of the three. */
async function letYearsPass({ ask, post }: Asking, deployment: Deployment): Promise<void> {
  const laterBy = (days: number) => vi.setSystemTime(Date.now() + days * day);
  laterBy(800);
  await ask("PUT", "/v1/accounts/wes", 200, { ...documents.account, name: "Two years on" });
  expect(await deployment.followStream()).toEqual([]);
  laterBy(800);
  // All accounts depend on which product is of which line: they are walked over.
  await ask("PUT", "/v1/products/four-years-on", 201, documents.product);
  await post("/v1/sweeps", 200, {});
  laterBy(800);
  await deployment.runSchedules();
}
