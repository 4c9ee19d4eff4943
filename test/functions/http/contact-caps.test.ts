/**
 * At most six technical contacts count (Ebiexperts 6.3), whoever writes how many of them at once (P20): at every commit
 * of the race, the six who are active the longest and no other may report a case.
 */
import { expect, test } from "vitest";
import { documents, writeExample } from "./example.ts";
import { processesOnOneTable } from "./processes.ts";
import type { Response, Service } from "./service.ts";

const processCount = 4;
const racers = 20;
const account = "/v1/accounts/acme";
/** In the order in which they count: by their first day, which is not the order of their ids. */
const contacts = Array.from({ length: racers }, (_, n) => ({
  contactId: `tc-${(n * 7) % racers}`,
  activeFrom: `2025-01-${String(n + 1).padStart(2, "0")}`,
}));

const passes = ({ body }: Response) =>
  body.reasons.some(({ condition, result }: { condition: string; result: string }) => condition === "contact-role" && result === "pass");

test("twenty contacts written at once: never more than six count, at no commit, and in the end the first six", async () => {
  const services = await processesOnOneTable(processCount);
  const [first] = services;
  await writeExample(first);
  await first.send("DELETE", `${account}/contacts/jmeier`);
  const before = (await first.store.readFacts("acme", null))?.versions.account ?? 0;

  const writes = contacts.map(({ contactId, activeFrom }, n) =>
    (services[n % processCount] as Service).send("PUT", `${account}/contacts/${contactId}`, { ...documents.contact, activeFrom }),
  );
  expect((await Promise.all(writes)).map(({ status }) => status)).toEqual(Array(racers).fill(201));

  const after = await first.store.readFacts("acme", null);
  expect(after?.versions.account).toBe(before + racers);
  const request = (contactId: string) => ({ ...documents.check, request: { ...documents.check.request, contactId } });
  for (const service of services) service.clock.now = (after?.recordedAt.account ?? 0) + 1_000;
  for (let version = before + 1; version <= before + racers; version++) {
    const { recordedAt, dossier } = await first.store.readFactsAtVersions("acme", { account: version, catalog: after?.versions.catalog ?? 0 });
    const knownAt = new Date(Math.max(recordedAt.account, recordedAt.catalog)).toISOString();
    const answers = await Promise.all(
      contacts.map(({ contactId }) => first.send("POST", "/v1/entitlement-checks/preview", { ...request(contactId), knownAt })),
    );
    const counting = contacts.filter((_, n) => passes(answers[n] as Response)).map(({ contactId }) => contactId);
    const recorded = contacts.filter(({ contactId }) => dossier.contacts.some((contact) => contact.contactId === contactId));
    expect(counting, `version ${version}`).toEqual(recorded.slice(0, 6).map(({ contactId }) => contactId));
  }
  const seventh = { ...documents.contactCheck, contact: { ...documents.contactCheck.contact, contactId: "one-more" }, actorContactId: undefined };
  expect((await first.send("POST", "/v1/contact-checks", seventh)).body).toMatchObject({ outcome: "refused" });
});

test("six who step down and six who come in, at once: the places are taken once", async () => {
  const services = await processesOnOneTable(processCount);
  const [first] = services;
  await writeExample(first);
  const put = (service: Service, contactId: string, more: object = {}) =>
    service.send("PUT", `${account}/contacts/${contactId}`, { ...documents.contact, ...more });
  for (let n = 1; n <= 5; n++) await put(first, `old-${n}`);
  const changes = Array.from({ length: 12 }, (_, n) => {
    const service = services[n % processCount] as Service;
    return n % 2 === 0
      ? service.send("DELETE", `${account}/contacts/${n === 0 ? "jmeier" : `old-${n / 2}`}`)
      : put(service, `new-${(n + 1) / 2}`, { activeFrom: "2026-01-01" });
  });
  expect((await Promise.all(changes)).map(({ status }) => status).sort()).toEqual([...Array(6).fill(201), ...Array(6).fill(204)]);
  const ask = (contactId: string) =>
    first.send("POST", "/v1/entitlement-checks/preview", { ...documents.check, request: { ...documents.check.request, contactId } });
  for (let n = 1; n <= 6; n++) expect(passes(await ask(`new-${n}`))).toBe(true);
  for (const gone of ["jmeier", "old-1", "old-5"]) expect(passes(await ask(gone))).toBe(false);
});
