/** What would be deployed, read from the template: routes, runtimes, rights, and what the stages differ in. */
import { App } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import cdk from "../../cdk.json" with { type: "json" };
import { capabilities } from "../../functions/capabilities.ts";
import { tableDescription } from "../../functions/store/table.ts";
import { bundling } from "../../infra/bundling.ts";
import { GoodStandingStack } from "../../infra/stack.ts";
import { type StageName, stageName } from "../../infra/stage.ts";
import manifest from "../../package.json" with { type: "json" };
import { ofType, resourcesOf } from "./deployed/template.ts";

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

  test("lets nobody in without a token, but to see that it is there and how to talk to it", () => {
    const open = resources(dev, "AWS::ApiGatewayV2::Route").filter(([, { Properties }]) => Properties.AuthorizationType !== "JWT");
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
  test("are one a capability and one each to publish, to follow, to sweep, to import and to audit, all on Node 24 and arm64", () => {
    const functions = resources(dev, "AWS::Lambda::Function");
    expect(functions).toHaveLength(Object.keys(capabilities).length + 5);
    for (const [id, { Properties }] of functions)
      expect(Properties, id).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], Handler: "index.handler" });
  });

  test("run on the Node that they are bundled for; types are of the oldest that a laptop may have", () => {
    const runtimes = new Set(resources(prod, "AWS::Lambda::Function").map(([, { Properties }]) => Properties.Runtime));
    expect([...runtimes]).toEqual([`nodejs${/^node(\d+)$/.exec(bundling.target)?.[1]}.x`]);
    const oldest = /^>=(\d+\.\d+)$/.exec(manifest.engines.node)?.[1];
    expect(manifest.devDependencies["@types/node"].startsWith(`${oldest}.`)).toBe(true);
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

  test("stays whatever happens to the stack, and cannot be deleted by hand where people rely on it", () => {
    for (const template of [dev, prod]) template.hasResource("AWS::DynamoDB::Table", { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    dev.hasResourceProperties("AWS::DynamoDB::Table", { DeletionProtectionEnabled: false });
    prod.hasResourceProperties("AWS::DynamoDB::Table", { DeletionProtectionEnabled: true });
  });

  test("goes with the stack only where that was said beforehand, and never where people rely on it", () => {
    const disposable = { data: "disposable" };
    for (const type of ["AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::S3::Bucket"])
      for (const [id, { DeletionPolicy }] of ofType(resourcesOf("dev", disposable), type)) expect(DeletionPolicy, id).toBe("Delete");
    expect(() => resourcesOf("prod", disposable)).toThrow("`-c data=disposable` is for trying out: `prod` keeps its data");
    expect(() => resourcesOf("dev", { data: "gone" })).toThrow("`-c data`: got `gone`, expected one of `kept`, `disposable`");
  });

  test("gives way to a restored one, and is let go of, not removed", () => {
    const restoredStream = "arn:aws:dynamodb:eu-central-1:123456789012:table/facts-restored/stream/2026-11-25T03:00:00.000";
    const restored = resourcesOf("prod", { restoredStream });
    expect(ofType(restored, "AWS::DynamoDB::Table")).toEqual([]);
    for (const [id, { Properties }] of ofType(restored, "AWS::Lambda::Function"))
      expect(Properties.Environment.Variables.TABLE_NAME, id).toBe("facts-restored");
    const streams = ofType(restored, "AWS::Lambda::EventSourceMapping").map(([, { Properties }]) => Properties.EventSourceArn);
    expect(streams.filter((arn) => arn === restoredStream)).toHaveLength(2);
    expect(() => resourcesOf("prod", { restoredStream: "facts-restored" })).toThrow("`-c restoredStream`: got `facts-restored`");
  });

  test("nothing that holds data goes with the stack", () => {
    for (const stage of ["dev", "prod"] as const)
      for (const type of ["AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::S3::Bucket"])
        for (const [id, { DeletionPolicy }] of ofType(resourcesOf(stage), type)) expect(DeletionPolicy, `${stage} ${id}`).toBe("Retain");
  });

  test("is encrypted with the key that AWS owns: nothing to pay, to rotate or to lose", () => {
    dev.hasResourceProperties("AWS::DynamoDB::Table", { SSESpecification: Match.absent() });
    dev.resourceCountIs("AWS::KMS::Key", 0);
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
        Filters: [{ Pattern: JSON.stringify({ eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "events#" }] } } } }) }],
      },
    });
  });

  test("once a day what the stream gave up on is sent", () => {
    dev.hasResourceProperties("AWS::Events::Rule", {
      ScheduleExpression: "cron(10 4 * * ? *)",
      Targets: [Match.objectLike({ Arn: { "Fn::GetAtt": [logicalIdOf(dev, "PublishEvents"), "Arn"] } })],
    });
  });

  test("a change of facts leads to a visit, a visit to no other", () => {
    const pattern = { dynamodb: { Keys: { sk: { S: ["manifest"] } }, NewImage: { unvisited: { S: [{ exists: true }] } } } };
    dev.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      FunctionName: { Ref: logicalIdOf(dev, "Follow") },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      FilterCriteria: { Filters: Match.arrayWith([{ Pattern: JSON.stringify(pattern) }]) },
    });
  });

  test.each(["rate(15 minutes)", "cron(5 0 * * ? *)"])(
    "the sweep runs on %s; what cannot be started is tried again and ends in a queue",
    (ScheduleExpression) => {
      const sweepId = logicalIdOf(dev, "Sweep");
      dev.hasResourceProperties("AWS::Events::Rule", {
        ScheduleExpression,
        Targets: [
          {
            Arn: { "Fn::GetAtt": [sweepId, "Arn"] },
            Id: Match.anyValue(),
            DeadLetterConfig: { Arn: Match.anyValue() },
            RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 8 },
          },
        ],
      });
      dev.hasResourceProperties("AWS::Lambda::EventInvokeConfig", { MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: Match.anyValue() } });
    },
  );

  test("the history is audited every night, and a broken one is told once", () => {
    const auditId = logicalIdOf(dev, "AuditLogs");
    dev.hasResourceProperties("AWS::Events::Rule", {
      ScheduleExpression: "cron(10 3 * * ? *)",
      Targets: [Match.objectLike({ Arn: { "Fn::GetAtt": [auditId, "Arn"] } })],
    });
    dev.hasResourceProperties("AWS::Lambda::EventInvokeConfig", { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: Match.anyValue() } });
  });

  test("every run that a rule could not start ends in a queue", () => {
    const rules = resources(dev, "AWS::Events::Rule");
    expect(rules.length).toBeGreaterThanOrEqual(4);
    for (const [id, { Properties }] of rules)
      for (const { DeadLetterConfig } of Properties.Targets as { DeadLetterConfig?: object }[]) expect(DeadLetterConfig, id).toBeDefined();
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

test("functions are traced only where that was asked for", () => {
  const tracing = (context: object) =>
    ofType(resourcesOf("dev", { ...context }), "AWS::Lambda::Function").map(([, { Properties }]) => Properties.TracingConfig?.Mode);
  expect(new Set(tracing({}))).toEqual(new Set([undefined]));
  expect(new Set(tracing({ tracing: "on" }))).toEqual(new Set(["Active"]));
});

test("a stream is read in batches of 100 that wait for nothing, one at a time a shard, 50 tries within 23 hours: see decision 0030", () => {
  const fromStream = resources(prod, "AWS::Lambda::EventSourceMapping").filter(([, { Properties }]) => "StartingPosition" in Properties);
  expect(fromStream).toHaveLength(2);
  for (const [id, { Properties }] of fromStream) {
    expect(Properties, id).toMatchObject({ BatchSize: 100, MaximumRetryAttempts: 50, MaximumRecordAgeInSeconds: 82_800 });
    for (const absent of ["MaximumBatchingWindowInSeconds", "ParallelizationFactor"]) expect(Properties, id).not.toHaveProperty(absent);
  }
});

test("no function has concurrency set apart: see decision 0030", () => {
  for (const [id, { Properties }] of resources(prod, "AWS::Lambda::Function"))
    expect(Properties, id).not.toHaveProperty("ReservedConcurrentExecutions");
});

test("a stage that is none is refused", () => {
  expect(stageName(undefined)).toBe("dev");
  expect(() => stageName("production")).toThrow("no such stage: got `production`, expected one of `dev`, `prod`");
  expect(() => stageName("toString")).toThrow("no such stage");
});
