/** The pages in `docs/policies` are those that the data makes, and say what has to be said. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { shippedPolicies } from "../../domain/policies/index.ts";
import type { Policy } from "../../domain/policy.ts";
import { explain } from "../../domain/policy-explained.ts";
import { policyPages } from "../../infra/policy/pages.ts";

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

test("an option says what it changes", () => {
  const { readings } = explain(shippedPolicies.get("ebiexperts-support")?.[0] as Policy);
  const base = readings.find(({ id }) => id === "ebx-fee-base");
  expect(base?.options.find(({ id }) => id === "forward")?.effect).toEqual([
    "7.3(ii): Formula: a fee of 25 % of: the new fees; due when cover is asked back before it has ended: see reading `ebx-early-fee`.",
  ]);
});
