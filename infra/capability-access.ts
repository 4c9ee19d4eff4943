/** What each capability may do with the table: nothing it does not need. */
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { capabilities } from "../functions/capabilities.ts";

export type CapabilityName = keyof typeof capabilities;
export type Access = "read" | "read-and-write";

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
  policies: "read-and-write",
  api: "read",
};

const reading = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];
/** A transaction needs the rights of what it does. Parts of a large document are deleted once nothing names them. */
const writing = ["dynamodb:PutItem", "dynamodb:ConditionCheckItem", "dynamodb:BatchWriteItem"];

export function grantAccess(table: ITable, to: IGrantable, access: Access): void {
  table.grant(to, ...reading, ...(access === "read" ? [] : writing));
}
