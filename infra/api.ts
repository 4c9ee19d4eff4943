/** The HTTP API: each route of the contract to the function of its capability, all others to `$default`. */
import { CfnOutput } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, type HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { capabilities } from "../functions/capabilities.ts";
import { accessOf } from "../functions/http/access.ts";
import type { CapabilityName } from "./capability-access.ts";
import type { Issuer } from "./identity.ts";
import { identityContext } from "./identity-context.ts";

export function httpApi(scope: Construct, functions: Record<CapabilityName, IFunction>, issuer: Issuer): HttpApi {
  const { consoleUrl } = identityContext(scope.node);
  const api = new HttpApi(scope, "Api", {
    description: "Good Standing: written support policies as answers with their clause",
    ...(consoleUrl === null ? {} : { corsPreflight: fromPagesAt(new URL(consoleUrl).origin) }),
  });
  const authorizer = new HttpJwtAuthorizer("Token", issuer.url, { jwtAudience: issuer.audience });
  for (const name of Object.keys(capabilities) as CapabilityName[]) {
    const integration = new HttpLambdaIntegration(`${name}-integration`, functions[name], { scopePermissionToRoute: false });
    for (const routeKey of Object.keys(capabilities[name])) {
      new HttpRoute(api, routeKey, { httpApi: api, routeKey: keyOf(routeKey), integration, ...guardOf(routeKey, authorizer, issuer) });
    }
  }
  new CfnOutput(scope, "Address", { value: api.apiEndpoint });
  return api;
}

/**
 * All that is not open needs a token. The gateway cannot see roles, which the function does; a program without the
 * route's scope it turns away itself, where it can tell programs from people by what the latter always have.
 * Another issuer may give its people no scope at all: to ask for any would lock them out.
 */
function guardOf(routeKey: string, authorizer: HttpJwtAuthorizer, { scopesOfPeople }: Issuer) {
  const access = accessOf(routeKey);
  if (access === undefined) throw new Error(`nobody may use the route \`${routeKey}\`: give it a row in functions/http/access.ts and docs/roles.md`);
  if (access === "anyone") return { authorizer: new HttpNoneAuthorizer() };
  return { authorizer, ...(scopesOfPeople !== null && { authorizationScopes: [access.scope, ...scopesOfPeople] }) };
}

function fromPagesAt(origin: string) {
  return {
    allowOrigins: [origin],
    allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PUT, CorsHttpMethod.POST, CorsHttpMethod.DELETE],
    allowHeaders: ["authorization", "content-type", "idempotency-key", "if-match", "if-none-match"],
    exposeHeaders: [
      "etag",
      "location",
      "idempotency-replayed",
      "retry-after",
      "x-request-id",
      "www-authenticate",
      // Where a list or a file goes on, and what it is called.
      "link",
      "x-next-cursor",
      "content-disposition",
      "allow",
    ],
  };
}

function keyOf(routeKey: string): HttpRouteKey {
  if (routeKey === "$default") return HttpRouteKey.DEFAULT;
  const [method, path] = routeKey.split(" ") as [HttpMethod, string];
  return HttpRouteKey.with(path, method);
}
