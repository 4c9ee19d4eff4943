/** What each capability may do with the table: nothing it does not need. */
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { capabilities } from "../functions/capabilities.ts";
import { tableDescription } from "../functions/store/table.ts";

export type CapabilityName = keyof typeof capabilities;
export type Access = "health" | "read" | "read-and-write" | "sweep";

export const accessOf: Record<CapabilityName, Access> = {
  accounts: "read-and-write",
  catalog: "read-and-write",
  "entitlement-checks": "read-and-write",
  decisions: "read",
  "contact-checks": "read",
  "severity-assessments": "read",
  "case-closure-checks": "read",
  standing: "read",
  renewal: "read",
  notices: "read-and-write",
  quotes: "read-and-write",
  exceptions: "read-and-write",
  policies: "read-and-write",
  deadlines: "read",
  exports: "read",
  imports: "read-and-write",
  events: "read",
  sweeps: "sweep",
  api: "health",
};

/** One item is read, to see that the table answers. */
const health = ["dynamodb:GetItem"];
const reading = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];
/** A transaction needs the rights of what it does. Parts of a large document are deleted once nothing names them. */
const writing = ["dynamodb:PutItem", "dynamodb:ConditionCheckItem", "dynamodb:BatchWriteItem"];

/** A visit moves an account on the agenda without touching its facts, and takes deadlines that are past off the list. */
const visiting = ["dynamodb:UpdateItem", "dynamodb:DeleteItem"];

/** Each index is read by name: what is added later is granted to nobody by this. */
export function grantAccess(table: ITable, { grantPrincipal }: IGrantable, access: Access): void {
  if (access === "health") {
    grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: health, resources: [table.tableArn] }));
    return;
  }
  const actions = access === "read" ? reading : [...reading, ...writing];
  const indexes = tableDescription.indexes.map(({ name }) => `${table.tableArn}/index/${name}`);
  grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [table.tableArn] }));
  grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: ["dynamodb:Query"], resources: indexes }));
  if (access === "sweep") grantPrincipal.addToPrincipalPolicy(visitsOf(table));
}

function visitsOf({ tableArn }: ITable): PolicyStatement {
  return new PolicyStatement({
    actions: visiting,
    resources: [tableArn],
    conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["account#*"] }, Null: { "dynamodb:LeadingKeys": "false" } },
  });
}
