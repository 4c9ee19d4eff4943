/** How a function is bundled: alone, minified, with the AWS SDK inside, as one ES module for the Lambda runtime. */
import { fileURLToPath } from "node:url";
import { type BundlingOptions, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";

export const projectRoot = fileURLToPath(new URL("../", import.meta.url));

export function entryOf(name: string): string {
  return `${projectRoot}functions/${name}.ts`;
}

/**
 * Where the SDK looks for credentials when the environment has none: profiles, single sign-on, other machines. Lambda
 * always puts a function's credentials in the environment, so these are never asked for; they would be a quarter of
 * each bundle.
 */
const neverAsked = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-login",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
];

/** The SDK is bundled: the version that was tested is the one that runs, and it starts faster than the runtime's own. */
export const bundling = {
  format: OutputFormat.ESM,
  target: "node24",
  mainFields: ["module", "main"],
  minify: true,
  bundleAwsSDK: true,
  externalModules: neverAsked,
} satisfies BundlingOptions;
