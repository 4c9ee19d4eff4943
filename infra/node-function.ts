/** One Lambda function: Node 24 on arm64, its own role and log group, nothing it was not given. */
import { Duration } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { bundling, entryOf, projectRoot } from "./bundling.ts";
import type { Stage } from "./stage.ts";

export interface FunctionOptions {
  /** `functions/{name}.ts` */
  name: string;
  does: string;
  stage: Stage;
  environment: Record<string, string>;
  timeout?: Duration;
  /** Files from the root that are read at run time: they are put beside the code. */
  files?: readonly string[];
}

export function nodeFunction(scope: Construct, { name, does, stage, environment, timeout, files = [] }: FunctionOptions): NodejsFunction {
  const id = name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const logGroup = new LogGroup(scope, `${id}Log`, { retention: stage.logRetention, removalPolicy: stage.removal });
  // Without the managed policy, which lets a function write to every log of the account.
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com"), description: does });
  logGroup.grantWrite(role);
  return new NodejsFunction(scope, id, {
    description: does,
    entry: entryOf(name),
    projectRoot,
    depsLockFilePath: `${projectRoot}package-lock.json`,
    bundling: {
      ...bundling,
      commandHooks: {
        beforeBundling: () => [],
        beforeInstall: () => [],
        afterBundling: (from, to) => files.map((file) => `cp "${from}/${file}" "${to}/"`),
      },
    },
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    // Processor time comes with memory; a cold start is mostly processor time.
    memorySize: 1024,
    // API Gateway gives up after 30 seconds.
    timeout: timeout ?? Duration.seconds(29),
    environment: { STAGE: stage.name, ...environment },
    tracing: stage.traced ? Tracing.ACTIVE : Tracing.DISABLED,
    role,
    logGroup,
  });
}
