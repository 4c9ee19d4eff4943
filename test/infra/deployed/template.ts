/** The synthesized template, and its values as an account would fill them in. */
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import cdk from "../../../cdk.json" with { type: "json" };
import { GoodStandingStack } from "../../../infra/stack.ts";
import type { StageName } from "../../../infra/stage.ts";

process.env.CDK_VALIDATION = "false";

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties of all kinds of resources are looked into
  Properties: Record<string, any>;
  DeletionPolicy?: string;
  DependsOn?: string[];
}

export type Resources = Record<string, Resource>;

export function stackOf(stage: StageName, context: Record<string, unknown> = {}): { app: App; stack: GoodStandingStack } {
  const app = new App({ context: { ...cdk.context, "aws:cdk:bundling-stacks": [], ...context } });
  return { app, stack: new GoodStandingStack(app, "test", { stage }) };
}

export function resourcesOf(stage: StageName, context: Record<string, unknown> = {}): Resources {
  return Template.fromStack(stackOf(stage, context).stack).toJSON().Resources as Resources;
}

export function ofType(resources: Resources, type: string): [id: string, resource: Resource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}

export const region = "eu-central-1";
export const accountId = "123456789012";

/** What `Ref` gives for a resource. */
export type RefOf = (id: string, resource: Resource) => string;

/** Fills in `Ref`, `Fn::GetAtt` of an ARN, and `Fn::Join`. @throws Error for anything else */
export function filler(resources: Resources, refOf: RefOf): (value: unknown) => string {
  const pseudo: Record<string, string> = {
    "AWS::Region": region,
    "AWS::AccountId": accountId,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
  };
  const resourceOf = (id: string) => resources[id] ?? raise(`there is no resource \`${id}\``);
  return function fill(value: unknown): string {
    if (typeof value === "string") return value;
    const {
      Ref,
      "Fn::GetAtt": attribute,
      "Fn::Join": join,
    } = value as { Ref?: string; "Fn::GetAtt"?: [string, string]; "Fn::Join"?: [string, unknown[]] };
    if (Ref !== undefined) return pseudo[Ref] ?? refOf(Ref, resourceOf(Ref));
    if (join !== undefined) return join[1].map(fill).join(join[0]);
    if (attribute === undefined) throw new Error(`cannot fill in \`${JSON.stringify(value)}\``);
    const [id, name] = attribute;
    const resource = resourceOf(id);
    const arn = arnOf(resource.Type, refOf(id, resource), id);
    if (name === "StreamArn") return `${arn}/stream/1`;
    if (name !== "Arn") throw new Error(`cannot fill in \`${name}\` of \`${id}\``);
    return arn;
  };
}

function arnOf(type: string, ref: string, id: string): string {
  const in_ = (service: string, name: string) => `arn:aws:${service}:${region}:${accountId}:${name}`;
  if (type === "AWS::DynamoDB::Table") return in_("dynamodb", `table/${ref}`);
  if (type === "AWS::SQS::Queue") return in_("sqs", id);
  if (type === "AWS::Events::EventBus") return in_("events", `event-bus/${ref}`);
  if (type === "AWS::Events::Rule") return in_("events", `rule/${id}`);
  if (type === "AWS::Lambda::Function") return in_("lambda", `function:${id}`);
  if (type === "AWS::Logs::LogGroup") return in_("logs", `log-group:${id}:*`);
  if (type === "AWS::S3::Bucket") return `arn:aws:s3:::${ref}`;
  if (type === "AWS::SNS::Topic") return in_("sns", id);
  if (type === "AWS::IAM::Role") return `arn:aws:iam::${accountId}:role/${id}`;
  throw new Error(`no ARN is known of \`${type}\``);
}

function raise(message: string): never {
  throw new Error(message);
}
