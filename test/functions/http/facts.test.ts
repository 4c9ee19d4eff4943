/** Facts over HTTP: written, read back with every field, written again, taken back, listed. */
import { beforeAll, describe, expect, test } from "vitest";
import { emptyDossier } from "../../../domain/dossier.ts";
import { factsOn } from "../../../functions/http/facts-on.ts";
import { documents, writeExample, writes } from "./example.ts";
import { type Service, startService, testNow } from "./service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
  await writeExample(service);
});

const account = "/v1/accounts/acme";

describe.each(writes)("%s", (path, document) => {
  test("is there, with its id and every field, and the same entity tag as when it was written", async () => {
    const read = await service.send("GET", path);
    expect(read.status).toBe(200);
    expect(read.body).toMatchObject(document);
    const id = path.split("/").at(-1);
    expect(Object.values(read.body)[0]).toBe(id);
    const again = await service.send("PUT", path, document);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(read.body);
    expect(again.headers.etag).toBe(read.headers.etag);
    expect(read.headers.etag).toMatch(/^"[0-9a-f]{32}"$/);
  });

  test("can be written back as it was read, less its id", async () => {
    const { body } = await service.send("GET", path);
    const [idName] = Object.keys(body) as [string];
    const { [idName]: _, ...document } = body;
    expect((await service.send("PUT", path, document)).body).toEqual(body);
  });

  test("refuses a field that it does not know, by name and place", async () => {
    const { status, body } = await service.send("PUT", path, { ...document, "favorite/color": "red" });
    expect(status).toBe(400);
    expect(body.code).toBe("invalid-request");
    expect(body.errors).toEqual([{ in: "body", pointer: "/favorite~1color", detail: expect.stringContaining("unknown field") }]);
  });
});

test("what is absent is `null` in answers, and `[]` where a list may be empty", async () => {
  await service.send("PUT", "/v1/products/bare", { name: "Bare", productLine: "Bare", kind: "software" });
  expect((await service.send("GET", "/v1/products/bare")).body).toEqual({
    productId: "bare",
    name: "Bare",
    productLine: "Bare",
    kind: "software",
    endOfLifeAnnouncedOn: null,
    endOfLifeOn: null,
    supportedLibrary: null,
    latestVersion: null,
    versions: [],
  });
  const bare = { ...documents.contract, lines: [{ licenseId: "l-1", annualFee: documents.line.annualFee }], settings: {} };
  const { body } = await service.send("PUT", `${account}/contracts/bare`, bare);
  expect(body.settings).toMatchObject({ timeZone: null, autoRenew: null, readings: null });
  expect(body.lines).toEqual([{ licenseId: "l-1", annualFee: documents.line.annualFee, coveredFrom: null, coveredUntil: null, paidThrough: null }]);
  await service.send("DELETE", `${account}/contracts/bare`);
});

test("`null` equals absent, wherever it stands", async () => {
  const { settings: _, ...contract } = documents.contract;
  const plain = await service.send("PUT", `${account}/contracts/c-null`, contract);
  const withNulls = await service.send("PUT", `${account}/contracts/c-null`, {
    ...contract,
    settings: null,
    anchorOn: null,
    policyVersion: null,
    lines: contract.lines.map((line) => ({ ...line, coveredFrom: null, coveredUntil: null, paidThrough: null })),
  });
  expect(withNulls.status).toBe(200);
  expect(withNulls.body).toEqual(plain.body);
  expect(withNulls.headers.etag).toBe(plain.headers.etag);
  const required = await service.send("PUT", `${account}/contracts/c-null`, { ...contract, term: { firstDay: "2026-01-01", lastDay: null } });
  expect(required.body.errors).toEqual([{ in: "body", pointer: "/term/lastDay", detail: "is missing" }]);
  await service.send("DELETE", `${account}/contracts/c-null`);
});

test("a `PUT` replaces the whole document", async () => {
  await service.send("PUT", `${account}/licenses/whole`, { ...documents.license, bundleId: "b-1" });
  const { body } = await service.send("PUT", `${account}/licenses/whole`, documents.license);
  expect(body.bundleId).toBeNull();
  expect((await service.send("GET", `${account}/licenses/whole`)).body.bundleId).toBeNull();
  await service.send("DELETE", `${account}/licenses/whole`);
});

describe("taking back", () => {
  test("what is taken back is gone now, and still there for who asks what was known before", async () => {
    await service.send("PUT", `${account}/invoices/wrong`, documents.invoice);
    const before = new Date(service.clock.now).toISOString();
    expect((await service.send("DELETE", `${account}/invoices/wrong`)).status).toBe(204);
    expect((await service.send("GET", `${account}/invoices/wrong`)).body.code).toBe("invoice-not-found");
    expect((await service.send("DELETE", `${account}/invoices/wrong`)).status).toBe(404);
    expect((await service.send("GET", `${account}/invoices/wrong?knownAt=${before}`)).status).toBe(200);
    expect((await service.send("PUT", `${account}/invoices/wrong`, documents.invoice)).status).toBe(201);
    await service.send("DELETE", `${account}/invoices/wrong`);
  });

  test("a contact's name goes with it, and comes back for who asks what was known before", async () => {
    await service.send("PUT", `${account}/contacts/gone`, documents.contact);
    const before = new Date(service.clock.now).toISOString();
    await service.send("DELETE", `${account}/contacts/gone`);
    expect((await service.send("GET", `${account}/contacts/gone`)).status).toBe(404);
    expect((await service.send("GET", `${account}/contacts/gone?knownAt=${before}`)).body).toMatchObject(documents.contact);
  });

  test("an account that is not empty stays", async () => {
    expect((await service.send("DELETE", account)).body).toMatchObject({ status: 409, code: "account-not-empty" });
    await service.send("PUT", "/v1/accounts/empty", documents.account);
    expect((await service.send("DELETE", "/v1/accounts/empty")).status).toBe(204);
    expect((await service.send("GET", "/v1/accounts/empty")).status).toBe(404);
  });

  test("a product and a price list", async () => {
    await service.send("PUT", "/v1/products/p-gone", documents.product);
    await service.send("PUT", "/v1/price-lists/pl-gone", { ...documents.priceList, effectiveFrom: "2020-01-01" });
    for (const path of ["/v1/products/p-gone", "/v1/price-lists/pl-gone"]) {
      expect((await service.send("DELETE", path)).status).toBe(204);
      expect((await service.send("GET", path)).status).toBe(404);
    }
  });
});

describe("two writers", () => {
  const path = `${account}/licenses/contended`;
  const change = { ...documents.license, seats: 11 };

  test("the one who read an older document is told so, and nothing is written", async () => {
    const first = await service.send("PUT", path, documents.license);
    await service.send("PUT", path, change);
    const stale = await service.send("PUT", path, { ...documents.license, seats: 12 }, { "if-match": first.headers.etag as string });
    expect(stale.body).toMatchObject({ status: 412, code: "precondition-failed", errors: [{ in: "header", pointer: "/if-match" }] });
    expect((await service.send("DELETE", path, undefined, { "if-match": first.headers.etag as string })).status).toBe(412);
    expect((await service.send("GET", path)).body.seats).toBe(11);
  });

  test("the one who read the newest writes", async () => {
    const { headers } = await service.send("GET", path);
    const etag = headers.etag as string;
    expect((await service.send("PUT", path, documents.license, { "if-match": `"other", ${etag}` })).status).toBe(200);
    expect((await service.send("PUT", path, change, { "if-match": "*" })).status).toBe(200);
    expect((await service.send("PUT", path, change, { "if-match": `W/${etag}` })).status).toBe(412);
  });

  test("only the first creates", async () => {
    expect((await service.send("PUT", path, change, { "if-none-match": "*" })).status).toBe(412);
    expect((await service.send("PUT", `${account}/licenses/new`, change, { "if-none-match": "*" })).status).toBe(201);
    expect((await service.send("PUT", `${account}/licenses/absent`, change, { "if-match": "*" })).status).toBe(412);
    expect((await service.send("GET", `${account}/licenses/absent`)).status).toBe(404);
  });

  test("a changed name of a contact changes its entity tag", async () => {
    const { headers } = await service.send("GET", `${account}/contacts/jmeier`);
    const etag = headers.etag as string;
    const renamed = await service.send("PUT", `${account}/contacts/jmeier`, { ...documents.contact, name: "Jane Doe" });
    expect(renamed.headers.etag).not.toBe(etag);
    expect((await service.send("PUT", `${account}/contacts/jmeier`, documents.contact, { "if-match": etag })).status).toBe(412);
    await service.send("PUT", `${account}/contacts/jmeier`, documents.contact);
  });
});

describe("one line of a contract, one payment of an invoice", () => {
  test("a line is added, replaced and taken back; the others stay", async () => {
    const path = `${account}/contracts/c-1/lines/l-2`;
    const added = await service.send("PUT", path, documents.line);
    expect(added.status).toBe(201);
    expect(added.body).toEqual({ licenseId: "l-2", ...documents.line, coveredUntil: null, paidThrough: null });
    expect((await service.send("PUT", path, documents.line)).status).toBe(200);
    expect((await service.send("GET", path)).headers.etag).toBe(added.headers.etag);
    const { body } = await service.send("GET", `${account}/contracts/c-1`);
    expect(body.lines.map((line: { licenseId: string }) => line.licenseId)).toEqual(["l-1", "l-2"]);
    expect((await service.send("DELETE", path)).status).toBe(204);
    expect((await service.send("GET", path)).body.code).toBe("contract-line-not-found");
    expect((await service.send("GET", `${account}/contracts/c-1`)).body.lines).toHaveLength(1);
  });

  test("a payment is one payment, however often it is written", async () => {
    const path = `${account}/invoices/inv-7/payments/p-1`;
    for (const status of [201, 200, 200]) expect((await service.send("PUT", path, documents.payment)).status).toBe(status);
    const { body } = await service.send("GET", `${account}/invoices/inv-7`);
    expect(body.payments).toEqual([{ paymentId: "p-1", ...documents.payment }]);
    await service.send("PUT", path, { ...documents.payment, paidOn: "2026-03-02" });
    expect((await service.send("GET", `${account}/invoices/inv-7`)).body.payments).toEqual([
      { paymentId: "p-1", ...documents.payment, paidOn: "2026-03-02" },
    ]);
    await service.send("DELETE", path);
  });

  test("two who write different payments at once both count", async () => {
    const ids = ["p-1", "p-2", "p-3", "p-4", "p-5"];
    await Promise.all(
      ids.map((id) =>
        service.send("PUT", `${account}/invoices/inv-7/payments/${id}`, { ...documents.payment, amount: { amount: "1.00", currency: "CHF" } }),
      ),
    );
    const { body } = await service.send("GET", `${account}/invoices/inv-7`);
    expect(body.payments.map((payment: { paymentId: string }) => payment.paymentId).sort()).toEqual(ids);
    for (const id of ids) await service.send("DELETE", `${account}/invoices/inv-7/payments/${id}`);
  });

  test("there is none without its contract or invoice, and stale ones are refused", async () => {
    expect((await service.send("PUT", `${account}/contracts/none/lines/l-1`, documents.line)).body.code).toBe("contract-not-found");
    expect((await service.send("PUT", `${account}/invoices/none/payments/p-1`, documents.payment)).body.code).toBe("invoice-not-found");
    expect((await service.send("PUT", `${account}/contracts/c-1/lines/l-1`, documents.line, { "if-match": '"stale"' })).status).toBe(412);
  });

  test("what contradicts is told with its place in the line", async () => {
    const { body } = await service.send("PUT", `${account}/contracts/c-1/lines/l-2`, { annualFee: { amount: "1.00", currency: "EUR" } });
    expect(body.status).toBe(422);
    expect(body.errors[0].pointer).toMatch(/^\/annualFee/);
  });
});

test("a contract's settings that could have no effect are refused, each with its place", async () => {
  const { settings: _, ...contract } = documents.contract;
  const settings = {
    targets: [{ deadline: "first-response", severity: "severity-9", targetMinutes: 60, clock: "elapsed" }],
    benefits: { updates: false, lunch: true },
  };
  const { status, body } = await service.send("PUT", `${account}/contracts/c-vain`, { ...contract, settings });
  expect([status, body.code]).toEqual([422, "facts-contradict"]);
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    "/settings/targets/0/severity",
    "/settings/benefits/updates",
    "/settings/benefits/lunch",
  ]);
  expect((await service.send("GET", `${account}/contracts/c-vain`)).status).toBe(404);
});

describe("everything known", () => {
  test("all facts of the account, with every field", async () => {
    const { body } = await service.send("GET", `${account}/facts`);
    expect(body).toMatchObject({
      accountId: "acme",
      asOf: null,
      account: documents.account,
      contacts: [{ contactId: "jmeier", ...documents.contact }],
      notices: [],
    });
    expect(body.invoices).toMatchObject([{ invoiceId: "inv-7" }]);
  });

  test("as known at a time", async () => {
    const known = new Date(service.clock.now).toISOString();
    await service.send("PUT", `${account}/premises/later`, documents.premises);
    const then = await service.send("GET", `${account}/facts?knownAt=${known}`);
    const now = await service.send("GET", `${account}/facts`);
    expect(then.body.premises).toHaveLength(1);
    expect(now.body.premises).toHaveLength(2);
    expect(then.body.factsDigest).not.toBe(now.body.factsDigest);
    expect((await service.send("GET", `${account}/facts?knownAt=${now.body.knownAt}`)).body).toEqual(now.body);
  });

  test("as of a day: what counts then", async () => {
    await service.send("PUT", `${account}/invoices/inv-7/payments/p-9`, documents.payment);
    const on = async (day: string) => (await service.send("GET", `${account}/facts?asOf=${day}`)).body;
    expect((await on("2026-02-28")).invoices[0].payments).toEqual([]);
    expect((await on("2026-03-01")).invoices[0].payments).toHaveLength(1);
    expect((await on("2026-01-01")).invoices).toEqual([]);
    expect((await on("2024-12-31")).licenses).toEqual([]);
    expect((await on("2024-12-31T23:59:59Z")).contacts).toEqual([]);
    await service.send("DELETE", `${account}/invoices/inv-7/payments/p-9`);
  });
});

describe("what counts on a day", () => {
  const on = (day: string) =>
    factsOn(
      {
        ...emptyDossier("a", { name: "A" }),
        licenses: [{ licenseId: "l", productId: "p", kind: "perpetual", seats: 1, deliveredOn: "2026-01-10", retiredOn: "2026-01-20" }],
        contacts: [{ contactId: "c", role: "none", activeFrom: "2026-01-10", activeUntil: "2026-01-20" }],
        invoices: [
          {
            invoiceId: "i",
            ...documents.invoice,
            kind: "support",
            issuedOn: "2026-01-10",
            payments: [{ ...documents.payment, paidOn: "2026-01-20" }],
          },
        ],
        notices: [
          { noticeId: "n-1", contractId: "c", kind: "non-renewal", form: "email", receivedOn: "2026-01-10" },
          { noticeId: "n-2", contractId: "c", kind: "non-renewal", form: "email", receivedAt: "2026-01-20T00:00:00Z" },
        ],
      },
      day,
    );

  test.each([
    ["2026-01-09", { licenses: 0, contacts: 0, invoices: 0, notices: 0, payments: 0 }],
    ["2026-01-10", { licenses: 1, contacts: 1, invoices: 1, notices: 1, payments: 0 }],
    ["2026-01-19", { licenses: 1, contacts: 1, invoices: 1, notices: 1, payments: 0 }],
    ["2026-01-20", { licenses: 0, contacts: 1, invoices: 1, notices: 2, payments: 1 }],
    ["2026-01-21", { licenses: 0, contacts: 0, invoices: 1, notices: 2, payments: 1 }],
  ])("on %s", (day, expected) => {
    const { licenses, contacts, invoices, notices } = on(day);
    const payments = invoices.flatMap((invoice) => invoice.payments).length;
    expect({ licenses: licenses.length, contacts: contacts.length, invoices: invoices.length, notices: notices.length, payments }).toEqual(expected);
  });
});

describe("knownAt", () => {
  test("in the future is refused, now is not", async () => {
    const at = (ms: number) => service.send("GET", `${account}?knownAt=${new Date(ms).toISOString()}`);
    expect((await at(testNow + 3_600_000)).body).toMatchObject({
      status: 400,
      code: "known-at-in-future",
      errors: [{ in: "query", pointer: "/knownAt" }],
    });
    // A request takes the service's clock one millisecond on.
    expect((await at(service.clock.now + 1)).status).toBe(200);
    expect((await at(service.clock.now + 2)).status).toBe(400);
  });

  test("a date is its last millisecond in UTC", async () => {
    expect((await service.send("GET", `${account}?knownAt=2026-11-22`)).body.code).toBe("known-at-in-future");
    expect((await service.send("GET", `${account}?knownAt=2026-11-21`)).body.code).toBe("account-not-found");
  });
});

test.each([
  ["GET", "/v1/accounts/nobody", "account-not-found"],
  ["GET", "/v1/accounts/nobody/facts", "account-not-found"],
  ["GET", "/v1/accounts/nobody/licenses", "account-not-found"],
  ["GET", "/v1/accounts/nobody/licenses/l-1", "account-not-found"],
  ["DELETE", "/v1/accounts/nobody/licenses/l-1", "account-not-found"],
  ["GET", "/v1/accounts/acme/licenses/none", "license-not-found"],
  ["GET", "/v1/accounts/acme/contacts/none", "contact-not-found"],
  ["GET", "/v1/products/none", "product-not-found"],
  ["DELETE", "/v1/price-lists/none", "price-list-not-found"],
])("%s %s: 404 %s", async (method, path, code) => {
  expect((await service.send(method, path)).body).toMatchObject({ status: 404, code });
});

test.each(writes.filter(([path]) => path.startsWith(`${account}/`)))(
  "PUT %s below an account that is not there: 404, and nothing is there",
  async (path, document) => {
    const elsewhere = path.replace("acme", "nobody");
    expect((await service.send("PUT", elsewhere, document)).body).toMatchObject({ status: 404, code: "account-not-found" });
    expect((await service.send("GET", elsewhere)).status).toBe(404);
  },
);

test("shape comes before the account, the account before contradictions", async () => {
  const contradicting = { ...documents.contract, policyId: "no-such-policy" };
  const malformed = { ...contradicting, program: 5 };
  expect((await service.send("PUT", "/v1/accounts/nobody/contracts/c-1", malformed)).status).toBe(400);
  expect((await service.send("PUT", "/v1/accounts/nobody/contracts/c-1", contradicting)).status).toBe(404);
  expect((await service.send("PUT", `${account}/contracts/c-9`, contradicting)).status).toBe(422);
});
