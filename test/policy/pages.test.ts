/** The pages in `docs/policies` are those that the data makes, and say what has to be said. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { commonReadings } from "../../domain/policies/common-readings.ts";
import { shippedPolicies } from "../../domain/policies/index.ts";
import type { Policy } from "../../domain/policy.ts";
import { explain } from "../../domain/policy-explained.ts";
import { policyPages } from "../../infra/policy/pages.ts";
import { northwind } from "../northwind.ts";

const folder = fileURLToPath(new URL("../../docs/policies/", import.meta.url));

test("there is a page for each policy that ships, and no other", () => {
  expect(readdirSync(folder).sort()).toEqual([...shippedPolicies.keys()].map((id) => `${id}.md`).sort());
});

test.each(policyPages())("$file is what the data makes: otherwise run `npm run docs:policies`", ({ file, text }) => {
  expect(readFileSync(folder + file, "utf8")).toBe(text);
});

describe.each([...shippedPolicies.values()].map((versions) => versions.at(-1) as Policy))("$id", (policy) => {
  const { clauses, readings, unknown } = explain(policy);

  test("every clause stands in its order, and does something or says why not", () => {
    expect(clauses.map(({ clause }) => clause)).toEqual(policy.clauses.map(({ id }) => id));
    for (const { does, informs } of clauses) expect(does.length > 0 || informs !== null).toBe(true);
  });

  test("nothing is left as data", () => {
    const text = JSON.stringify({ clauses, readings, unknown });
    expect(text).not.toMatch(/undefined|\[object|NaN/);
  });

  test("every reading shows the option that holds among its options", () => {
    for (const { chosen, options } of readings) expect(options.map(({ id }) => id)).toContain(chosen);
  });
});

test("a page names what the text leaves unknown, and where an agreement on it is recorded", () => {
  const { unknown } = explain(shippedPolicies.get("psigen-support")?.[0] as Policy);
  expect(unknown).toContainEqual({
    what: "the hours of `support-hours`",
    clause: null,
    recordedIn: "the contract's `settings.calendars`, under `support-hours`",
  });
  expect(unknown).toContainEqual({
    what: "what follows the recorded term",
    clause: "exclusions.2",
    recordedIn: "the contract's term, once it goes on",
  });
});

test("and what is lost of it, with the fact that says it instead", () => {
  const { unknown } = explain(shippedPolicies.get("ebiexperts-support")?.[0] as Policy);
  expect(unknown).toContainEqual({
    what: "which libraries are listed: the address of the list is lost",
    clause: "7.4",
    recordedIn: "the product's `supportedLibrary`",
  });
});

test("a benefit says what becomes of it for somebody who owes", () => {
  const { readings } = explain(shippedPolicies.get("ebiexperts-support")?.[0] as Policy);
  expect(readings.find(({ id }) => id === "ebx-updates")?.options.map(({ effect }) => effect)).toEqual([
    ["5: Benefit `updates`: generally available updates, when and if released; with a running contract, also while fees are owed."],
    ["5: Benefit `updates`: generally available updates, when and if released; with a running contract, not while fees of it are owed."],
  ]);
});

test("hours and zones that go by a reading stand at its option", () => {
  const { readings, calendars } = explain(shippedPolicies.get("essensys-customer-success")?.[0] as Policy);
  const literal = (id: string) => readings.find((reading) => reading.id === id)?.options.find((option) => option.id === "literal")?.effect;
  expect(calendars.find(({ calendar }) => calendar === "us-ct")?.says).toBe(
    "mon–thu 00:00–23:59, fri 00:00–19:00, America/Chicago, every day of the year",
  );
  expect(literal("ess-m-t")).toEqual([
    "calendar `us-est`: mon–tue 00:00–23:59, fri 00:00–20:00, America/New_York, every day of the year",
    "calendar `us-ct`: mon–tue 00:00–23:59, fri 00:00–19:00, America/Chicago, every day of the year",
    "calendar `us-pst`: mon–tue 00:00–23:59, fri 00:00–17:00, America/Los_Angeles, every day of the year",
  ]);
  expect(literal("ess-zones")?.slice(0, 4)).toEqual([
    "calendar `us-est`: mon–thu 00:00–23:59, fri 00:00–20:00, Etc/GMT+5, every day of the year",
    "calendar `us-pst`: mon–thu 00:00–23:59, fri 00:00–17:00, Etc/GMT+8, every day of the year",
    "premises in `us-est`: zone Etc/GMT+5",
    "premises in `us-pst`: zone Etc/GMT+8",
  ]);
});

test("an option says what it changes", () => {
  const { readings } = explain(shippedPolicies.get("ebiexperts-support")?.[0] as Policy);
  const base = readings.find(({ id }) => id === "ebx-fee-base");
  expect(base?.options.find(({ id }) => id === "forward")?.effect).toEqual([
    "7.3(ii): Formula: a fee of 25 % of: the new fees; due when cover is asked back before it has ended: see reading `ebx-early-fee`.",
  ]);
});

test("readings common to all policies hold for a window of any length", () => {
  const window = commonReadings.find(({ id }) => id === "window");
  expect(JSON.stringify(window)).toContain("as the policy states");
  expect(JSON.stringify(window)).not.toMatch(/twelve|\b12\b/);
});

test("a role is told with its article", () => {
  const contacts = [
    { contact: "registered" as const, roles: ["administrative-contact" as const] },
    { contact: "registered" as const, roles: ["regular-contact" as const] },
  ];
  expect(explain({ ...northwind(), clauses: [{ id: "1", says: "-", contacts }] }).clauses[0]?.does).toEqual([
    "Contacts: an administrative contact is registered in the portal.",
    "Contacts: a regular contact is registered in the portal.",
  ]);
});
