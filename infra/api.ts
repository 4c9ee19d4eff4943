/** The HTTP API: each route of the contract to the function of its capability, all others to `$default`. */
import { CfnOutput } from "aws-cdk-lib";
import { HttpApi, type HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { capabilities } from "../functions/capabilities.ts";
import type { CapabilityName } from "./capability-access.ts";

/** Needs no identity: whether we are there, and how to talk to us. */
const open: ReadonlySet<string> = new Set(["GET /v1/health", "GET /v1/openapi.json", "GET /docs", "GET /docs/redoc.js", "$default"]);

export function httpApi(scope: Construct, functions: Record<CapabilityName, IFunction>): HttpApi {
  const api = new HttpApi(scope, "Api", { description: "Good Standing: written support policies as answers with their clause" });
  // Until people sign in with tokens of their own, requests are signed with AWS credentials: nothing is ever open by default.
  const signed = new HttpIamAuthorizer();
  for (const name of Object.keys(capabilities) as CapabilityName[]) {
    const integration = new HttpLambdaIntegration(`${name}-integration`, functions[name], { scopePermissionToRoute: false });
    for (const routeKey of Object.keys(capabilities[name])) {
      new HttpRoute(api, routeKey, {
        httpApi: api,
        routeKey: keyOf(routeKey),
        integration,
        authorizer: open.has(routeKey) ? new HttpNoneAuthorizer() : signed,
      });
    }
  }
  new CfnOutput(scope, "Address", { value: api.apiEndpoint });
  return api;
}

function keyOf(routeKey: string): HttpRouteKey {
  if (routeKey === "$default") return HttpRouteKey.DEFAULT;
  const [method, path] = routeKey.split(" ") as [HttpMethod, string];
  return HttpRouteKey.with(path, method);
}
