/** Rule packs (cdk-nag): no finding that is not answered, no answer that nothing asks for, each with its reason. */
import { type App, Validations } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { checkWithRulePacks, waivers } from "../../infra/nag.ts";
import type { StageName } from "../../infra/stage.ts";
import { stackOf } from "./deployed/template.ts";

interface Finding {
  ruleName: string;
  violatingResources: { constructPath?: string }[];
}

function findingsIn(app: App): string[] {
  const found = [new AwsSolutionsChecks(app), new ServerlessChecks(app)].flatMap(
    (pack) => pack.validateScope(app).violations as unknown as Finding[],
  );
  return found.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`));
}

/** All that can be switched on. */
const everything = {
  adminEmail: "admin@example.com",
  alarmEmail: "ops@example.com",
  signInDomain: "good-standing",
  machineClients: { "ticket-system": ["ask", "read"] },
  domain: "support.example.com",
  certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/1",
};

const contexts: [StageName, Record<string, unknown>][] = [
  ["dev", {}],
  ["prod", everything],
  ["prod", { oidcIssuer: "https://issuer.example.com", oidcAudience: "good-standing" }],
];

test.each(contexts)("%s with %j has no finding that is not answered", (stage, context) => {
  const { app } = stackOf(stage, context);
  app.synth();
  expect(findingsIn(app)).toEqual([]);
});

test("every answer is asked for where it stands, and has a reason that is a sentence", () => {
  const { app, stack } = stackOf("prod", everything);
  app.synth();
  for (const one of stack.node.findAll()) {
    const acknowledged = one.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    for (const { data } of acknowledged) for (const id of Object.keys(data as object)) delete (data as Record<string, string>)[id];
  }
  const findings = findingsIn(app);
  for (const { at, id, reason } of waivers) {
    const path = ["test", ...(at === "" ? [] : at.split("/"))].join("/");
    expect(
      findings.filter((finding) => finding.startsWith(`${id} at ${path}/`)),
      `${id} at ${path}`,
    ).not.toEqual([]);
    expect(reason, id).toMatch(/^[A-Z].{30,}\.$/);
  }
});

test("a finding that nobody answered fails the synthesis", () => {
  const { app, stack } = stackOf("dev");
  checkWithRulePacks(app);
  new Bucket(stack, "Unguarded");
  const before = process.exitCode;
  process.env.CDK_VALIDATION = "true";
  try {
    const thrown = attempt(() => app.synth());
    expect(thrown !== null || process.exitCode === 1).toBe(true);
  } finally {
    process.env.CDK_VALIDATION = "false";
    process.exitCode = before;
  }
});

function attempt(run: () => unknown): unknown {
  try {
    run();
    return null;
  } catch (error) {
    return error ?? "thrown";
  }
}
