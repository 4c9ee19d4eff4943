/** What differs between a deployment for trying out and one that people rely on. Chosen with `-c stage=prod`. */
import { RemovalPolicy } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";

export const stages = {
  dev: { keepsData: false, removal: RemovalPolicy.DESTROY, logRetention: RetentionDays.ONE_MONTH },
  prod: { keepsData: true, removal: RemovalPolicy.RETAIN, logRetention: RetentionDays.ONE_YEAR },
} as const;

export type StageName = keyof typeof stages;
export type Stage = (typeof stages)[StageName];

/** @throws Error for a name that is no stage */
export function stageName(given: unknown): StageName {
  if (given === undefined) return "dev";
  if (typeof given === "string" && Object.hasOwn(stages, given)) return given as StageName;
  throw new Error(`no such stage: got \`${given}\`, expected one of \`${Object.keys(stages).join("`, `")}\``);
}
