/** One function for each capability, with the rights that `accessOf` gives it. */
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { accessOf, type CapabilityName, grantAccess } from "./capability-access.ts";
import { nodeFunction } from "./node-function.ts";
import type { Stage } from "./stage.ts";

export function capabilityFunctions(scope: Construct, stage: Stage, table: ITable): Record<CapabilityName, IFunction> {
  const functions = new Construct(scope, "Functions");
  const made = Object.entries(accessOf).map(([name, access]) => {
    const one = nodeFunction(functions, {
      name,
      does: `Answers ${name}`,
      stage,
      environment: { TABLE_NAME: table.tableName },
      files: filesOf[name] ?? [],
    });
    grantAccess(table, one, access);
    return [name, one];
  });
  return Object.fromEntries(made) as Record<CapabilityName, IFunction>;
}

/** The API page's script is handed on as it is. */
const filesOf: Record<string, readonly string[]> = { api: ["node_modules/redoc/bundles/redoc.standalone.js"] };
