/** Every right that every function has, line by line: what is not listed here, none has. */
import { beforeAll, describe, expect, test } from "vitest";
import { type Access, accessOf } from "../../infra/capability-access.ts";
import { statementsOf } from "./deployed/authority.ts";
import { filler, ofType, type Resources, resourcesOf } from "./deployed/template.ts";

let resources: Resources;
beforeAll(() => {
  resources = resourcesOf("prod");
});

/** Rights to the table by what a function does with it, written out. */
const reading = [
  "dynamodb:BatchGetItem table",
  "dynamodb:GetItem table",
  "dynamodb:Query table",
  "dynamodb:Query table/index/by-agenda",
  "dynamodb:Query table/index/by-case",
  "dynamodb:Query table/index/by-list",
];
const writing = [...reading, "dynamodb:BatchWriteItem table", "dynamodb:ConditionCheckItem table", "dynamodb:PutItem table"];
const inAccounts = "if LeadingKeys are account#*";
const byAccess: Record<Access, string[]> = {
  health: ["dynamodb:GetItem table"],
  read: reading,
  "read-and-write": writing,
  sweep: [...writing, `dynamodb:DeleteItem table ${inAccounts}`, `dynamodb:UpdateItem table ${inAccounts}`],
};

const ownLog = ["logs:CreateLogStream own log", "logs:PutLogEvents own log"];
const sendingTo = (queue: string) => ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"].map((action) => `${action} ${queue}`);
const readingStream = ["dynamodb:DescribeStream stream", "dynamodb:GetRecords stream", "dynamodb:GetShardIterator stream", "dynamodb:ListStreams *"];
const numbering = "if LeadingKeys are events#*, counter#*";

/** By the function's place in the stack. */
const expected: Record<string, string[]> = {
  ...Object.fromEntries(Object.entries(accessOf).map(([name, access]) => [`Functions${constructIdOf(name)}`, byAccess[access]])),
  FunctionsImports: [...writing, "s3:PutObject uploads/uploads/*", ...sendingTo("queue of imports")],
  ImportsImportWorker: [
    ...writing,
    "s3:GetObject uploads/uploads/*",
    "s3:ListBucket uploads",
    ...sendingTo("queue of imports"),
    "sqs:ChangeMessageVisibility queue of imports",
    "sqs:DeleteMessage queue of imports",
    "sqs:ReceiveMessage queue of imports",
  ],
  EventsPublishEvents: [
    `dynamodb:BatchGetItem table ${numbering}`,
    `dynamodb:GetItem table ${numbering}`,
    `dynamodb:UpdateItem table ${numbering}`,
    "dynamodb:Query table/index/by-list if LeadingKeys are outbox#*",
    ...readingStream,
    "events:PutEvents bus",
    ...sendingTo("dead letters"),
  ],
  EventsFollow: [...byAccess.sweep, ...readingStream, ...sendingTo("dead letters")],
  ScheduleAuditLogs: [...reading, ...sendingTo("dead letters")],
  ScheduleSweep: [...byAccess.sweep, ...sendingTo("dead letters")],
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

function constructIdOf(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

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
