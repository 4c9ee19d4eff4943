/**
 * Who contacts are: name, mail address, phone number. In items of their own, so that they can be erased while the facts
 * and their log stay whole. The log keeps a salted digest only; the salt goes with the person.
 */
import { randomBytes } from "node:crypto";
import { sha256 } from "./canonical.ts";
import type { Table } from "./dynamo.ts";
import { between } from "./history.ts";
import { ownerKey, personSort } from "./owners.ts";
import type { Item } from "./packing.ts";
import type { Person } from "./store.ts";

const newestVersion = 9_999_999_999;

/** As of a version of the account's log. */
export async function personAt(table: Table, accountId: string, contactId: string, version = newestVersion): Promise<Person | null> {
  const input = between(ownerKey({ accountId }), personSort(contactId, 0), personSort(contactId, version));
  for await (const item of table.query({ ...input, ScanIndexForward: false, Limit: 1 })) return personOf(item);
  return null;
}

export async function personsAt(table: Table, accountId: string, version = newestVersion): Promise<Map<string, Person>> {
  const persons = new Map<string, Person>();
  for await (const item of table.query(between(ownerKey({ accountId }), "person#", "person#~"))) {
    // In the order of contacts, then versions: the last one that is not too new stays.
    if (Number(item.version?.N) <= version) persons.set(item.contactId?.S ?? "", personOf(item));
  }
  return persons;
}

export async function erasePerson(table: Table, accountId: string, contactId: string): Promise<void> {
  const keys: Item[] = [];
  for await (const { pk, sk } of table.query(between(ownerKey({ accountId }), personSort(contactId, 0), personSort(contactId, newestVersion)))) {
    if (pk !== undefined && sk !== undefined) keys.push({ pk, sk });
  }
  await table.deleteAll(keys);
}

export function personItem(accountId: string, contactId: string, version: number, person: Person): { item: Item; digest: string } {
  const text = textOfPerson(person);
  const salt = randomBytes(12).toString("base64url");
  const item: Item = {
    pk: { S: ownerKey({ accountId }) },
    sk: { S: personSort(contactId, version) },
    contactId: { S: contactId },
    version: { N: String(version) },
    person: { S: text },
    salt: { S: salt },
  };
  return { item, digest: sha256(`${salt}\n${text}`) };
}

export function isSamePerson(a: Person | null, b: Person): boolean {
  return a !== null && textOfPerson(a) === textOfPerson(b);
}

function textOfPerson({ name, email, phone }: Person): string {
  return JSON.stringify({ name, email, phone });
}

function personOf(item: Item): Person {
  return JSON.parse(item.person?.S ?? "");
}
