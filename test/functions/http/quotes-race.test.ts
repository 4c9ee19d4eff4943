/** Several accept, or void, one quote at once, from different processes: one effect, and everyone is told the same story. */
import { expect, test } from "vitest";
import { openStore } from "../../../functions/store/store.ts";
import { freshStore } from "../../store.ts";
import { accepted, quoteMade, reinstatement, voided, writeLapsed } from "./quotes-example.ts";
import { type Service, startService, testNow } from "./service.ts";

const processes = 4;

/** As many services on one table as there are processes: only the table itself keeps them apart. */
async function servicesOnOneTable(): Promise<Service[]> {
  const { endpoint, tableName, client } = await freshStore(() => testNow);
  expect(endpoint).not.toBe("");
  return Promise.all(Array.from({ length: processes }, () => startService(() => openStore({ tableName, client, now: () => testNow }))));
}

async function lapsedQuote(services: Service[], accountId: string, days: readonly string[] = ["2026-07-01"]) {
  const [first] = services as [Service];
  await writeLapsed(first, accountId);
  const quotes = [];
  for (const day of days) quotes.push(await quoteMade(first, reinstatement(accountId, day)));
  return { first, quotes };
}

test("acceptance once: twenty at the same time, one effect", async () => {
  const services = await servicesOnOneTable();
  const { first, quotes } = await lapsedQuote(services, "racer");
  const [quote] = quotes as [(typeof quotes)[number]];
  const versionBefore = (await first.store.readFacts("racer", null))?.versions.account ?? 0;
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => accepted(services[n % processes] as Service, quote, "2026-07-01")));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const { dossier, versions } = (await first.store.readFacts("racer", null)) as NonNullable<Awaited<ReturnType<typeof first.store.readFacts>>>;
  expect(versions.account).toBe(versionBefore + 1);
  expect(dossier.contracts).toHaveLength(2);
});

test("accept against void: one of them, never both", async () => {
  const services = await servicesOnOneTable();
  for (const accountId of ["duel-1", "duel-2", "duel-3"]) {
    const { first, quotes } = await lapsedQuote(services, accountId);
    const [quote] = quotes as [(typeof quotes)[number]];
    const answers = await Promise.all(
      services.map((service, n) => (n % 2 === 0 ? accepted(service, quote, "2026-07-01") : voided(service, quote, "withdrawn"))),
    );
    const { status } = (await first.send("GET", `/v1/quotes/${quote.body.id}`)).body;
    const won = answers.filter((answer) => answer.status === 200);
    expect(won.map(({ body }) => body.status)).toEqual([status, status]);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(2);
    expect((await first.store.readFacts(accountId, null))?.dossier.contracts).toHaveLength(status === "accepted" ? 2 : 1);
  }
});

test("two quotes of one lapse at the same time: one is accepted, and no day is charged twice", async () => {
  const services = await servicesOnOneTable();
  const { first, quotes } = await lapsedQuote(services, "twice", ["2026-03-01", "2026-07-01", "2026-09-01", "2026-12-31"]);
  const answers = await Promise.all(quotes.map((quote, n) => accepted(services[n] as Service, quote, "2026-12-31")));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(Array(3).fill("quote-overtaken"));
  expect((await first.store.readFacts("twice", null))?.dossier.contracts).toHaveLength(2);
});
