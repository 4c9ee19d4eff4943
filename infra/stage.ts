/** What differs between a deployment for trying out and one that people rely on. Chosen with `-c stage=prod`. */
import { RemovalPolicy } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Node } from "constructs";

const stages = {
  dev: { keepsData: false, logRetention: RetentionDays.ONE_MONTH },
  prod: { keepsData: true, logRetention: RetentionDays.ONE_YEAR },
} as const;

export type StageName = keyof typeof stages;

export interface Stage {
  name: StageName;
  /** Whether what holds data is protected from being deleted by hand. */
  keepsData: boolean;
  /** What becomes of data when the stack is removed. It stays, unless `-c data=disposable` said beforehand that it may go. */
  removal: RemovalPolicy;
  logRetention: RetentionDays;
  /** `-c tracing=on` */
  traced: boolean;
}

/** @throws Error for a name that is no stage */
export function stageName(given: unknown): StageName {
  if (given === undefined) return "dev";
  if (typeof given === "string" && Object.hasOwn(stages, given)) return given as StageName;
  throw new Error(`no such stage: got \`${given}\`, expected one of \`${Object.keys(stages).join("`, `")}\``);
}

/** @throws Error for a setting that makes no sense */
export function stageOf(name: StageName, context: Node): Stage {
  const data = oneOf(context, "data", ["kept", "disposable"]);
  if (data === "disposable" && stages[name].keepsData) throw new Error(`\`-c data=disposable\` is for trying out: \`${name}\` keeps its data`);
  return {
    name,
    ...stages[name],
    removal: data === "disposable" ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    traced: oneOf(context, "tracing", ["off", "on"]) === "on",
  };
}

/** The first of them unless another was set. */
function oneOf<Option extends string>(context: Node, name: string, options: readonly [Option, ...Option[]]): Option {
  const given: unknown = context.tryGetContext(name);
  if (given === undefined || given === "") return options[0];
  const found = options.find((option) => option === given);
  if (found === undefined) throw new Error(`\`-c ${name}\`: got \`${given}\`, expected one of \`${options.join("`, `")}\``);
  return found;
}
