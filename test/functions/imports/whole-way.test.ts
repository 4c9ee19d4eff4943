/** An import from the file to the facts and back, through the real handlers, worker and store. */
import { beforeEach, expect, test } from "vitest";
import { documents, newKey, writeExample } from "../http/example.ts";
import { type Service, startService } from "../http/service.ts";
import { commit, csv, factsOf, line, preview, revert, rowsOf } from "./files.ts";

let service: Service;
beforeEach(async () => {
  service = await startService();
});

test("a preview says what would be, and writes nothing; a commit writes that", async () => {
  const file = csv([
    line,
    { ...line, licenseId: "l-2", annualFee: "250.00", coveredFrom: "2026-03-01" },
    { ...line, accountId: "beta", accountName: "Beta" },
  ]);
  const seen = await preview(service, file);
  expect(seen).toMatchObject({
    status: "previewed",
    uploadUrl: null,
    fileBytes: Buffer.byteLength(file),
    progress: { rowsRead: 3, rowsTotal: 3, rowsDone: 3 },
    counts: { created: 3, updated: 0, unchanged: 0, rejected: 0, reverted: 0, notReverted: 0 },
    problem: null,
  });
  expect(await factsOf(service, "acme")).toBeNull();

  expect(await commit(service, seen.id)).toMatchObject({ status: "committed", counts: seen.counts });
  expect(await rowsOf(service, seen.id)).toEqual([
    { line: 2, outcome: "created", accountId: "acme", contractId: "c-1", licenseId: "l-1", reasons: [], changes: [] },
    { line: 3, outcome: "created", accountId: "acme", contractId: "c-1", licenseId: "l-2", reasons: [], changes: [] },
    { line: 4, outcome: "created", accountId: "beta", contractId: "c-1", licenseId: "l-1", reasons: [], changes: [] },
  ]);
  const { account, licenses, contracts } = await factsOf(service, "acme");
  expect(account.name).toBe("Acme AG");
  expect(licenses).toMatchObject([
    { licenseId: "l-1", productId: "qs-analyzer", kind: "perpetual", seats: 10, deliveredOn: "2025-01-01", soldBy: null },
    { licenseId: "l-2" },
  ]);
  expect(contracts).toMatchObject([
    {
      contractId: "c-1",
      policyId: "ebiexperts-support",
      program: "enterprise",
      currency: "CHF",
      anchorOn: null,
      term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
      soldBy: "direct",
      lines: [
        { licenseId: "l-1", annualFee: { amount: "1000.00", currency: "CHF" }, coveredFrom: null },
        { licenseId: "l-2", annualFee: { amount: "250.00", currency: "CHF" }, coveredFrom: "2026-03-01" },
      ],
    },
  ]);
});

test("the same file again changes nothing, and no log has a new entry", async () => {
  const file = csv([line, { ...line, licenseId: "l-2" }, { ...line, contractId: "c-2" }]);
  await commit(service, (await preview(service, file)).id);
  const before = await service.store.readFacts("acme", null);
  const again = await commit(service, (await preview(service, file)).id);
  expect(again).toMatchObject({ status: "committed", counts: { created: 0, updated: 0, unchanged: 3, rejected: 0 } });
  expect(before?.versions.account).toBe(1);
  expect((await service.store.readFacts("acme", null))?.versions).toEqual(before?.versions);
});

test("what the file does not speak of stays: other lines, settings, other facts, the license's own seller", async () => {
  await writeExample(service);
  const before = await factsOf(service, "acme");
  const seen = await preview(service, csv([{ ...line, licenseId: "l-2", seats: "7", annualFee: "300.00" }]));
  // The contract gets a line, the account keeps its number and loses nothing.
  expect(seen.counts).toMatchObject({ created: 1 });
  await commit(service, seen.id);
  const after = await factsOf(service, "acme");
  expect(after.account).toEqual(before.account);
  expect(after.contracts[0].settings).toEqual(before.contracts[0].settings);
  expect(after.contracts[0].lines.map(({ licenseId }: { licenseId: string }) => licenseId)).toEqual(["l-1", "l-2"]);
  expect(after.contracts[0].lines[0]).toEqual(before.contracts[0].lines[0]);
  expect(after.licenses[1]).toEqual({ ...before.licenses[1], seats: 7 });
  expect([after.invoices, after.contacts, after.premises]).toEqual([before.invoices, before.contacts, before.premises]);
});

test("an empty cell says that there is none, a column that is not there says nothing", async () => {
  const full = { ...line, customerNumber: "4711", anchorOn: "2025-01-01", deploymentId: "d-1", coveredUntil: "2026-11-30" };
  await commit(service, (await preview(service, csv([full]))).id);
  expect((await preview(service, csv([line]))).counts).toMatchObject({ unchanged: 1 });
  const emptied = await preview(service, csv([{ ...full, customerNumber: "", anchorOn: "", deploymentId: "", coveredUntil: "" }]));
  expect(emptied.counts).toMatchObject({ updated: 1 });
  await commit(service, emptied.id);
  const { account, licenses, contracts } = await factsOf(service, "acme");
  expect([account.customerNumber, licenses[0].deploymentId, contracts[0].anchorOn, contracts[0].lines[0].coveredUntil]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("the name of an account stays where its cell is empty: there is no account without one", async () => {
  await commit(service, (await preview(service, csv([line]))).id);
  expect((await preview(service, csv([{ ...line, accountName: "" }]))).counts).toMatchObject({ unchanged: 1 });
});

test.each([
  ["the name of the account", { accountName: "Acme Inc" }],
  ["the contract", { termLastDay: "2027-12-31" }],
  ["the license", { seats: "11" }],
  ["the line", { annualFee: "1000.01" }],
])("a row is updated where %s differs", async (_, cells) => {
  await commit(service, (await preview(service, csv([line]))).id);
  const seen = await preview(service, csv([{ ...line, ...cells }]));
  const [row] = await rowsOf(service, seen.id);
  expect(row).toMatchObject({ outcome: "updated", reasons: [] });
});

test("a rejected row takes the rest of its contract with it, and nothing else", async () => {
  const file = csv([
    line,
    { ...line, licenseId: "l-2", seats: "none" },
    { ...line, contractId: "c-2", licenseId: "l-3" },
    { ...line, accountId: "beta", accountName: "Beta" },
  ]);
  const seen = await preview(service, file);
  expect(seen.counts).toMatchObject({ created: 2, rejected: 2 });
  expect(await rowsOf(service, seen.id, "&outcome=rejected")).toEqual([
    {
      line: 2,
      outcome: "rejected",
      accountId: "acme",
      contractId: "c-1",
      licenseId: "l-1",
      reasons: [{ column: null, detail: "line 3 of the same contract is rejected, and a contract is written whole or not at all" }],
      changes: [],
    },
    {
      line: 3,
      outcome: "rejected",
      accountId: "acme",
      contractId: "c-1",
      licenseId: "l-2",
      reasons: [{ column: "seats", detail: "expected a whole number, got `none`" }],
      changes: [],
    },
  ]);
  expect(await commit(service, seen.id)).toMatchObject({ status: "committed", counts: { created: 2, rejected: 2 } });
  const { licenses, contracts } = await factsOf(service, "acme");
  expect(licenses.map(({ licenseId }: { licenseId: string }) => licenseId)).toEqual(["l-3"]);
  expect(contracts.map(({ contractId }: { contractId: string }) => contractId)).toEqual(["c-2"]);
});

test("a revert brings back what was, to the last byte", async () => {
  await writeExample(service);
  const before = await factsOf(service, "acme");
  const file = csv([
    { ...line, licenseId: "l-1", accountName: "Acme AG", annualFee: "1100.00" },
    { ...line, licenseId: "l-3", seats: "3" },
    { ...line, accountId: "beta", accountName: "Beta" },
  ]);
  const seen = await preview(service, file);
  await commit(service, seen.id);
  expect(await factsOf(service, "acme")).not.toEqual(before);
  expect(await revert(service, seen.id)).toMatchObject({ status: "reverted", counts: { created: 0, updated: 0, reverted: 3, notReverted: 0 } });
  expect(await factsOf(service, "acme")).toEqual(before);
  expect(await factsOf(service, "beta")).toBeNull();
  // What was recorded is still seen as it was known then.
  expect((await service.store.auditLog({ accountId: "acme" })).problems).toEqual([]);
});

test("what was touched since stays, with the reason, and the rest is undone", async () => {
  const file = csv([
    line,
    { ...line, accountId: "beta", accountName: "Beta" },
    { ...line, accountId: "gamma", accountName: "Gamma" },
    { ...line, accountId: "delta", accountName: "Delta" },
  ]);
  const seen = await preview(service, file);
  await commit(service, seen.id);
  await service.send("PUT", "/v1/accounts/acme/licenses/l-1", { ...documents.license, seats: 12 });
  await service.send("PUT", "/v1/accounts/beta/invoices/inv-1", documents.invoice);
  await service.send("PUT", "/v1/accounts/delta/contacts/jane", documents.contact);
  expect(await revert(service, seen.id)).toMatchObject({ status: "partly-reverted", counts: { reverted: 1, notReverted: 3 } });
  expect(await rowsOf(service, seen.id, "&outcome=not-reverted")).toMatchObject([
    { line: 2, accountId: "acme", reasons: [{ column: null, detail: "`licenses/l-1` was changed since" }] },
    { line: 3, accountId: "beta", reasons: [{ column: null, detail: "invoices were recorded since under `contracts/c-1`" }] },
    {
      line: 5,
      accountId: "delta",
      reasons: [{ column: null, detail: "the account is new with this import, and `1` facts were recorded below it since" }],
    },
  ]);
  expect((await factsOf(service, "acme")).contracts).toHaveLength(1);
  expect(await factsOf(service, "gamma")).toBeNull();

  // Once the touch itself is undone, the rest can be.
  await service.send("DELETE", "/v1/accounts/beta/invoices/inv-1");
  await service.send("DELETE", "/v1/accounts/delta/contacts/jane");
  expect(await revert(service, seen.id)).toMatchObject({ status: "partly-reverted", counts: { reverted: 3, notReverted: 1 } });
});

test("facts that changed between preview and commit: what is written is decided on the newest, and said", async () => {
  const seen = await preview(service, csv([line, { ...line, accountId: "beta", accountName: "Beta" }]));
  expect(seen.counts).toMatchObject({ created: 2 });
  await service.send("PUT", "/v1/accounts/acme", { name: "Acme AG" });
  // A contract in CHF now contradicts an invoice in EUR.
  await service.send("PUT", "/v1/accounts/acme/invoices/inv-1", { ...documents.invoice, amount: { amount: "1.00", currency: "EUR" } });
  expect(await commit(service, seen.id)).toMatchObject({ status: "partly-committed", counts: { created: 1, rejected: 1 } });
  expect(await rowsOf(service, seen.id, "&outcome=rejected")).toMatchObject([
    { line: 2, reasons: [{ column: "currency", detail: "invoice `inv-1` of the contract is in `EUR`, got `CHF`" }] },
  ]);
  expect((await factsOf(service, "acme")).contracts).toEqual([]);
});

test("commit and revert may be asked twice, and not out of turn", async () => {
  const { body } = await service.send("POST", "/v1/imports", { kind: "contracts" });
  expect((await service.send("POST", `/v1/imports/${body.id}/commit`)).body).toMatchObject({ status: 409, code: "import-not-previewed" });
  expect((await service.send("POST", `/v1/imports/${body.id}/revert`)).body).toMatchObject({ status: 409, code: "import-not-committed" });
  const seen = await preview(service, csv([line]));
  const key = newKey();
  const first = await service.send("POST", `/v1/imports/${seen.id}/commit`, undefined, key);
  expect(first).toMatchObject({ status: 202, body: { status: "committing" } });
  expect((await service.send("POST", `/v1/imports/${seen.id}/commit`)).status).toBe(202);
  await service.imports.idle();
  expect(await service.send("POST", `/v1/imports/${seen.id}/commit`, undefined, key)).toMatchObject({ text: first.text });
  expect((await service.store.readFacts("acme", null))?.versions.account).toBe(1);
  expect((await commit(service, seen.id)).status).toBe("committed");
  await revert(service, seen.id);
  expect((await service.send("POST", `/v1/imports/${seen.id}/revert`)).status).toBe(202);
  expect((await service.send("POST", `/v1/imports/${seen.id}/commit`)).body).toMatchObject({ status: 409 });
  expect((await service.send("GET", "/v1/imports/nothing")).body).toMatchObject({ status: 404, code: "import-not-found" });
});

test("an import is begun once for an idempotency key, and all are listed, newest first", async () => {
  const key = newKey();
  const first = await service.send("POST", "/v1/imports", { kind: "contracts" }, key);
  expect(first.status).toBe(201);
  expect(first.headers.location).toBe(`/v1/imports/${first.body.id}`);
  expect(first.body).toMatchObject({ status: "awaiting-upload", progress: { rowsTotal: null } });
  expect((await service.send("POST", "/v1/imports", { kind: "contracts" }, key)).text).toBe(first.text);
  const second = await service.send("POST", "/v1/imports", { kind: "contracts" });
  const { body } = await service.send("GET", "/v1/imports?limit=1");
  expect(body.items).toMatchObject([{ id: second.body.id, uploadUrl: null }]);
  expect((await service.send("GET", `/v1/imports?limit=1&cursor=${body.nextCursor}`)).body).toMatchObject({
    items: [{ id: first.body.id }],
    nextCursor: null,
  });
});
