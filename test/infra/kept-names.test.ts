/**
 * Names that are part of what is deployed: a logical id that changes replaces what it names, in every account that runs
 * this. A failure here is a migration: see decision 0031.
 */
import { expect, test } from "vitest";
import { ofType, resourcesOf } from "./deployed/template.ts";

const prod = resourcesOf("prod", {
  adminEmail: "ada@acme.example",
  signInDomain: "acme-support",
  machineClients: { "ticket-system": ["ask"] },
  domain: "support.example.com",
  certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/1",
});

test.each<[type: string, ids: string[], lost: string]>([
  ["AWS::DynamoDB::Table", ["TableCD117FA1"], "all facts"],
  ["AWS::S3::Bucket", ["ImportsUploads4401D6EB"], "files of imports"],
  ["AWS::SQS::Queue", ["DeadLettersBBF8BAAB", "ImportsQueue807CB1E9"], "what was given up on, what waits"],
  ["AWS::Cognito::UserPool", ["IdentityUserPool96FE3B9B"], "people, and the issuer's address"],
  [
    "AWS::Cognito::UserPoolClient",
    ["IdentityUserPoolProgramticketsystem4020D775", "IdentityUserPoolSignInAA76FDBF"],
    "the secret of each program, the sign-in of everybody",
  ],
  [
    "AWS::Cognito::UserPoolGroup",
    ["IdentityGroupadminE8EA5211", "IdentityGroupfinance0461D021", "IdentityGroupsalesops16A3A615", "IdentityGroupsupport2F4DA485"],
    "who has which role",
  ],
  ["AWS::ApiGatewayV2::Api", ["ApiF70053CD"], "the address that callers know"],
  ["AWS::ApiGatewayV2::DomainName", ["Domain66AC69E0"], "where the operator's own name points to"],
  ["AWS::Events::EventBus", ["EventsBus45DE4339"], "the rules of those who listen"],
  ["AWS::SNS::Topic", ["AlarmsTopic3A2DFEBA"], "confirmed subscriptions"],
])("%s: %j", (type, ids) => {
  expect(
    ofType(prod, type)
      .map(([id]) => id)
      .sort(),
  ).toEqual(ids);
});

/** What is named inside something that has no name of its own: of these there may be any number. */
const inside = ["AWS::IAM::Policy", "AWS::Cognito::UserPoolGroup", "AWS::Cognito::UserPoolUserToGroupAttachment"];

test("a name that could be taken comes from the stack's or from the operator", () => {
  const physical = /^(?:(?:Table|Bucket|Queue|Topic|Function|Role|LogGroup|Alarm|Dashboard|UserPool|Client|Group|Domain|Policy)Name|Name|Domain)$/;
  const named = Object.values(prod)
    .filter(({ Type }) => !inside.includes(Type))
    .flatMap(({ Type, Properties = {} }) =>
      Object.entries(Properties).flatMap(([property, value]) => (physical.test(property) && typeof value === "string" ? [`${Type} ${value}`] : [])),
    );
  expect(named.sort()).toEqual([
    // Not unique: only shown.
    "AWS::ApiGatewayV2::Api Api",
    "AWS::ApiGatewayV2::Authorizer Token",
    "AWS::ApiGatewayV2::DomainName support.example.com",
    "AWS::Cognito::UserPoolDomain acme-support",
    // In its pool.
    "AWS::Cognito::UserPoolResourceServer good-standing",
    // The stack is called `test` here.
    "AWS::Events::EventBus testEventsBus35C1A2CB",
  ]);
});
