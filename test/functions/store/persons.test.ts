import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import type { Command, Person } from "../../../functions/store/store.ts";
import { freshStore } from "../../store.ts";
import { contact, writing } from "./facts.ts";

const acme = { accountId: "acme" };
const anna: Person = { name: "Anna Beispiel", email: "anna@example.com", phone: null };
const anne: Person = { name: "Anne Muster-Beispiel", email: null, phone: "+41 44 000 00 00" };

let operations = 0;

function writingPerson(contactId: string, person: Person, role = contact("technical-contact")): Command<Person | null> {
  return {
    operationId: `op-person-${++operations}`,
    by: "test",
    contactIds: [contactId],
    decide: ({ persons }) => ({
      writes: [{ path: `contacts/${contactId}`, value: role }],
      persons: [{ contactId, person }],
      answer: persons.get(contactId) ?? null,
    }),
  };
}

async function accountOf() {
  const clock = { now: 1_000 };
  const fresh = await freshStore(() => clock.now);
  await fresh.store.change(acme, writing({ path: "account", value: { name: "Acme" } }));
  clock.now = 2_000;
  await fresh.store.change(acme, writingPerson("c-1", anna));
  clock.now = 3_000;
  return { ...fresh, clock };
}

test("a person is read as it is now and as it was", async () => {
  const { store, clock } = await accountOf();
  expect(await store.change(acme, writingPerson("c-1", anne))).toEqual({ answer: anna, version: 3, changed: true });
  clock.now = 4_000;
  await store.change(acme, writingPerson("c-10", anna));
  expect(await store.readPerson("acme", "c-1", null)).toEqual(anne);
  expect(await store.readPerson("acme", "c-1", 3_000)).toEqual(anne);
  expect(await store.readPerson("acme", "c-1", 2_999)).toEqual(anna);
  expect(await store.readPerson("acme", "c-1", 1_999)).toBeNull();
  expect(await store.readPerson("acme", "c-10", 3_999)).toBeNull();
  expect(await store.readPersons("acme", null)).toEqual(
    new Map([
      ["c-1", anne],
      ["c-10", anna],
    ]),
  );
  expect(await store.readPersons("acme", 2_999)).toEqual(new Map([["c-1", anna]]));
  expect(await store.readPersons("nobody", null)).toEqual(new Map());
});

test("the same person again makes no version, a new name alone does, a new role keeps the person", async () => {
  const { store } = await accountOf();
  expect(await store.change(acme, writingPerson("c-1", { phone: null, email: "anna@example.com", name: "Anna Beispiel" }))).toMatchObject({
    version: 2,
    changed: false,
  });
  expect(await store.change(acme, writingPerson("c-1", { ...anna, phone: "1" }))).toMatchObject({ version: 3, changed: true });
  expect(await store.change(acme, writing({ path: "contacts/c-1", value: contact("regular-contact") }))).toMatchObject({ version: 4 });
  expect(await store.readPerson("acme", "c-1", null)).toEqual({ ...anna, phone: "1" });
  expect(await store.auditLog(acme)).toEqual({ version: 4, problems: [] });
});

test("an erased person is gone at every time, from every item; the facts and their log stay whole", async () => {
  const { store, client, tableName, clock } = await accountOf();
  await store.change(acme, writingPerson("c-1", anne));
  await store.change(acme, writingPerson("c-10", { name: "Berta", email: null, phone: null }));
  const before = JSON.stringify(await store.readFacts("acme", null));
  await store.erasePerson("acme", "c-1");

  for (const knownAt of [null, 2_000, 3_000]) expect(await store.readPerson("acme", "c-1", knownAt)).toBeNull();
  expect(await store.readPersons("acme", null)).toEqual(new Map([["c-10", { name: "Berta", email: null, phone: null }]]));
  expect(JSON.stringify(await store.readFacts("acme", null))).toBe(before);
  expect(await store.auditLog(acme)).toEqual({ version: 4, problems: [] });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
  const everything = JSON.stringify(Items);
  expect(everything).toContain("Berta");
  for (const trace of ["Anna", "anna@", "Anne", "+41 44"]) expect(everything).not.toContain(trace);

  clock.now = 9_000;
  expect(await store.change(acme, writingPerson("c-1", anna))).toMatchObject({ changed: true });
  expect(await store.readPerson("acme", "c-1", null)).toEqual(anna);
  expect(await store.readPerson("acme", "c-1", 8_999)).toBeNull();
});

test("what can be erased never gets into the log", async () => {
  const { store } = await accountOf();
  for (const key of ["name", "email", "phone"]) {
    await expect(store.change(acme, writing({ path: "contacts/c-2", value: { ...contact("none"), [key]: "x" } }))).rejects.toThrow(
      "belongs to the person",
    );
  }
});

test("a command says beforehand whose person it writes", async () => {
  const { store } = await accountOf();
  await expect(store.change(acme, { ...writingPerson("c-2", anna), contactIds: [] })).rejects.toThrow("contactIds");
});
