/** One function for each capability, with the rights that `accessOf` gives it. */
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { accessOf, type CapabilityName, grantAccess } from "./capability-access.ts";
import { identityContext } from "./identity-context.ts";
import { nodeFunction } from "./node-function.ts";
import type { Stage } from "./stage.ts";

export function capabilityFunctions(scope: Construct, stage: Stage, table: ITable): Record<CapabilityName, IFunction> {
  const { rolesClaim } = identityContext(scope.node);
  const functions = new Construct(scope, "Functions");
  const made = Object.entries(accessOf).map(([name, access]) => {
    const one = nodeFunction(functions, {
      name,
      does: `Answers ${name}`,
      stage,
      environment: { TABLE_NAME: table.tableName, ...(rolesClaim !== null && { ROLES_CLAIM: rolesClaim }) },
      files: filesOf[name] ?? [],
    });
    grantAccess(table, one, access);
    return [name, one];
  });
  return Object.fromEntries(made) as Record<CapabilityName, IFunction>;
}

/** What is handed on as it is: the API page's script, and what documents are written with. */
export const filesOf: Readonly<Record<string, readonly string[]>> = {
  api: ["node_modules/redoc/bundles/redoc.standalone.js"],
  quotes: [
    "node_modules/pdfkit/js/pdfkit.standalone.js",
    "node_modules/dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf",
    "node_modules/dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf",
  ],
};
