/**
 * Writers who do not know of each other, in several processes, on every route that writes a fact: of those who read the
 * same document only one writes with `If-Match`, only one creates with `If-None-Match`, and who tries again on what he
 * then reads loses nothing and overwrites nothing.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { northwindJson } from "../../northwind.ts";
import { documents, writeExample } from "./example.ts";
import { processesOnOneTable } from "./processes.ts";
import { type Response, routes, type Service } from "./service.ts";

const processCount = 4;
const writers = 12;
const account = "/v1/accounts/acme";
const chf = (amount: string) => ({ amount, currency: "CHF" });

let services: [Service, ...Service[]];
beforeAll(async () => {
  services = await processesOnOneTable(processCount);
  await writeExample(services[0]);
});

/** By route: a document that is not there yet, and the same with a number in it. */
const facts: Record<string, [target: string, document: (n: number) => object]> = {
  "PUT /v1/products/{productId}": ["/v1/products/raced", (n) => ({ ...documents.product, name: `Raced ${n}` })],
  "PUT /v1/price-lists/{priceListId}": [
    "/v1/price-lists/raced",
    (n) => ({ ...documents.priceList, effectiveFrom: "2020-01-01", items: [{ productId: "raced", annualFeePerSeat: chf(`${n}.00`) }] }),
  ],
  "PUT /v1/accounts/{accountId}": ["/v1/accounts/raced", (n) => ({ ...documents.account, name: `Raced ${n}` })],
  "PUT /v1/accounts/{accountId}/licenses/{licenseId}": [`${account}/licenses/raced`, (n) => ({ ...documents.license, seats: n + 1 })],
  "PUT /v1/accounts/{accountId}/premises/{premisesId}": [`${account}/premises/raced`, (n) => ({ ...documents.premises, name: `Raced ${n}` })],
  "PUT /v1/accounts/{accountId}/contracts/{contractId}": [
    `${account}/contracts/raced`,
    (n) => ({ ...documents.contract, lines: [{ licenseId: "l-1", annualFee: chf(`${n}.00`) }] }),
  ],
  "PUT /v1/accounts/{accountId}/contracts/{contractId}/lines/{licenseId}": [
    `${account}/contracts/c-1/lines/raced`,
    (n) => ({ ...documents.line, annualFee: chf(`${n}.00`) }),
  ],
  "PUT /v1/accounts/{accountId}/contacts/{contactId}": [`${account}/contacts/raced`, (n) => ({ ...documents.contact, name: `Raced ${n}` })],
  "PUT /v1/accounts/{accountId}/invoices/{invoiceId}": [`${account}/invoices/raced`, (n) => ({ ...documents.invoice, amount: chf(`${n + 1}.00`) })],
  "PUT /v1/accounts/{accountId}/invoices/{invoiceId}/payments/{paymentId}": [
    `${account}/invoices/inv-7/payments/raced`,
    (n) => ({ ...documents.payment, amount: chf(`${n + 1}.00`) }),
  ],
};
/** A version of a policy is published once and stays: it is created in a race, and never replaced. */
const published = "PUT /v1/policies/{policyId}/versions/{version}";

test("every route that writes a fact is raced", () => {
  const writing = routes.filter(([routeKey]) => routeKey.startsWith("PUT ")).map(([routeKey]) => routeKey);
  expect([...Object.keys(facts), published].sort()).toEqual(writing.filter((routeKey) => !routeKey.includes("/imports/")).sort());
});

function race(target: string, document: (n: number) => object, headers: (n: number) => Record<string, string>): Promise<Response[]> {
  const send = (n: number) => (services[n % processCount] as Service).send("PUT", target, document(n), headers(n));
  return Promise.all(Array.from({ length: writers }, (_, n) => send(n)));
}

/** Statuses with how often each came. */
function statusesOf(answers: Response[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe.each(Object.entries(facts))("%s", (_, [target, document]) => {
  test("one creates, one replaces, one takes back; all others are told that they came too late", async () => {
    const created = await race(target, document, () => ({ "if-none-match": "*" }));
    expect(statusesOf(created)).toEqual({ 201: 1, 412: writers - 1 });
    const first = created.find(({ status }) => status === 201) as Response;
    const read = await services[1]?.send("GET", target);
    expect(read?.body).toEqual(first.body);

    const etag = first.headers.etag as string;
    const replaced = await race(
      target,
      (n) => document(n + 100),
      () => ({ "if-match": etag }),
    );
    expect(statusesOf(replaced)).toEqual({ 200: 1, 412: writers - 1 });
    const second = replaced.find(({ status }) => status === 200) as Response;
    expect((await services[2]?.send("GET", target))?.body).toEqual(second.body);

    const removed = await Promise.all(
      services.map((service) => service.send("DELETE", target, undefined, { "if-match": second.headers.etag as string })),
    );
    expect(statusesOf(removed)).toEqual({ 204: 1, 412: processCount - 1 });
    expect((await services[3]?.send("GET", target))?.status).toBe(404);
  });
});

test(`${published}: one publishes, the others find it there`, async () => {
  const target = "/v1/policies/northwind-support/versions/2026-01";
  const same = await race(target, northwindJson, () => ({}));
  expect(statusesOf(same)).toEqual({ 200: writers - 1, 201: 1 });
  for (const { body } of same) expect(body).toEqual(same[0]?.body);
  const other = "/v1/policies/northwind-support/versions/2026-02";
  const titled = (n: number) => ({ ...northwindJson(), version: "2026-02", effectiveFrom: "2026-02-01", title: `Terms ${n}` });
  const different = await race(other, titled, () => ({}));
  expect(statusesOf(different)).toEqual({ 201: 1, 409: writers - 1 });
  const won = different.find(({ status }) => status === 201);
  expect((await services[0].send("GET", other)).body.title).toBe(won?.body.title);
});

test("who reads, adds and writes whole documents, and reads again when too late, loses no other's addition", async () => {
  const target = `${account}/contracts/shared`;
  await services[0].send("PUT", target, { ...documents.contract, lines: [] });
  let late = 0;
  const add = async (n: number) => {
    const service = services[n % processCount] as Service;
    for (;;) {
      const { body, headers } = await service.send("GET", target);
      const { contractId: _, ...document } = body;
      const lines = [...document.lines, { licenseId: `l-${n}`, annualFee: chf("1.00") }];
      const { status } = await service.send("PUT", target, { ...document, lines }, { "if-match": headers.etag as string });
      if (status === 200) return;
      expect(status).toBe(412);
      late += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, n) => add(n)));
  const { body } = await services[0].send("GET", target);
  expect(body.lines.map(({ licenseId }: { licenseId: string }) => licenseId).sort()).toEqual(
    Array.from({ length: writers }, (_, n) => `l-${n}`).sort(),
  );
  expect(late, "they did collide").toBeGreaterThan(0);
  expect(await services[0].store.auditLog({ accountId: "acme" })).toMatchObject({ problems: [] });
});

test("who writes different lines and payments without reading does not need to know of the others", async () => {
  const written = Array.from({ length: writers }, (_, n) => {
    const service = services[n % processCount] as Service;
    return n % 2 === 0
      ? service.send("PUT", `${account}/contracts/c-1/lines/own-${n}`, documents.line)
      : service.send("PUT", `${account}/invoices/inv-7/payments/own-${n}`, { ...documents.payment, amount: chf("1.00") });
  });
  expect(statusesOf(await Promise.all(written))).toEqual({ 201: writers });
  const ids = (list: Record<string, string>[], id: string) => list.map((one) => one[id]).filter((name) => name?.startsWith("own-"));
  expect(ids((await services[0].send("GET", `${account}/contracts/c-1`)).body.lines, "licenseId")).toHaveLength(writers / 2);
  expect(ids((await services[0].send("GET", `${account}/invoices/inv-7`)).body.payments, "paymentId")).toHaveLength(writers / 2);
});
