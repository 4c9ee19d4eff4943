/** Languages: by the primary subtag, in any case of letters; a request that states none is taken to be in one that is served. */
import { expect, test } from "vitest";
import { type Condition, judge } from "./asked.ts";

const condition: Condition = { condition: "language", languages: ["en", "de"], otherwise: "discretion" };
const ask = (language: string | undefined) => judge(condition, { request: { language } });
const given = (language: string) => ({ result: "pass", finding: `support is given in \`${language}\`` });

test("none stated", () => expect(ask(undefined)).toEqual({ result: "pass", finding: "no other language is asked for" }));
test("one that is served", () => expect(ask("de")).toEqual(given("de")));
test("in its region, in capitals", () => expect(ask("EN-gb")).toEqual(given("EN-gb")));
test("another one", () => {
  expect(ask("fr-CH")).toEqual({
    result: "discretion",
    finding: "support is given in `en`, `de`, the request is in `fr-CH`",
    facts: [{ path: "request/language", value: "fr-CH" }],
  });
});
test("by its longer tag", () => {
  for (const tag of ["deu", "DEU-CH", "eng"]) expect(ask(tag)).toEqual(given(tag));
});
test("one that only begins alike", () => expect(ask("den")).toMatchObject({ result: "discretion" }));
test("where the clause refuses", () => {
  expect(judge({ ...condition, otherwise: "fail" }, { request: { language: "fr" } })).toMatchObject({ result: "fail" });
});
