/** Every right that every function has, line by line: what is not listed here, none has. That each is needed: rights-used.test.ts. */
import { beforeAll, describe, expect, test } from "vitest";
import { statementsOf } from "./deployed/authority.ts";
import { filler, ofType, type Resources, resourcesOf } from "./deployed/template.ts";

let resources: Resources;
beforeAll(() => {
  resources = resourcesOf("prod");
});

const onTable = (...operations: string[]) => operations.map((name) => `dynamodb:${name} table`);
const onIndexes = (...names: string[]) => names.map((name) => `dynamodb:Query table/index/${name}`);
const inAccounts = ["DeleteItem", "UpdateItem"].map((name) => `dynamodb:${name} table if LeadingKeys are account#*`);

/** What answers from an account's facts, from the catalog, keeps an answer, or records facts. */
const facts = onTable("BatchGetItem", "Query");
const catalog = onTable("BatchGetItem", "GetItem", "Query");
const keeping = onTable("BatchGetItem", "GetItem", "PutItem", "Query");
const recording = onTable("BatchGetItem", "BatchWriteItem", "GetItem", "PutItem", "Query");
const visiting = [...onTable("BatchGetItem", "BatchWriteItem", "ConditionCheckItem", "PutItem", "Query"), ...inAccounts];
const sweeping = [...visiting, ...onTable("GetItem"), ...onIndexes("by-agenda", "by-case", "by-list")];

const ownLog = ["logs:CreateLogStream own log", "logs:PutLogEvents own log"];
const readingStream = ["dynamodb:DescribeStream stream", "dynamodb:GetRecords stream", "dynamodb:GetShardIterator stream", "dynamodb:ListStreams *"];
const telling = "sqs:SendMessage dead letters";
const numbering = "if LeadingKeys are events#*, counter#*";

/** By the function's place in the stack. */
const expected: Record<string, string[]> = {
  FunctionsAccounts: [...onTable("BatchGetItem", "BatchWriteItem", "PutItem", "Query"), ...onIndexes("by-list")],
  FunctionsCatalog: recording,
  FunctionsEntitlementChecks: keeping,
  FunctionsDecisions: [...catalog, ...onIndexes("by-case", "by-list")],
  FunctionsContactChecks: facts,
  FunctionsSeverityAssessments: catalog,
  FunctionsCaseClosureChecks: catalog,
  FunctionsStanding: facts,
  FunctionsRenewal: facts,
  FunctionsNotices: [...recording, ...onTable("ConditionCheckItem")],
  FunctionsQuotes: [...recording, ...onTable("ConditionCheckItem"), ...onIndexes("by-list")],
  FunctionsExceptions: recording,
  FunctionsPolicies: recording,
  FunctionsDeadlines: [...facts, ...onIndexes("by-list")],
  FunctionsExports: [...onTable("BatchGetItem"), ...onIndexes("by-list")],
  FunctionsImports: [...keeping, ...onIndexes("by-list"), "s3:PutObject uploads/uploads/*", "sqs:SendMessage queue of imports"],
  FunctionsEvents: [...onTable("BatchGetItem"), ...onIndexes("by-list")],
  FunctionsSweeps: sweeping,
  FunctionsApi: onTable("GetItem"),
  ImportsImportWorker: [
    ...recording,
    "s3:GetObject uploads/uploads/*",
    "s3:ListBucket uploads",
    "sqs:ChangeMessageVisibility queue of imports",
    "sqs:DeleteMessage queue of imports",
    "sqs:GetQueueAttributes queue of imports",
    "sqs:GetQueueUrl queue of imports",
    "sqs:ReceiveMessage queue of imports",
    "sqs:SendMessage queue of imports",
  ],
  EventsPublishEvents: [
    `dynamodb:BatchGetItem table ${numbering}`,
    `dynamodb:GetItem table ${numbering}`,
    `dynamodb:UpdateItem table ${numbering}`,
    "dynamodb:Query table/index/by-list if LeadingKeys are outbox#*",
    ...readingStream,
    "events:PutEvents bus",
    telling,
  ],
  EventsFollow: [...visiting, ...onIndexes("by-case"), ...readingStream, telling],
  ScheduleAuditLogs: [...catalog, ...onIndexes("by-list"), telling],
  ScheduleSweep: [...sweeping, telling],
};

describe("the functions", () => {
  test("are the ones that are listed here", () => {
    expect(
      ofType(resources, "AWS::Lambda::Function")
        .map(([id]) => placeOf(id))
        .sort(),
    ).toEqual(Object.keys(expected).sort());
  });

  test.each(Object.keys(expected))("%s has its rights and no other", (place) => {
    expect(rightsOf(place)).toEqual([...ownLog, ...(expected[place] ?? [])].sort());
  });

  test("may not start one another", () => {
    for (const place of Object.keys(expected)) for (const right of rightsOf(place)) expect(right, place).not.toContain("lambda:");
  });
});

test("a sweep is started by its two rules, and by nobody else", () => {
  const rules = ofType(resources, "AWS::Events::Rule").filter(([, { Properties }]) => JSON.stringify(Properties.Targets).includes("ScheduleSweep"));
  expect(rules).toHaveLength(2);
  const permissions = ofType(resources, "AWS::Lambda::Permission").filter(([, { Properties }]) =>
    JSON.stringify(Properties.FunctionName).includes("ScheduleSweep"),
  );
  expect(permissions.map(([, { Properties }]) => [Properties.Principal, Properties.SourceArn["Fn::GetAtt"][0]]).sort()).toEqual(
    rules.map(([id]) => ["events.amazonaws.com", id]).sort(),
  );
});

test("roles are for Lambda alone, and none has a policy that AWS manages", () => {
  for (const [id, { Properties }] of ofType(resources, "AWS::IAM::Role")) {
    expect(Properties.ManagedPolicyArns, id).toBeUndefined();
    expect(Properties.AssumeRolePolicyDocument.Statement, id).toEqual([
      { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } },
    ]);
  }
});

/** A logical id less its hash. */
function placeOf(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, "");
}

function rightsOf(place: string): string[] {
  const [, fn] = ofType(resources, "AWS::Lambda::Function").find(([id]) => placeOf(id) === place) ?? [];
  const role = fn?.Properties.Role["Fn::GetAtt"][0] as string;
  const log = fn?.Properties.LoggingConfig.LogGroup.Ref as string;
  const policies = ofType(resources, "AWS::IAM::Policy").filter(([, { Properties }]) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role),
  );
  const fill = filler(resources, (id) => id);
  const statements = policies.flatMap(([, { Properties }]) => statementsOf(Properties.PolicyDocument, fill));
  expect(statements.every(({ Effect }) => Effect === "Allow")).toBe(true);
  const rights = statements.flatMap(({ actions, resources: on, conditions }) =>
    actions.flatMap((action) => on.map((resource) => `${action} ${shortened(resource, log)}${said(conditions)}`)),
  );
  return rights.sort();
}

function shortened(arn: string, log: string): string {
  if (arn === "*") return arn;
  const name = (arn.split(":").slice(5).join(":") || arn).replace(/[0-9A-F]{8}(?=$|[/:])/g, "");
  if (name === `log-group:${placeOf(log)}:*`) return "own log";
  if (name === "ImportsQueue") return "queue of imports";
  if (name === "DeadLetters") return "dead letters";
  if (name === "event-bus/EventsBus") return "bus";
  if (name === "table/Table/stream/1") return "stream";
  return name.replace(/^table\/Table/, "table").replace(/^ImportsUploads/, "uploads");
}

/** Keys that are compared must be there, or must all be alike: either is the same for a table, whose requests always have one. */
function said(conditions: Record<string, Record<string, string[]>>): string {
  const { "ForAllValues:StringLike": alike, Null: absent, ...others } = conditions;
  expect(others).toEqual({});
  if (absent !== undefined) expect(absent).toEqual({ "dynamodb:LeadingKeys": ["false"] });
  return alike === undefined ? "" : ` if LeadingKeys are ${alike["dynamodb:LeadingKeys"]?.join(", ")}`;
}
