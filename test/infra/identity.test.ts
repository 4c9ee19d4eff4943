/** Who would be let in where it is deployed, read from the template: the authorizer of each route, the user pool, other issuers. */
import { App } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import cdk from "../../cdk.json" with { type: "json" };
import { capabilities } from "../../functions/capabilities.ts";
import { accessOf } from "../../functions/http/access.ts";
import { roles, scopes } from "../../functions/http/roles.ts";
import { GoodStandingStack } from "../../infra/stack.ts";
import type { StageName } from "../../infra/stage.ts";

process.env.CDK_VALIDATION = "false";

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

function templateOf(context: Record<string, unknown> = {}, stage: StageName = "dev"): Template {
  const app = new App({ context: { ...cdk.context, "aws:cdk:bundling-stacks": [], ...context } });
  return Template.fromStack(new GoodStandingStack(app, "test", { stage }));
}

const all = (template: Template, type: string) => Object.entries(template.findResources(type)) as [string, Resource][];
const routesOf = (template: Template) => all(template, "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => Properties);

/** As the issue says: health and the description of the service, and the answer to what is nowhere. */
const open = ["$default", "GET /docs", "GET /docs/redoc.js", "GET /v1/health", "GET /v1/openapi.json"];

let own: Template;
beforeAll(() => {
  own = templateOf();
});

describe("the routes", () => {
  test("have the JWT authorizer, but for the open ones", () => {
    const [[authorizerId]] = all(own, "AWS::ApiGatewayV2::Authorizer") as [[string, Resource]];
    const routes = routesOf(own);
    expect(routes.length).toBe(Object.values(capabilities).flatMap((operations) => Object.keys(operations)).length);
    for (const { RouteKey, AuthorizationType, AuthorizerId } of routes) {
      const expected = open.includes(RouteKey as string) ? { type: "NONE", id: undefined } : { type: "JWT", id: { Ref: authorizerId } };
      expect({ type: AuthorizationType, id: AuthorizerId }, String(RouteKey)).toEqual(expected);
    }
    expect(routes.filter(({ AuthorizationType }) => AuthorizationType === "NONE")).toHaveLength(open.length);
  });

  test("turn a program without the scope away at the gateway, and let people pass to the function", () => {
    for (const { RouteKey, AuthorizationScopes } of routesOf(own)) {
      const access = accessOf(RouteKey as string);
      if (access === undefined || access === "anyone") expect(AuthorizationScopes, String(RouteKey)).toBeUndefined();
      else expect(AuthorizationScopes, String(RouteKey)).toEqual([access.scope, "openid", "aws.cognito.signin.user.admin"]);
    }
  });

  test("take the pool's tokens, for the clients that are in the template", () => {
    const [[poolId]] = all(own, "AWS::Cognito::UserPool") as [[string, Resource]];
    const [[clientId]] = all(own, "AWS::Cognito::UserPoolClient") as [[string, Resource]];
    own.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Audience: [{ Ref: clientId }], Issuer: { "Fn::GetAtt": [poolId, "ProviderURL"] } },
    });
    own.hasOutput("Issuer", {});
    own.hasOutput("UserPoolId", { Value: { Ref: poolId } });
    own.hasOutput("SignInClientId", { Value: { Ref: clientId } });
  });

  test("answer no page of another origin, unless a console is named", () => {
    own.hasResourceProperties("AWS::ApiGatewayV2::Api", { CorsConfiguration: Match.absent() });
    const console = templateOf({ consoleUrl: "https://desk.acme.example/start" });
    console.hasResourceProperties("AWS::ApiGatewayV2::Api", {
      CorsConfiguration: Match.objectLike({
        AllowOrigins: ["https://desk.acme.example"],
        AllowCredentials: Match.absent(),
        // Without these a page cannot follow a list or a file to its end.
        ExposeHeaders: Match.arrayWith(["link", "x-next-cursor"]),
      }),
    });
    console.hasResourceProperties("AWS::Cognito::UserPoolClient", { CallbackURLs: ["https://desk.acme.example/start"] });
  });
});

describe("the user pool", () => {
  test("has a group for each role and no other", () => {
    const groups = all(own, "AWS::Cognito::UserPoolGroup").map(([, { Properties }]) => Properties.GroupName);
    expect(groups.sort()).toEqual([...roles].sort());
  });

  test("lets nobody sign up, asks for long passwords, offers a second factor", () => {
    own.hasResourceProperties("AWS::Cognito::UserPool", {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { PasswordPolicy: Match.objectLike({ MinimumLength: 12 }) },
      MfaConfiguration: "OPTIONAL",
      EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
      UserPoolTier: "LITE",
    });
  });

  test("stays when the stack goes, and cannot be deleted by hand where people rely on it", () => {
    own.hasResource("AWS::Cognito::UserPool", { DeletionPolicy: "Retain", Properties: { DeletionProtection: "INACTIVE" } });
    templateOf({}, "prod").hasResource("AWS::Cognito::UserPool", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: { DeletionProtection: "ACTIVE" },
    });
  });

  test("keeps who was invited and who is in which group, whatever a later deployment names", () => {
    const template = templateOf({ adminEmail: "ada@acme.example" });
    for (const type of ["UserPoolGroup", "UserPoolUser", "UserPoolUserToGroupAttachment"]) {
      const found = all(template, `AWS::Cognito::${type}`);
      expect(found, type).not.toEqual([]);
      for (const [id, { DeletionPolicy }] of found) expect(DeletionPolicy, id).toBe("Retain");
    }
  });

  test("signs people in by code, without a secret, and gives them no scope of programs", () => {
    const [[, { Properties }]] = all(own, "AWS::Cognito::UserPoolClient") as [[string, Resource]];
    expect(Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email", "profile"],
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: true,
    });
    expect(Properties.ExplicitAuthFlows).not.toContain("ALLOW_USER_PASSWORD_AUTH");
  });

  test("invites the first admin, with no password in the template", () => {
    own.resourceCountIs("AWS::Cognito::UserPoolUser", 0);
    const template = templateOf({ adminEmail: "ada@acme.example" });
    const [[userId, user]] = all(template, "AWS::Cognito::UserPoolUser") as [[string, Resource]];
    const [[poolId]] = all(template, "AWS::Cognito::UserPool") as [[string, Resource]];
    expect(user.Properties).toEqual({
      UserPoolId: { Ref: poolId },
      Username: "ada@acme.example",
      DesiredDeliveryMediums: ["EMAIL"],
      UserAttributes: [
        { Name: "email", Value: "ada@acme.example" },
        { Name: "email_verified", Value: "true" },
      ],
    });
    const [[, group]] = all(template, "AWS::Cognito::UserPoolUserToGroupAttachment") as [[string, Resource & { DependsOn: string[] }]];
    expect(group.Properties).toEqual({ UserPoolId: { Ref: poolId }, Username: { Ref: userId }, GroupName: "admin" });
    expect(group.DependsOn).toEqual([expect.stringMatching(/^IdentityGroupadmin/)]);
  });

  test("has a client with a secret for each program that is named, with just its scopes", () => {
    const machineClients = '{"ticket-system": ["ask", "read"], "billing": ["billing"]}';
    const template = templateOf({ signInDomain: "acme-support", machineClients });
    const clients = all(template, "AWS::Cognito::UserPoolClient").filter(([, { Properties }]) => Properties.GenerateSecret === true);
    const [[serverId, server]] = all(template, "AWS::Cognito::UserPoolResourceServer") as [[string, Resource]];
    expect(server.Properties.Identifier).toBe("good-standing");
    expect((server.Properties.Scopes as { ScopeName: string }[]).map(({ ScopeName }) => `good-standing/${ScopeName}`)).toEqual(Object.keys(scopes));
    const allowed = clients.map(([, { Properties }]) => Properties.AllowedOAuthScopes);
    const scope = (name: string) => ({ "Fn::Join": ["", [{ Ref: serverId }, `/${name}`]] });
    expect(allowed).toEqual([[scope("ask"), scope("read")], [scope("billing")]]);
    for (const [, { Properties }] of clients) expect(Properties.AllowedOAuthFlows).toEqual(["client_credentials"]);
    const [[, authorizer]] = all(template, "AWS::ApiGatewayV2::Authorizer") as [[string, Resource]];
    const { Audience } = authorizer.Properties.JwtConfiguration as { Audience: { Ref: string }[] };
    const [people] = all(template, "AWS::Cognito::UserPoolClient").filter(([, { Properties }]) => Properties.GenerateSecret === false);
    expect(Audience).toEqual([people, ...clients].map((client) => ({ Ref: client?.[0] })));
    template.hasResourceProperties("AWS::Cognito::UserPoolDomain", { Domain: "acme-support" });
    template.hasOutput("TokenEndpoint", {});
    template.hasOutput("TicketSystemClientId", {});
    // As it stands in cdk.json.
    expect(templateOf({ signInDomain: "acme-support", machineClients: JSON.parse(machineClients) }).toJSON()).toEqual(template.toJSON());
  });
});

test("another issuer takes the place of the pool wholly", () => {
  const template = templateOf({
    oidcIssuer: "https://id.acme.example/",
    oidcAudience: "good-standing,gs-2",
    rolesClaim: "https://acme.example/roles",
  });
  for (const type of ["UserPool", "UserPoolClient", "UserPoolGroup", "UserPoolResourceServer"]) template.resourceCountIs(`AWS::Cognito::${type}`, 0);
  template.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
    JwtConfiguration: { Audience: ["good-standing", "gs-2"], Issuer: "https://id.acme.example/" },
  });
  for (const { RouteKey, AuthorizationType, AuthorizationScopes } of routesOf(template)) {
    expect(AuthorizationType, String(RouteKey)).toBe(open.includes(RouteKey as string) ? "NONE" : "JWT");
    expect(AuthorizationScopes, "its people may have no scope at all").toBeUndefined();
  }
  template.hasOutput("Issuer", { Value: "https://id.acme.example/" });
  const answering = all(template, "AWS::Lambda::Function").filter(([, { Properties }]) => String(Properties.Description).startsWith("Answers "));
  expect(answering).toHaveLength(Object.keys(capabilities).length);
  for (const [id, { Properties }] of answering)
    expect(Properties.Environment, id).toMatchObject({ Variables: { ROLES_CLAIM: "https://acme.example/roles" } });
});

test.each<[Record<string, unknown>, string]>([
  [{ oidcIssuer: "http://id.acme.example" }, "`-c oidcIssuer`: got `http://id.acme.example`, expected an address with https"],
  [{ oidcIssuer: "https://id.acme.example" }, "set `-c oidcAudience`"],
  [{ oidcAudience: "good-standing" }, "set `-c oidcIssuer` too"],
  [{ rolesClaim: "roles" }, "set `-c oidcIssuer` too"],
  [{ oidcIssuer: "https://id.acme.example", oidcAudience: "a", adminEmail: "ada@acme.example" }, "with `-c oidcIssuer` there is none"],
  [{ adminEmail: "ada" }, "`-c adminEmail`: got `ada`, expected a mail address"],
  [{ signInDomain: "Acme_" }, "`-c signInDomain`: got `Acme_`"],
  [{ consoleUrl: "http://desk.acme.example" }, "`-c consoleUrl`: got `http://desk.acme.example`, expected an address with https"],
  [{ machineClients: '{"crm": ["ask"]}' }, "set `-c signInDomain` too"],
  [{ signInDomain: "acme", machineClients: "crm" }, "`-c machineClients`: got `crm`, expected such as"],
  [{ signInDomain: "acme", machineClients: '{"crm": []}' }, "`-c machineClients`: got"],
  [{ signInDomain: "acme", machineClients: '{"crm": ["everything"]}' }, "no such scope: got `everything`, expected one of `ask`, `read`"],
])("%j is refused", (context, message) => {
  expect(() => templateOf(context)).toThrow(message);
});
