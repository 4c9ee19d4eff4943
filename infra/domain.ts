/** The API under a name of the operator's own: `-c domain=support.example.com -c certificateArn=arn:…`. */
import { CfnOutput } from "aws-cdk-lib";
import { ApiMapping, DomainName, type HttpApi, SecurityPolicy } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import type { Construct } from "constructs";

/** @throws Error where only one of the two is set, or one makes no sense */
export function ownDomain(scope: Construct, api: HttpApi): void {
  const domainName: unknown = scope.node.tryGetContext("domain") || undefined;
  const certificateArn: unknown = scope.node.tryGetContext("certificateArn") || undefined;
  if (domainName === undefined && certificateArn === undefined) return;
  if (typeof domainName !== "string" || !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(domainName))
    throw new Error(`\`-c domain\`: got \`${domainName}\`, expected a name such as \`support.example.com\``);
  if (typeof certificateArn !== "string" || !/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/\S+$/.test(certificateArn))
    throw new Error(
      `\`-c certificateArn\`: got \`${certificateArn}\`, expected the ARN of a certificate for \`${domainName}\` in the stack's region`,
    );
  const domain = new DomainName(scope, "Domain", {
    domainName,
    certificate: Certificate.fromCertificateArn(scope, "Certificate", certificateArn),
    securityPolicy: SecurityPolicy.TLS_1_2,
  });
  new ApiMapping(scope, "DomainMapping", { api, domainName: domain });
  new CfnOutput(scope, "DomainTarget", { value: domain.regionalDomainName, description: `Point a CNAME record of ${domainName} here` });
}
