/** What bulk imports get in an AWS account: where files lie, who may do what with them, and what becomes of failures. */
import { App } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { beforeAll, expect, test } from "vitest";
import cdk from "../../cdk.json" with { type: "json" };
import { awsIntake } from "../../functions/imports/aws-intake.ts";
import { importIdsIn } from "../../functions/imports/queue.ts";
import { GoodStandingStack } from "../../infra/stack.ts";

process.env.CDK_VALIDATION = "false";

let template: Template;
beforeAll(() => {
  const app = new App({ context: { ...cdk.context, "aws:cdk:bundling-stacks": [] } });
  template = Template.fromStack(new GoodStandingStack(app, "test", { stage: "prod" }));
});

test("files lie in a private, encrypted bucket for a week", () => {
  template.hasResourceProperties("AWS::S3::Bucket", {
    BucketEncryption: Match.anyValue(),
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 7, Status: "Enabled", AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }] },
  });
  template.hasResourceProperties("AWS::S3::BucketPolicy", {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } })]) },
  });
});

test("a page may hand a file in where a console is named, and nowhere else", () => {
  template.hasResourceProperties("AWS::S3::Bucket", { CorsConfiguration: Match.absent() });
  const app = new App({ context: { ...cdk.context, "aws:cdk:bundling-stacks": [], consoleUrl: "https://desk.acme.example/start" } });
  Template.fromStack(new GoodStandingStack(app, "test", { stage: "prod" })).hasResourceProperties("AWS::S3::Bucket", {
    CorsConfiguration: { CorsRules: [{ AllowedOrigins: ["https://desk.acme.example"], AllowedMethods: ["PUT"], AllowedHeaders: ["content-type"] }] },
  });
});

test("a file that came in goes to the queue, and from there to one worker at a time; what fails five times is told", () => {
  template.hasResourceProperties("AWS::SQS::Queue", {
    VisibilityTimeout: 1_800,
    SqsManagedSseEnabled: true,
    RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: Match.anyValue() },
  });
  template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
    BatchSize: 1,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    ScalingConfig: { MaximumConcurrency: 4 },
  });
  template.hasResource("AWS::S3::Bucket", {
    DependsOn: Match.arrayWith([Match.stringLikeRegexp("^ImportsQueuePolicy")]),
    Properties: {
      NotificationConfiguration: {
        QueueConfigurations: [{ Event: "s3:ObjectCreated:*", Filter: { S3Key: { Rules: [{ Name: "prefix", Value: "uploads/" }] } } }],
      },
    },
  });
  template.hasResourceProperties("AWS::SQS::QueuePolicy", {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: "sqs:SendMessage",
          Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
        }),
      ]),
    },
  });
});

test.each([
  ["ImportsImportWorker", ["s3:GetObject", "s3:ListBucket"]],
  ["FunctionsImports", ["s3:PutObject"]],
])("%s may do no more with files than it needs", (role, expected) => {
  const policies = Object.entries(template.findResources("AWS::IAM::Policy")).filter(([id]) => id.startsWith(role));
  const statements = policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as { Action: string | string[] }[]);
  const actions = statements.flatMap(({ Action }) => Action);
  expect(actions.filter((action) => action.startsWith("s3:"))).toEqual(expected);
  expect(actions).toContain("sqs:SendMessage");
});

test("an upload address is signed for one object and for no checksum of an empty body", async () => {
  Object.assign(process.env, { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" });
  const url = new URL(await awsIntake({ UPLOAD_BUCKET: "files", IMPORT_QUEUE_URL: undefined }).uploadUrl("imp_1"));
  expect([url.host, url.pathname]).toEqual(["files.s3.eu-central-1.amazonaws.com", "/uploads/imp_1.csv"]);
  expect(url.searchParams.get("X-Amz-Expires")).toBe("900");
  expect(url.searchParams.get("X-Amz-SignedHeaders")).toBe("host");
  expect(url.search).not.toMatch(/checksum|crc32/i);
});

test("a message is about the imports that it names, and about none where it is a test", () => {
  expect(importIdsIn('{"importId":"imp_1"}')).toEqual(["imp_1"]);
  expect(importIdsIn('{"Service":"Amazon S3","Event":"s3:TestEvent"}')).toEqual([]);
  const uploaded = (key: string) => JSON.stringify({ Records: [{ eventName: "ObjectCreated:Put", s3: { object: { key, eTag: "1" } } }] });
  expect(importIdsIn(uploaded("uploads%2Fimp_1.csv"))).toEqual(["imp_1"]);
  expect(importIdsIn(uploaded("uploads/imp_1.csv"))).toEqual(["imp_1"]);
  expect(importIdsIn(uploaded("elsewhere/imp_1.csv"))).toEqual([]);
});
