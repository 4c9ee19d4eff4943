/**
 * What guards the API besides identity: how much of each class of routes is let through, and a line in a log for each
 * request. The lines name no person: no address, no token, no path with its ids.
 */
import type { CfnStage, HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { capabilities } from "../functions/capabilities.ts";
import { accessOf } from "../functions/http/access.ts";
import type { Stage } from "./stage.ts";

/**
 * Requests a second and at once, of all callers together, for each route of a class. They bound what is paid and how
 * many functions run at once: 100 a second at a tenth of a second each are ten.
 */
export const throttles = {
  /** Without identity. */
  open: { rate: 20, burst: 40 },
  /** Reads and questions about one account. */
  ask: { rate: 100, burst: 200 },
  /** What changes facts: writers on one account wait for each other anyway. */
  write: { rate: 50, burst: 100 },
  /** What reads across accounts, or decides up to a hundred times. */
  heavy: { rate: 10, burst: 20 },
} as const;

export type RouteClass = keyof typeof throttles;

const heavy = /\/(?:exports\/|imports|sweeps|deadlines\.|events$|entitlement-checks\/batch$)|\/replay$|^GET \/v1\/accounts$/;

export function classOf(routeKey: string): RouteClass {
  const access = accessOf(routeKey);
  if (access === undefined || access === "anyone") return "open";
  if (heavy.test(routeKey)) return "heavy";
  return access.scope === "good-standing/read" || access.scope === "good-standing/ask" ? "ask" : "write";
}

const settings = ({ rate, burst }: { rate: number; burst: number }) => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });

export function guardApi(scope: Construct, api: HttpApi, stage: Stage): void {
  const log = new LogGroup(scope, "AccessLog", { retention: stage.logRetention, removalPolicy: stage.removal });
  const deployed = api.defaultStage?.node.defaultChild as CfnStage;
  deployed.accessLogSettings = { destinationArn: log.logGroupArn, format: JSON.stringify(accessLine) };
  deployed.defaultRouteSettings = { throttlingRateLimit: throttles.ask.rate, throttlingBurstLimit: throttles.ask.burst };
  const routeKeys = Object.values(capabilities).flatMap((operations) => Object.keys(operations));
  // Names in CloudFormation's own spelling: the gateway knows them by route, and the library hands them on as they are.
  deployed.routeSettings = Object.fromEntries(routeKeys.map((routeKey) => [routeKey, settings(throttles[classOf(routeKey)])]));
  // The gateway refuses settings for a route that is not there yet.
  for (const route of api.node.findAll().filter((one) => "cfnResourceType" in one && one.cfnResourceType === "AWS::ApiGatewayV2::Route"))
    deployed.node.addDependency(route);
}

/** `client_id` names a program, or the sign-in page for everybody who signs in. */
const accessLine = {
  time: "$context.requestTime",
  requestId: "$context.requestId",
  routeKey: "$context.routeKey",
  status: "$context.status",
  clientId: "$context.authorizer.claims.client_id",
  latencyMs: "$context.responseLatency",
  integrationLatencyMs: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  responseBytes: "$context.responseLength",
};
