/** What is set with `-c name=value` about who may sign in, read and tested before anything is made of it. */
import type { Node } from "constructs";
import { isScope, type Scope, scopes } from "../functions/http/roles.ts";

export interface IdentityContext {
  /** Of the first person, who is invited into `admin`. */
  adminEmail: string | null;
  /** Under which the sign-in page and the token endpoint are. */
  signInDomain: string | null;
  /** Where people come back to after signing in. */
  consoleUrl: string | null;
  /** By name of the program. */
  machineClients: Record<string, readonly Scope[]>;
  /** In the place of Cognito. */
  oidc: { issuer: string; audience: readonly string[] } | null;
  /** Where that issuer names roles. */
  rolesClaim: string | null;
}

/** @throws Error for a value that makes no sense */
export function identityContext(node: Node): IdentityContext {
  const text = (name: string, pattern: RegExp, expected: string) => {
    const value: unknown = node.tryGetContext(name);
    if (value === undefined || value === "") return null;
    if (typeof value !== "string" || !pattern.test(value)) throw new Error(`\`-c ${name}\`: got \`${shown(value)}\`, expected ${expected}`);
    return value;
  };
  const issuer = text("oidcIssuer", /^https:\/\/\S+$/, "an address with https");
  const audience = text("oidcAudience", /^[^\s,]+(?:,[^\s,]+)*$/, "names with commas between");
  const context: IdentityContext = {
    adminEmail: text("adminEmail", /^[^\s@]+@[^\s@]+$/, "a mail address"),
    signInDomain: text("signInDomain", /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "up to 63 of `a-z 0-9 -`"),
    consoleUrl: text("consoleUrl", /^https:\/\/[^\s/]+(?:\/\S*)?$/, "an address with https"),
    machineClients: programsFrom(node.tryGetContext("machineClients")),
    oidc: issuer === null ? null : { issuer, audience: audience?.split(",") ?? [] },
    rolesClaim: text("rolesClaim", /^\S+$/, "the name of a claim"),
  };
  refuseContradictions(context, audience);
  return context;
}

function refuseContradictions({ adminEmail, signInDomain, machineClients, oidc, rolesClaim }: IdentityContext, audience: string | null): void {
  if (oidc === null) {
    if (audience !== null || rolesClaim !== null)
      throw new Error("`-c oidcAudience` and `-c rolesClaim` belong to an issuer: set `-c oidcIssuer` too");
    if (Object.keys(machineClients).length > 0 && signInDomain === null)
      throw new Error("`-c machineClients` get their tokens under a domain: set `-c signInDomain` too");
    return;
  }
  if (oidc.audience.length === 0)
    throw new Error("`-c oidcIssuer` issues tokens for many: set `-c oidcAudience` to the name it has for this service");
  if (adminEmail !== null || signInDomain !== null || Object.keys(machineClients).length > 0)
    throw new Error("`-c adminEmail`, `signInDomain` and `machineClients` are for the user pool: with `-c oidcIssuer` there is none");
}

/** From the command line as JSON, from cdk.json as it is: `{"ticket-system": ["ask", "read"]}`. */
function programsFrom(given: unknown): Record<string, readonly Scope[]> {
  if (given === undefined || given === "") return {};
  const wrong = () => new Error(`\`-c machineClients\`: got \`${shown(given)}\`, expected such as \`{"ticket-system": ["ask", "read"]}\``);
  const value = typeof given === "string" ? parsed(given, wrong) : given;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong();
  const programs = Object.entries(value).map(([name, names]): [string, Scope[]] => {
    if (!/^[a-z][a-z0-9-]{0,63}$/.test(name) || !Array.isArray(names) || names.length === 0) throw wrong();
    return [name, names.map(scopeNamed)];
  });
  return Object.fromEntries(programs);
}

function parsed(text: string, wrong: () => Error): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong();
  }
}

function scopeNamed(name: unknown): Scope {
  const scope = `good-standing/${name}`;
  if (isScope(scope)) return scope;
  const known = Object.keys(scopes).map((one) => `\`${one.split("/")[1]}\``);
  throw new Error(`no such scope: got \`${shown(name)}\`, expected one of ${known.join(", ")}`);
}

const shown = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
