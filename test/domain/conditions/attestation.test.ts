/** Attestations: true passes; false and absent are told apart, and mean what the clause says. */
import { expect, test } from "vitest";
import { type Condition, judge } from "./asked.ts";

const tried: Condition = { condition: "attestation", name: "triedFirst", states: "the handbook was read", otherwise: "discretion" };
const ask = (attestations: Record<string, boolean>, condition = tried) => judge(condition, { request: { attestations } });
const fact = (value: boolean | null, name = "triedFirst") => [{ path: `request/attestations/${name}`, value }];
const cure = { says: "if it is so, attest `triedFirst`", clause: "4.1", price: null };

test("true", () => {
  expect(ask({ triedFirst: true })).toEqual({ result: "pass", finding: "the request attests that the handbook was read", facts: fact(true) });
});
test("false", () => {
  expect(ask({ triedFirst: false })).toEqual({
    result: "discretion",
    finding: "the request denies that the handbook was read",
    facts: fact(false),
    cure: { ...cure, says: "once it is so, attest `triedFirst`" },
  });
});
test("absent, where others are attested", () => {
  expect(ask({ other: true })).toEqual({
    result: "discretion",
    finding: "the request does not say whether the handbook was read",
    facts: fact(null),
    cure,
  });
});
test("where the clause refuses", () => expect(ask({}, { ...tried, otherwise: "fail" })).toMatchObject({ result: "fail" }));
test("what every object has is not attested", () => {
  expect(ask({}, { ...tried, name: "toString" })).toEqual({
    result: "discretion",
    finding: "the request does not say whether the handbook was read",
    facts: fact(null, "toString"),
    cure: { ...cure, says: "if it is so, attest `toString`" },
  });
});
