/** What would be deployed, read from the template: routes, runtimes, rights, and what the stages differ in. */
import { App } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import cdk from "../../cdk.json" with { type: "json" };
import { capabilities } from "../../functions/capabilities.ts";
import { tableDescription } from "../../functions/store/table.ts";
import { accessOf } from "../../infra/capability-access.ts";
import { GoodStandingStack } from "../../infra/stack.ts";
import { type StageName, stageName } from "../../infra/stage.ts";

// Bundling is tested on its own; the library's validation of the template runs in `npm run synth`.
process.env.CDK_VALIDATION = "false";

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

function templateOf(stage: StageName): Template {
  const app = new App({ context: { ...cdk.context, "aws:cdk:bundling-stacks": [] } });
  return Template.fromStack(new GoodStandingStack(app, "test", { stage }));
}

let dev: Template;
let prod: Template;
beforeAll(() => {
  dev = templateOf("dev");
  prod = templateOf("prod");
});

function resources(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.findResources(type)) as [string, Resource][];
}

/** Logical ids end in a hash: the function that was made with this construct id. */
function logicalIdOf(template: Template, constructId: string): string {
  const found = resources(template, "AWS::Lambda::Function").filter(([id]) =>
    new RegExp(`^(?:Functions|Events|Schedule)${constructId}[0-9A-F]{8}$`).test(id),
  );
  expect(found, constructId).toHaveLength(1);
  return found[0]?.[0] as string;
}

const constructIdOf = (name: string) => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Every action and resource that a function's role allows. */
function rightsOf(template: Template, constructId: string): { actions: string[]; statements: { Action: string | string[]; Resource: unknown }[] } {
  const role = JSON.stringify((template.findResources("AWS::Lambda::Function")[logicalIdOf(template, constructId)] as Resource).Properties.Role);
  const policies = resources(template, "AWS::IAM::Policy").filter(([, { Properties }]) =>
    (Properties.Roles as { Ref: string }[]).some(({ Ref }) => role.includes(`"${Ref}"`)),
  );
  const statements = policies.flatMap(
    ([, { Properties }]) => (Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement,
  );
  return { statements, actions: statements.flatMap(({ Action }) => Action).sort() };
}

describe("the HTTP API", () => {
  const routeKeys = Object.values(capabilities).flatMap((operations) => Object.keys(operations));

  test("has exactly the routes that the capabilities have", () => {
    const routes = resources(dev, "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => Properties.RouteKey);
    expect(routes.sort()).toEqual([...routeKeys].sort());
    expect(routes).toContain("$default");
    expect(new Set(routes).size).toBe(routes.length);
  });

  test("sends each route to the function of its capability", () => {
    const integrations = dev.findResources("AWS::ApiGatewayV2::Integration") as Record<string, Resource>;
    for (const [name, operations] of Object.entries(capabilities)) {
      const functionId = logicalIdOf(dev, constructIdOf(name));
      for (const routeKey of Object.keys(operations)) {
        const [, route] = resources(dev, "AWS::ApiGatewayV2::Route").find(([, { Properties }]) => Properties.RouteKey === routeKey) as [
          string,
          Resource,
        ];
        const integration = Object.entries(integrations).find(([id]) => JSON.stringify(route.Properties.Target).includes(`"${id}"`))?.[1];
        expect(integration?.Properties).toMatchObject({ PayloadFormatVersion: "2.0", IntegrationUri: { "Fn::GetAtt": [functionId, "Arn"] } });
      }
    }
  });

  test("lets nobody in unsigned, but to see that it is there and how to talk to it", () => {
    const open = resources(dev, "AWS::ApiGatewayV2::Route").filter(([, { Properties }]) => Properties.AuthorizationType !== "AWS_IAM");
    expect(open.map(([, { Properties }]) => Properties.RouteKey).sort()).toEqual([
      "$default",
      "GET /docs",
      "GET /docs/redoc.js",
      "GET /v1/health",
      "GET /v1/openapi.json",
    ]);
  });
});

describe("the functions", () => {
  test("are one a capability, one to publish and one to audit, all on Node 24 and arm64", () => {
    const functions = resources(dev, "AWS::Lambda::Function");
    expect(functions).toHaveLength(Object.keys(capabilities).length + 2);
    for (const [id, { Properties }] of functions)
      expect(Properties, id).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], Handler: "index.handler" });
  });

  test.each(Object.entries(accessOf))("%s may only %s", (name, access) => {
    const { actions, statements } = rightsOf(dev, constructIdOf(name));
    const reading = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"];
    const writing = ["dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:PutItem"];
    expect(actions).toEqual({ read: reading, "read-and-write": [...reading, ...writing].sort() }[access]);
    const [tableId] = resources(dev, "AWS::DynamoDB::Table")[0] as [string, Resource];
    for (const { Resource } of statements)
      expect(Resource).toEqual([{ "Fn::GetAtt": [tableId, "Arn"] }, { "Fn::Join": ["", [{ "Fn::GetAtt": [tableId, "Arn"] }, "/index/*"]] }]);
  });

  test("that publishes reads the stream, sends to the bus and to the dead letters, and no more", () => {
    const { actions } = rightsOf(dev, "PublishEvents");
    expect(actions).toEqual(
      [
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
        "events:PutEvents",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:SendMessage",
      ].sort(),
    );
  });

  test("that audits only reads", () => {
    expect(rightsOf(dev, "AuditLogs").actions.filter((action) => action.startsWith("dynamodb:"))).toEqual([
      "dynamodb:BatchGetItem",
      "dynamodb:GetItem",
      "dynamodb:Query",
    ]);
  });

  test("no role may do everything, or anything to everything", () => {
    for (const [id, { Properties }] of resources(dev, "AWS::IAM::Policy")) {
      for (const { Action, Resource } of (Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement) {
        for (const action of [Action].flat()) expect(action, id).not.toContain("*");
        // Listing streams knows no smaller scope.
        if (Action !== "dynamodb:ListStreams") expect(Resource, id).not.toBe("*");
      }
    }
  });
});

describe("the table", () => {
  test("is the one that the store describes, on demand, with point-in-time recovery and a stream", () => {
    dev.resourceCountIs("AWS::DynamoDB::Table", 1);
    dev.hasResourceProperties("AWS::DynamoDB::Table", {
      BillingMode: "PAY_PER_REQUEST",
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: tableDescription.stream },
      KeySchema: [
        { AttributeName: tableDescription.partitionKey, KeyType: "HASH" },
        { AttributeName: tableDescription.sortKey, KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: tableDescription.indexes.map(({ name, partitionKey, sortKey, projected }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: partitionKey, KeyType: "HASH" },
          { AttributeName: sortKey, KeyType: "RANGE" },
        ],
        Projection: projected.length === 0 ? { ProjectionType: "KEYS_ONLY" } : { ProjectionType: "INCLUDE", NonKeyAttributes: [...projected] },
      })),
    });
  });

  test("goes with a trial stack, and stays whatever happens to the one that people rely on", () => {
    dev.hasResource("AWS::DynamoDB::Table", { DeletionPolicy: "Delete", Properties: { DeletionProtectionEnabled: false } });
    prod.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: { DeletionProtectionEnabled: true },
    });
  });
});

describe("events", () => {
  test("go from the stream to the bus; what cannot be sent is told apart record by record and ends in a queue", () => {
    dev.resourceCountIs("AWS::Events::EventBus", 1);
    dev.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BisectBatchOnFunctionError: true,
      StartingPosition: "TRIM_HORIZON",
      MaximumRetryAttempts: Match.anyValue(),
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
      FilterCriteria: {
        Filters: [{ Pattern: JSON.stringify({ eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "event#" }] } } } }) }],
      },
    });
  });

  test("the history is audited every night, and a broken one is told once", () => {
    const auditId = logicalIdOf(dev, "AuditLogs");
    dev.hasResourceProperties("AWS::Events::Rule", {
      ScheduleExpression: "cron(10 3 * * ? *)",
      Targets: [Match.objectLike({ Arn: { "Fn::GetAtt": [auditId, "Arn"] } })],
    });
    dev.hasResourceProperties("AWS::Lambda::EventInvokeConfig", { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: Match.anyValue() } });
  });
});

test("no resource has a name of its own, so that stages fit side by side", () => {
  const nameOf: Record<string, string> = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::IAM::Role": "RoleName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::Events::Rule": "Name",
  };
  for (const [type, property] of Object.entries(nameOf)) {
    const found = resources(dev, type);
    expect(found, type).not.toEqual([]);
    for (const [id, { Properties }] of found) expect(Properties ?? {}, id).not.toHaveProperty(property);
  }
});

test("logs are kept for a while, not for ever", () => {
  for (const [id, { Properties }] of resources(prod, "AWS::Logs::LogGroup")) expect(Properties.RetentionInDays, id).toBeGreaterThan(0);
});

test("a stage that is none is refused", () => {
  expect(stageName(undefined)).toBe("dev");
  expect(() => stageName("production")).toThrow("no such stage: got `production`, expected one of `dev`, `prod`");
  expect(() => stageName("toString")).toThrow("no such stage");
});
