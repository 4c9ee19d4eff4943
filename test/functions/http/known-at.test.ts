/**
 * The `knownAt` that an answer carries when none was asked for: asked again with it, the answer is the same to the byte,
 * also where what was under way during the first read was recorded before the clock of that read (P12).
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../../functions/store/store.ts";
import { documents, newKey, writeExample } from "./example.ts";
import { type Response, type Service, startService } from "./service.ts";

const account = "/v1/accounts/acme";
const contract = `${account}/contracts/c-1`;
const asOf = "2026-03-02T09:30:00Z";

let service: Service;
/** Done by another writer while facts are read, once. */
let meanwhile: () => Promise<unknown> = async () => {};
beforeAll(async () => {
  service = await startService((store: Store) => ({
    ...store,
    async readFacts(accountId, knownAt) {
      const snapshot = await store.readFacts(accountId, knownAt);
      const act = meanwhile;
      meanwhile = async () => {};
      await act();
      return snapshot;
    },
  }));
  await writeExample(service);
});

/** Every question of an account that can be asked by `knownAt`, with and without it. */
const questions: [name: string, ask: (knownAt?: string) => Promise<Response>][] = [
  ...["/facts", "/standing", "/contracts/c-1/renewal"].map((path): (typeof questions)[number] => [
    path,
    (knownAt) => service.send("GET", `${account}${path}?asOf=${asOf}${knownAt === undefined ? "" : `&knownAt=${knownAt}`}`),
  ]),
  ...(
    [
      ["/v1/entitlement-checks/preview", documents.check],
      ["/v1/contact-checks", documents.contactCheck],
      ["/v1/quotes/preview", documents.quote],
      [`${contract}/notices/preview`, documents.notice],
    ] as const
  ).map(([path, body]): (typeof questions)[number] => [path, (knownAt) => service.send("POST", path, { ...body, asOf, knownAt })]),
];

/** The answer less when it was made. */
const lasting = ({ status, body }: Response) => ({ status, text: JSON.stringify({ ...body, decidedAt: null }) });

/** A minute after the last write, somebody whose clock is half a minute behind writes. */
async function writeBehind(write: () => Promise<unknown>): Promise<void> {
  const { now } = service.clock;
  service.clock.now = now - 30_000;
  await write();
  service.clock.now = now;
}

let written = 0;
/** Changes what every question stands on. */
const changeFacts = async () => {
  written += 1;
  const changed = await service.send("PUT", `${account}/invoices/late-${written}`, documents.invoice);
  expect(changed.status).toBe(201);
};
const changeCatalog = async () => {
  written += 1;
  const changed = await service.send("PUT", `/v1/products/late-${written}`, documents.product);
  expect(changed.status).toBe(201);
};
const changeName = async () => {
  written += 1;
  const renamed = await service.send("PUT", `${account}/contacts/jmeier`, { ...documents.contact, name: `Jane ${written}` });
  expect(renamed.status).toBe(200);
};

describe.each(questions)("%s", (_, ask) => {
  test.each([
    ["the account's facts", changeFacts],
    ["the catalog", changeCatalog],
    ["a contact's name", changeName],
  ])("is answered the same when asked again, after a write to %s by a clock that is behind", async (_, change) => {
    service.clock.now += 60_000;
    const first = await ask();
    expect(first.status).toBe(200);
    await writeBehind(change);
    const again = await ask(first.body.knownAt);
    expect(lasting(again)).toEqual(lasting(first));
    expect((await ask()).body.factsDigest === first.body.factsDigest).toBe(change === changeName);
  });

  test.each([
    ["the account's facts", changeFacts],
    ["a contact's name", changeName],
  ])("is answered the same when asked again, after a write to %s while it was answered", async (_, change) => {
    service.clock.now += 60_000;
    meanwhile = () => writeBehind(change);
    const first = await ask();
    const again = await ask(first.body.knownAt);
    expect(lasting(again)).toEqual(lasting(first));
  });

  test("says when the newest fact was recorded, whenever it is asked", async () => {
    await changeFacts();
    const recordedAt = service.clock.now;
    service.clock.now += 86_400_000;
    const { body } = await ask();
    expect(Date.parse(body.knownAt)).toBe(recordedAt);
  });

  test("says when the catalog was changed, where that was later", async () => {
    await changeCatalog();
    const recordedAt = service.clock.now;
    service.clock.now += 60_000;
    expect(Date.parse((await ask()).body.knownAt)).toBe(recordedAt);
  });
});

test("what was decided and stored carries it too", async () => {
  service.clock.now += 60_000;
  const { body: made } = await service.send("POST", "/v1/entitlement-checks", documents.check);
  await writeBehind(changeFacts);
  const again = await service.send("POST", "/v1/entitlement-checks/preview", { ...documents.check, knownAt: made.knownAt });
  expect({ ...again.body, decidedAt: null }).toEqual({ ...made, id: null, decidedAt: null });
  expect((await service.send("GET", `/v1/decisions/${made.id}`)).body).toEqual(made);
});

test("a notice was ruled on without itself, and is when it is asked again", async () => {
  service.clock.now += 60_000;
  const body = { ...documents.notice, asOf };
  const { body: made } = await service.send("POST", `${contract}/notices`, body, newKey());
  const again = await service.send("POST", `${contract}/notices/preview`, { ...body, knownAt: made.knownAt });
  // In a preview a notice is called new.
  const asPreviewed = JSON.parse(JSON.stringify(made).replaceAll(`notices/${made.id}/`, "notices/new/"));
  expect({ ...again.body, decidedAt: null }).toEqual({ ...asPreviewed, id: null, decidedAt: null });
});

test.each([
  ["/v1/severity-assessments", documents.severity],
  ["/v1/case-closure-checks", documents.closure],
])("%s, which is asked of the catalog alone", async (path, body) => {
  await changeCatalog();
  const recordedAt = service.clock.now;
  service.clock.now += 60_000;
  const first = await service.send("POST", path, { ...body, asOf });
  expect(Date.parse(first.body.knownAt)).toBe(recordedAt);
  await writeBehind(changeCatalog);
  expect((await service.send("POST", path, { ...body, asOf, knownAt: first.body.knownAt })).body).toEqual(first.body);
});
