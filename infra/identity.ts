/**
 * Who says who somebody is: a Cognito user pool of the stack's own, or any OpenID Connect issuer in its place.
 * The pool has a group for each role; nobody signs up, people are invited and programs are named when it is deployed.
 */
import { CfnOutput, Duration } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnUserPoolUser,
  CfnUserPoolUserToGroupAttachment,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolGroup,
  type UserPoolResourceServer,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { roles, type Scope, scopes } from "../functions/http/roles.ts";
import { type IdentityContext, identityContext } from "./identity-context.ts";
import type { Stage } from "./stage.ts";

export interface Issuer {
  url: string;
  /** `aud` or `client_id` of the tokens that are for us. */
  audience: string[];
  /** What the tokens of people have in `scope`, where that is known. */
  scopesOfPeople: readonly string[] | null;
}

export function identity(scope: Construct, stage: Stage): Issuer {
  const context = identityContext(scope.node);
  const issuer =
    context.oidc === null ? ownPool(scope, stage, context) : { url: context.oidc.issuer, audience: [...context.oidc.audience], scopesOfPeople: null };
  new CfnOutput(scope, "Issuer", { value: issuer.url });
  return issuer;
}

function ownPool(stack: Construct, stage: Stage, context: IdentityContext): Issuer {
  const scope = new Construct(stack, "Identity");
  const pool = new UserPool(scope, "UserPool", {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: { minLength: 12, requireLowercase: true, requireUppercase: true, requireDigits: true, tempPasswordValidity: Duration.days(7) },
    // The cheapest plan: what the others add (passkeys, threat protection) is paid by the head.
    featurePlan: FeaturePlan.LITE,
    deletionProtection: stage.keepsData,
    removalPolicy: stage.removal,
  });
  for (const role of roles) {
    const group = new UserPoolGroup(scope, `Group-${role}`, { userPool: pool, groupName: role, description: `Role ${role}` });
    // Who is in it goes with a group.
    group.applyRemovalPolicy(stage.removal);
  }
  if (context.adminEmail !== null) inviteAdmin(scope, stage, pool, context.adminEmail);
  if (context.signInDomain !== null) {
    const domain = pool.addDomain("Domain", { cognitoDomain: { domainPrefix: context.signInDomain } });
    new CfnOutput(stack, "TokenEndpoint", { value: `${domain.baseUrl()}/oauth2/token` });
  }
  const people = signInClient(pool, context.consoleUrl);
  const programs = programClients(stack, pool, context.machineClients);
  new CfnOutput(stack, "UserPoolId", { value: pool.userPoolId });
  new CfnOutput(stack, "SignInClientId", { value: people.userPoolClientId });
  return {
    url: pool.userPoolProviderUrl,
    audience: [people, ...programs].map(({ userPoolClientId }) => userPoolClientId),
    // The sign-in page gives `openid`, which the client always has; signing in by the API of Cognito gives the other.
    scopesOfPeople: ["openid", "aws.cognito.signin.user.admin"],
  };
}

/**
 * Cognito sends the invitation with a password for once: none is in the template. Who was invited stays when a later
 * deployment names another one, or nobody.
 */
function inviteAdmin(scope: Construct, stage: Stage, pool: UserPool, email: string): void {
  const { userPoolId } = pool;
  const user = new CfnUserPoolUser(scope, "Admin", {
    userPoolId,
    username: email,
    desiredDeliveryMediums: ["EMAIL"],
    userAttributes: [
      { name: "email", value: email },
      { name: "email_verified", value: "true" },
    ],
  });
  const membership = new CfnUserPoolUserToGroupAttachment(scope, "AdminMembership", { userPoolId, username: user.ref, groupName: "admin" });
  membership.node.addDependency(scope.node.findChild("Group-admin"));
  for (const one of [user, membership]) one.applyRemovalPolicy(stage.removal);
}

/** For people, in a browser that can keep no secret: code with PKCE. It may ask for none of the scopes of programs. */
function signInClient(pool: UserPool, consoleUrl: string | null) {
  return pool.addClient("SignIn", {
    generateSecret: false,
    // By the API of Cognito: with a password that is never sent, or for whoever has AWS rights to the pool.
    authFlows: { userSrp: true, adminUserPassword: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      callbackUrls: [consoleUrl ?? "http://localhost:3000/"],
    },
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(12),
  });
}

function programClients(stack: Construct, pool: UserPool, programs: IdentityContext["machineClients"]) {
  const offered = new Map(
    Object.entries(scopes).map(([name, scopeDescription]) => [
      name as Scope,
      new ResourceServerScope({ scopeName: name.split("/")[1] as string, scopeDescription }),
    ]),
  );
  const server = pool.addResourceServer("Scopes", { identifier: "good-standing", scopes: [...offered.values()] });
  return Object.entries(programs).map(([name, allowed]) => {
    const client = pool.addClient(`Program-${name}`, {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: allowed.map((scope) => scopeOf(server, offered, scope)) },
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
    });
    const id = name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
    new CfnOutput(stack, `${id}ClientId`, { value: client.userPoolClientId });
    return client;
  });
}

function scopeOf(server: UserPoolResourceServer, offered: ReadonlyMap<Scope, ResourceServerScope>, scope: Scope): OAuthScope {
  return OAuthScope.resourceServer(server, offered.get(scope) as ResourceServerScope);
}
