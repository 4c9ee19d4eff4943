/** The questions over HTTP: asked, stored, found again, made again. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../../functions/store/store.ts";
import { documents, newKey, writeExample } from "./example.ts";
import { type Service, startService } from "./service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService((store: Store) => ({
    ...store,
    readFacts(accountId, knownAt) {
      reads += 1;
      return store.readFacts(accountId, knownAt);
    },
  }));
  await writeExample(service);
});
/** How often facts of an account were read. */
let reads = 0;

const account = "/v1/accounts/acme";
const { check } = documents;
const post = (path: string, body: unknown, headers?: Record<string, string>) => service.send("POST", path, body, headers);

describe("an entitlement check", () => {
  test("names clauses and facts, and is returned for ever as it was", async () => {
    const made = await post("/v1/entitlement-checks", check);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      accountId: "acme",
      outcome: "not-entitled",
      contractId: "c-1",
      asOf: "2026-03-02T09:30:00Z",
      policy: { id: "ebiexperts-support" },
    });
    expect(made.body.id).toMatch(/^chk_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(made.body.reasons).toContainEqual(expect.objectContaining({ clause: "2.1", condition: "payments-current", result: "fail" }));
    expect(made.headers.location).toBe(`/v1/decisions/${made.body.id}`);
    await service.send("PUT", `${account}/invoices/inv-7/payments/p-1`, { ...documents.payment, amount: documents.invoice.amount });
    const stored = await service.send("GET", made.headers.location as string);
    expect(stored.text).toBe(made.text);
    const paid = await post("/v1/entitlement-checks", check);
    expect(paid.body.outcome).not.toBe("not-entitled");
    expect((await post("/v1/entitlement-checks", { ...check, knownAt: made.body.knownAt })).body).toMatchObject({
      outcome: "not-entitled",
      factsDigest: made.body.factsDigest,
    });
    await service.send("DELETE", `${account}/invoices/inv-7/payments/p-1`);
  });

  test("in a preview stores nothing and has no id", async () => {
    const before = await service.send("GET", `${account}/decisions?limit=100`);
    const { status, body } = await post("/v1/entitlement-checks/preview", check);
    expect(status).toBe(200);
    expect(body.id).toBeNull();
    expect((await service.send("GET", `${account}/decisions?limit=100`)).body).toEqual(before.body);
    const stored = await post("/v1/entitlement-checks", check);
    const same = { ...stored.body, id: null, knownAt: null, decidedAt: null };
    expect({ ...body, knownAt: null, decidedAt: null }).toEqual(same);
  });

  test("needs nothing but a kind", async () => {
    expect((await post("/v1/entitlement-checks/preview", { accountId: "acme", request: { kind: "error" } })).status).toBe(200);
  });

  test("takes `null` for absent in every field of the question", async () => {
    const fields = [
      "service",
      "productVersion",
      "deploymentId",
      "premisesId",
      "environment",
      "requester",
      "resellerName",
      "caseId",
      "issues",
      "filedAt",
      "phonedAt",
      "lastVendorMessageAt",
    ];
    const nulls = Object.fromEntries(fields.map((field) => [field, null]));
    const asked = async (request: object, more: object = {}) => {
      const { body } = await post("/v1/entitlement-checks/preview", { ...check, ...more, request });
      return { ...body, knownAt: null, decidedAt: null };
    };
    const plain = await asked(check.request);
    expect(await asked({ ...check.request, ...nulls, circumstances: null, attestations: null }, { knownAt: null })).toEqual(plain);
    expect(await asked({ ...check.request, attestations: { knowledgeBaseConsulted: null } })).toEqual(plain);
  });

  test("about what is not known is an answer, about an account that is not known it is not", async () => {
    const about = (request: object) => post("/v1/entitlement-checks/preview", { ...check, request: { ...check.request, ...request } });
    for (const unknown of [{ productId: "none", licenseId: null }, { licenseId: "none" }, { contactId: "none" }, { premisesId: "none" }])
      expect((await about(unknown)).status).toBe(200);
    expect((await post("/v1/entitlement-checks/preview", { ...check, accountId: "nobody" })).body).toMatchObject({
      status: 404,
      code: "account-not-found",
      errors: [{ in: "body", pointer: "/accountId" }],
    });
  });

  test("with what will be known is refused, alone, in a batch, and in a quote", async () => {
    const future = { knownAt: "2026-11-23" };
    const refused = (pointer: string) => ({ status: 400, code: "known-at-in-future", errors: [{ in: "body", pointer }] });
    expect((await post("/v1/entitlement-checks", { ...check, ...future })).body).toMatchObject(refused("/knownAt"));
    expect((await post("/v1/entitlement-checks", { ...check, ...future, accountId: "nobody" })).status).toBe(400);
    expect((await post("/v1/entitlement-checks/batch", { items: [check, { ...check, ...future }] })).body.items[1]).toMatchObject(
      refused("/items/1/knownAt"),
    );
    expect((await post("/v1/quotes/preview", { ...documents.quote, ...future })).body).toMatchObject(refused("/knownAt"));
    expect((await post(`${account}/contracts/c-1/notices/preview`, { ...documents.notice, ...future })).body).toMatchObject(refused("/knownAt"));
  });

  test("that contradicts the policy is refused with its place", async () => {
    const { body } = await post("/v1/entitlement-checks", {
      ...check,
      request: { ...check.request, severity: "severity-9", circumstances: ["no-such"] },
    });
    expect(body).toMatchObject({ status: 422 });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(["/request/circumstances/0", "/request/severity"]);
  });

  test("asked for a day is asked for its end, asked for last month answers as of then", async () => {
    const on = async (asOf: string) => (await post("/v1/entitlement-checks/preview", { ...check, asOf })).body;
    expect((await on("2026-01-31")).outcome).not.toBe("not-entitled");
    expect((await on("2026-01-31")).asOf).toBe("2026-01-31T22:59:59.999Z");
    expect((await on("2026-02-02")).outcome).toBe("not-entitled");
  });
});

describe("a decision", () => {
  test("made again from what it stood on is the same to the byte, whatever was recorded since", async () => {
    const { body, text } = await post("/v1/entitlement-checks", check);
    await service.send("PUT", `${account}/licenses/l-9`, documents.license);
    await service.send("PUT", "/v1/products/qs-analyzer", { ...documents.product, productLine: "Other" });
    const again = await service.send("POST", `/v1/decisions/${body.id}/replay`);
    expect(again.body.identical).toBe(true);
    expect(JSON.stringify(again.body.decision)).toBe(text);
    expect(again.body.stored).toEqual(body);
    await service.send("DELETE", `${account}/licenses/l-9`);
    await service.send("PUT", "/v1/products/qs-analyzer", documents.product);
  });

  test("that is made otherwise today says so", async () => {
    const { body } = await post("/v1/entitlement-checks", check);
    const stored = await service.store.getRecord("decision", body.id);
    const otherwise = { ...body, headline: "as an older release said it", engineVersion: "0.0.1" };
    const id = `${body.id.slice(0, -4)}0000`;
    await service.store.putRecord({ ...(stored as NonNullable<typeof stored>), id, answer: JSON.stringify(otherwise) });
    const again = await service.send("POST", `/v1/decisions/${id}/replay`, {});
    expect(again.body).toMatchObject({
      identical: false,
      stored: { headline: "as an older release said it" },
      decision: { headline: body.headline },
    });
  });

  test("is found by its case, newest first, page by page", async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n++)
      made.unshift((await post("/v1/entitlement-checks", { ...check, request: { ...check.request, caseId: "case-1" } })).body.id);
    await post("/v1/entitlement-checks", { ...check, request: { ...check.request, caseId: "case-2" } });
    const found: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = await service.send(
        "GET",
        `/v1/decisions?caseId=case-1&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      expect(body.items.length).toBeLessThanOrEqual(2);
      found.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    }
    expect(found).toEqual(made);
    expect((await service.send("GET", "/v1/decisions?caseId=none")).body).toEqual({ items: [], nextCursor: null });
    expect((await service.send("GET", "/v1/decisions")).body.errors).toEqual([{ in: "query", pointer: "/caseId", detail: "is missing" }]);
  });
});

describe("a batch", () => {
  const batch = (items: unknown[]) => post("/v1/entitlement-checks/batch", { items });

  test("answers each item by itself, in order, with a decision or the problem it would have alone", async () => {
    const items = [
      check,
      { ...check, accountId: "nobody" },
      { accountId: "acme", request: { kind: "eror" } },
      null,
      { ...check, request: { ...check.request, severity: "none" } },
      check,
    ];
    const { status, body } = await batch(items);
    expect(status).toBe(200);
    const [first, unknown, malformed, nothing, contradicting, last] = body.items;
    expect(first).toMatchObject({ outcome: "not-entitled", id: expect.stringMatching(/^chk_/) });
    expect(unknown).toMatchObject({ status: 404, code: "account-not-found", errors: [{ pointer: "/items/1/accountId" }] });
    expect(malformed).toMatchObject({ status: 400, code: "invalid-request", errors: [{ pointer: "/items/2/request/kind" }] });
    expect(nothing).toMatchObject({ status: 400, errors: [{ pointer: "/items/3" }] });
    expect(contradicting).toMatchObject({ status: 422, errors: [{ pointer: "/items/4/request/severity" }] });
    expect(last.id).not.toBe(first.id);
    for (const { id } of [first, last]) expect((await service.send("GET", `/v1/decisions/${id}`)).status).toBe(200);
  });

  test("takes a hundred, and not one more", async () => {
    const hundred = Array.from({ length: 100 }, () => check);
    reads = 0;
    const { body } = await batch(hundred);
    expect(reads, "all of one account are answered from the same facts").toBe(1);
    expect(new Set(body.items.map(({ id }: { id: string }) => id)).size).toBe(100);
    expect((await batch([...hundred, check])).body).toMatchObject({ status: 400, errors: [{ in: "body", pointer: "/items" }] });
    expect((await batch([])).body).toEqual({ items: [] });
  });
});

describe("a notice", () => {
  const notices = `${account}/contracts/c-1/notices`;

  test("is ruled on before it is recorded, and the same when it is", async () => {
    const previewed = await post(`${notices}/preview`, documents.notice);
    expect(previewed.body).toMatchObject({
      id: null,
      ruling: "valid",
      licenseIds: null,
      newFees: null,
      sentAt: null,
      receivedOn: "2026-11-16",
      withdrawn: false,
    });
    expect((await service.send("GET", `${account}/notices`)).body.items).toEqual([]);
  });

  test("recorded, read, listed, withdrawn; its ruling stays as it was made", async () => {
    await service.send("PUT", `${account}/contracts/c-2`, {
      ...documents.contract,
      lines: [{ licenseId: "l-2", annualFee: documents.line.annualFee }],
    });
    const other = await post(`${account}/contracts/c-2/notices`, documents.notice, newKey());
    const made = await post(notices, documents.notice, newKey());
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ruling: "valid", effectiveOn: "2026-12-31", accountId: "acme", contractId: "c-1" });
    const { id } = made.body;
    expect(await service.announced()).toContainEqual(
      expect.objectContaining({ type: "notice.ruled", subject: "acme", data: expect.objectContaining({ noticeId: id, ruling: "valid" }) }),
    );
    expect(id).toMatch(/^ntc_/);
    expect(made.headers.location).toBe(`${notices}/${id}`);
    expect((await service.send("GET", made.headers.location as string)).body).toEqual(made.body);
    expect((await service.send("GET", `${account}/notices/${id}`)).body).toEqual(made.body);
    expect((await service.send("GET", `${account}/contracts/c-2/notices/${id}`)).body.code).toBe("notice-not-found");
    const listed = await service.send("GET", `${account}/notices`);
    expect(listed.body.items.map((notice: { id: string }) => notice.id)).toEqual([id, other.body.id]);
    expect((await service.send("GET", `${account}/contracts/c-1/renewal`)).body).toMatchObject({
      status: expect.any(String),
      next: { renews: false },
    });

    const before = new Date(service.clock.now).toISOString();
    service.clock.now += 1000;
    // Sending a request takes the service a millisecond.
    const known = new Date(service.clock.now + 1).toISOString();
    const effect = `No effect any more: withdrawn at ${known}; it counts as never received.`;
    const withdrawn = { ...made.body, effect, effectiveOn: null, withdrawn: true, withdrawnAt: known };
    for (const path of [`${notices}/${id}/withdraw`, `${account}/notices/${id}/withdraw`]) {
      const { status, body } = await service.send("POST", path);
      expect(status).toBe(200);
      expect(body).toEqual(withdrawn);
      service.clock.now += 1000;
    }
    expect((await service.send("GET", `${notices}/${id}`)).body).toEqual(withdrawn);
    expect((await service.send("GET", `${notices}/${id}?knownAt=${before}`)).body).toEqual(made.body);
    expect((await service.send("GET", `${account}/contracts/c-1/renewal`)).body.next.renews).toBe(true);
    expect((await service.send("GET", `${account}/contracts/c-1/renewal?knownAt=${before}`)).body.next.renews).toBe(false);
    await post(`${account}/notices/${other.body.id}/withdraw`, {});
    await service.send("DELETE", `${account}/contracts/c-2`);
  });

  test("that was recorded with the facts is ruled on when it is read", async () => {
    await service.store.change(
      { accountId: "acme" },
      {
        operationId: "import-1",
        by: "import",
        decide: () => ({ writes: [{ path: "notices/ntc-imported", value: { ...documents.notice, contractId: "c-1" } }], answer: null }),
      },
    );
    expect((await service.send("GET", `${account}/notices/ntc-imported`)).body).toMatchObject({ id: "ntc-imported", ruling: "valid" });
    expect((await service.send("POST", `${account}/notices/ntc-imported/withdraw`)).body.withdrawn).toBe(true);
  });

  test("for a contract that is not there, or that contradicts it", async () => {
    expect((await post(`${account}/contracts/none/notices`, documents.notice, newKey())).body).toMatchObject({
      status: 404,
      code: "contract-not-found",
    });
    expect((await post(`${account}/contracts/none/notices/preview`, documents.notice)).body).toMatchObject({
      status: 404,
      code: "contract-not-found",
    });
    expect((await post("/v1/accounts/nobody/contracts/c-1/notices", documents.notice, newKey())).body).toMatchObject({
      status: 404,
      code: "account-not-found",
    });
    for (const path of [notices, `${notices}/preview`]) {
      const { body } = await post(path, { ...documents.notice, licenseIds: ["none"] }, newKey());
      expect(body).toMatchObject({ status: 422, errors: [{ in: "body", pointer: "/licenseIds/0" }] });
    }
    expect((await service.send("GET", `${account}/notices`)).body.items).toHaveLength(3);
  });
});

describe("a quote", () => {
  test("previewed, stored, read as it was, listed", async () => {
    const previewed = await post("/v1/quotes/preview", documents.quote);
    expect(previewed.status).toBe(200);
    const made = await post("/v1/quotes", documents.quote, newKey());
    expect(made.status).toBe(201);
    expect(made.body.id).toMatch(/^qt_/);
    expect({ ...made.body, id: null, knownAt: null, decidedAt: null, asOf: null }).toEqual({
      ...previewed.body,
      knownAt: null,
      decidedAt: null,
      asOf: null,
    });
    expect((await service.send("GET", `/v1/quotes/${made.body.id}`)).text).toBe(made.text);
    expect((await service.send("GET", `${account}/quotes`)).body).toEqual({ items: [made.body], nextCursor: null });
    expect((await service.send("GET", "/v1/quotes/none")).body.code).toBe("quote-not-found");
  });

  test("of an offer is announced in the same write", async () => {
    const lapsed = { ...documents.contract, term: { firstDay: "2025-01-01", lastDay: "2025-12-31" }, settings: { autoRenew: false } };
    await service.send("PUT", "/v1/accounts/lapsed", documents.account);
    await service.send("PUT", "/v1/accounts/lapsed/licenses/l-1", documents.license);
    await service.send("PUT", "/v1/accounts/lapsed/contracts/c-1", lapsed);
    const { body } = await post("/v1/quotes", { ...documents.quote, accountId: "lapsed", reinstateOn: "2026-07-01", asOf: "2026-06-01" }, newKey());
    expect(body).toMatchObject({ status: "offered", total: { currency: "CHF" }, payBy: "2026-12-31" });
    expect(await service.announced()).toContainEqual(
      expect.objectContaining({ type: "quote.offered", subject: "lapsed", data: expect.objectContaining({ quoteId: body.id }) }),
    );
  });

  test("of no kind that there is, for a contract or an account that is not there", async () => {
    const nothing = { kind: "additional-purchase", accountId: "acme", contractId: "c-1", deliveredOn: "2026-04-01", lines: [] };
    expect((await post("/v1/quotes", nothing, newKey())).body).toMatchObject({ status: 400, errors: [{ pointer: "/lines" }] });
    expect((await post("/v1/quotes/preview", { ...documents.quote, accountId: "nobody" })).status).toBe(404);
    expect((await post("/v1/quotes/preview", { ...documents.quote, kind: "gift" })).body).toMatchObject({
      status: 400,
      errors: [{ pointer: "/kind" }],
    });
    expect((await post("/v1/quotes/preview", { ...documents.quote, contractId: "none" })).body).toMatchObject({
      status: 404,
      code: "contract-not-found",
      errors: [{ in: "body" }],
    });
    expect((await post("/v1/quotes/preview", { ...documents.quote, licenseIds: ["none"] })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: "/licenseIds/0" }],
    });
  });
});

describe("standing and renewal", () => {
  test("as of now, as of a day, as known", async () => {
    const { body } = await service.send("GET", `${account}/standing`);
    expect(body).toMatchObject({
      accountId: "acme",
      status: "past-due",
      overdue: [{ invoiceId: "inv-7" }],
      asOf: expect.stringMatching(/^2026-11-22T/),
    });
    expect(body.gaps[0].licenseIds).toEqual(["l-2"]);
    const earlier = await service.send("GET", `${account}/standing?asOf=2026-01-15`);
    expect(earlier.body.overdue).toEqual([]);
    expect((await service.send("GET", `${account}/standing?asOf=${body.asOf}&knownAt=${body.knownAt}`)).body).toEqual(body);
    const renewal = await service.send("GET", `${account}/contracts/c-1/renewal?asOf=2026-10-02`);
    expect(renewal.body).toMatchObject({
      contractId: "c-1",
      currentTerm: documents.contract.term,
      nonRenewal: { lastDayOn: "2026-11-16", daysLeft: 45, clause: "7.2" },
    });
  });

  test.each(["standing", "contracts/none/renewal", "contracts/c-1/renewal"])("%s of an account or contract that is not there", async (what) => {
    expect((await service.send("GET", `/v1/accounts/nobody/${what}`)).body.code).toBe("account-not-found");
    if (what.includes("none")) expect((await service.send("GET", `${account}/${what}`)).body.code).toBe("contract-not-found");
  });
});

describe("policies", () => {
  test("are listed, read in force, and read by version, with every field", async () => {
    const { body } = await service.send("GET", "/v1/policies");
    expect(body.items).toContainEqual(
      expect.objectContaining({ policyId: "ebiexperts-support", versions: [{ version: "1", effectiveFrom: null, shipped: true }] }),
    );
    const inForce = await service.send("GET", "/v1/policies/ebiexperts-support?asOf=2026-01-01");
    const version = await service.send("GET", "/v1/policies/ebiexperts-support/versions/1");
    expect(inForce.body.inForce).toEqual(version.body);
    expect(version.body.clauses.map(({ id }: { id: string }) => id)).toContain("7.1(i)");
    for (const clause of version.body.clauses) expect(Object.keys(clause)).toContain("obligations");
    expect(version.body.commonReadings.map(({ id }: { id: string }) => id)).toContain("term-days");
    expect((await service.send("GET", "/v1/policies/none")).body.code).toBe("policy-not-found");
    expect((await service.send("GET", "/v1/policies/ebiexperts-support/versions/2")).body.code).toBe("policy-version-not-found");
  });
});
