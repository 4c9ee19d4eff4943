/** A setting that is misspelt would be one left out, and take away what it stood for. */
import { expect, test } from "vitest";
import { resourcesOf } from "./deployed/template.ts";

test("a setting that there is not is refused by its name", () => {
  expect(() => resourcesOf("dev", { alarmMail: "ops@example.com" })).toThrow(
    /^`-c alarmMail`: there is no such setting, expected one of `stage`, .*`alarmEmail`/,
  );
});

test("what the CDK keeps beside them is none of our business", () => {
  expect(() => resourcesOf("dev", { "@aws-cdk/core:newStyleStackSynthesis": true, "aws:cdk:anything": true })).not.toThrow();
});
