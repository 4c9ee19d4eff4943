/** Where a field may have one of several forms, an error says which. */
import { expect, test } from "vitest";
import * as z from "zod";
import { contract, license } from "../../../domain/facts.ts";
import { policy } from "../../../domain/policy.ts";
import { Problem } from "../../../functions/http/problem.ts";
import { parseShape } from "../../../functions/http/shape-errors.ts";
import { northwindJson } from "../../northwind.ts";

/** The errors that the body is refused with, by their pointers. */
function errorsOf(schema: z.ZodType, body: unknown): Record<string, string> {
  try {
    parseShape(schema, body, "body");
  } catch (error) {
    if (error instanceof Problem) return Object.fromEntries(error.errors.map(({ pointer, detail }) => [pointer, detail]));
    throw error;
  }
  return {};
}

const soldBy = (value: unknown) => {
  const document = { policyId: "p", program: "gold", currency: "CHF", term: { firstDay: "2026-01-01", lastDay: "2026-12-31" }, lines: [] };
  return errorsOf(contract, { ...document, soldBy: value });
};

test("a text or an object: neither is given", () => {
  expect(soldBy(5)).toEqual({ "/soldBy": "expected `direct` or an object with `reseller`, got `5`" });
  expect(soldBy("me")).toEqual({ "/soldBy": "expected `direct` or an object with `reseller`, got `me`" });
});
test("a text or an object: what is wrong within the one that is given", () => {
  expect(soldBy({})).toEqual({ "/soldBy/reseller": "is missing" });
  expect(soldBy({ reseller: "Nord AG", more: 1 })).toEqual({ "/soldBy/more": "unknown field: leave it out, or mend its name" });
  expect(soldBy("direct")).toEqual({});
});

/** The invented policy with other conditions, formulas or notices in its first clause. */
const policyWith = (parts: object) => {
  const document = northwindJson();
  Object.assign(document.clauses[0], parts);
  return errorsOf(policy, document);
};

test("a name that decides what else is there", () => {
  expect(policyWith({ closures: [{ ground: "mood" }] })).toEqual({
    "/clauses/0/closures/0/ground": "expected one of `event`, `no-answer`, `not-stated`, got `mood`",
  });
  expect(policyWith({ closures: [{}] })).toEqual({
    "/clauses/0/closures/0/ground": "expected one of `event`, `no-answer`, `not-stated`, got `nothing`",
  });
});
test("one of several texts, or an object", () => {
  const formulas = [{ formula: "co-term", by: "x" }];
  expect(policyWith({ formulas })).toEqual({ "/clauses/0/formulas/0/by": "expected `stub` or `literal` or an object with `reading`, got `x`" });
});
test("of several objects the one that is nearest", () => {
  const notice = { notice: "maintenance", ruling: "hours-ahead", forms: ["email"] };
  expect(policyWith({ notices: [notice] })).toEqual({ "/clauses/0/notices/0/hours": "is missing" });
  expect(policyWith({ notices: [{ ...notice, hours: 72, ruling: "maybe" }] })).toEqual({
    "/clauses/0/notices/0/ruling": "expected one of `undetermined`, `hours-ahead`",
  });
});
test("a text of a form that is said, or a list", () => {
  const conditions = [{ condition: "intake", fields: ["Upper Case"], otherwise: "fail" }];
  expect(Object.keys(policyWith({ conditions }))).toEqual(["/clauses/0/conditions/0/fields/0"]);
});
test("a schema's own words stand where it has some, with the text that was given", () => {
  const either = z.union([z.string().regex(/^a$/, "must be `a`"), z.int()]);
  expect(errorsOf(z.strictObject({ it: either }), { it: "b" })).toEqual({ "/it": "must be `a`, got `b`" });
  const zoned = (zone: unknown) => errorsOf(policy, { ...northwindJson(), zone });
  expect(zoned("CET+1")).toEqual({ "/zone": "must be an IANA time zone, such as Europe/Zurich, got `CET+1`" });
  expect(zoned(1)).toEqual({ "/zone": "expected a string or `premises`, got `1`" });
  const conditions = [{ condition: "language", languages: ["Norwegian"], otherwise: "fail" }];
  expect(policyWith({ conditions })).toEqual({
    "/clauses/0/conditions/0/languages/0": "must be a language in two or three small letters, such as en, got `Norwegian`",
  });
});
test("a name that is none of those of a list by name: which there are", () => {
  const conditions = [{ condition: "open-hours", calendars: { norway: "desk" }, otherwise: "fail" }];
  expect(policyWith({ conditions })).toEqual({
    "/clauses/0/conditions/0/calendars/norway": "unknown field: expected one of `uk-eu`, `us-est`, `us-ct`, `us-pst`, `apac`",
  });
});

test("a number out of bounds is shown", () => {
  const found = (seats: unknown) => errorsOf(license, { productId: "p-1", kind: "perpetual", deliveredOn: "2026-01-01", seats });
  expect(found(-1)).toEqual({ "/seats": "must be at least `1`, got `-1`" });
  expect(found(0)).toEqual({ "/seats": "must be at least `1`, got `0`" });
  expect(found(1)).toEqual({});
});
test("what answers carry beside the document is to be left out", () => {
  const detail = "unknown field: leave it out, the service adds it to what it answers";
  const read = { ...northwindJson(), shipped: false, inWords: {}, commonReadings: [], hints: [], color: "red" };
  expect(errorsOf(policy, read)).toEqual({
    "/shipped": detail,
    "/inWords": detail,
    "/commonReadings": detail,
    "/hints": detail,
    "/color": "unknown field: leave it out, or mend its name",
  });
  expect(errorsOf(license, { licenseId: "l-1", productId: "p-1", kind: "perpetual", deliveredOn: "2026-01-01", seats: 1 })).toEqual({
    "/licenseId": detail,
  });
});
