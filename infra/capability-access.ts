/**
 * What each function may do with the table: nothing it does not need. A right that is missing, and one that no handler
 * ever uses, both fail test/infra/deployed.test.ts.
 */
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { capabilities } from "../functions/capabilities.ts";
import type { tableDescription } from "../functions/store/table.ts";

export type CapabilityName = keyof typeof capabilities;
type IndexName = (typeof tableDescription.indexes)[number]["name"];

interface Access {
  table: readonly ("BatchGetItem" | "BatchWriteItem" | "ConditionCheckItem" | "GetItem" | "PutItem" | "Query")[];
  /** Each is asked by name: what is added later is granted to nobody by this. */
  indexes?: readonly IndexName[];
  /** In partitions of accounts only. */
  accounts?: readonly ("UpdateItem" | "DeleteItem")[];
}

/** An account's dossier and the catalog in one request; what was known earlier, from their logs. */
const facts = ["BatchGetItem", "Query"] as const;
/** The catalog alone; an answer or a reply by its key. */
const single = ["GetItem"] as const;
/** Answers and replies are put, and stay. */
const answering = ["PutItem"] as const;
/** New facts are put; parts of a large document are written before, and removed once nothing names them. */
const changing = ["PutItem", "BatchWriteItem"] as const;
/** Something else is stored only while the facts are as they were. */
const holding = ["ConditionCheckItem"] as const;

/**
 * A visit writes events and the agenda, and takes deadlines that are past off the list; facts it holds still. Whether a call
 * came in time is in the decisions of its case.
 */
export const visiting: Access = { table: [...facts, ...changing, ...holding], indexes: ["by-case"], accounts: ["UpdateItem", "DeleteItem"] };
/** Finds who is due, and walks over all accounts where something has changed for all. */
export const sweeping: Access = { ...visiting, table: [...visiting.table, ...single], indexes: ["by-agenda", "by-case", "by-list"] };
export const auditing: Access = { table: [...facts, ...single], indexes: ["by-list"] };
export const importing: Access = { table: [...facts, ...single, ...changing] };

export const accessOf: Record<CapabilityName, Access> = {
  accounts: { table: [...facts, ...changing], indexes: ["by-list"] },
  catalog: { table: [...facts, ...single, ...changing] },
  "entitlement-checks": { table: [...facts, ...single, ...answering] },
  decisions: { table: [...facts, ...single], indexes: ["by-list", "by-case"] },
  "contact-checks": { table: facts },
  "severity-assessments": { table: [...facts, ...single] },
  "case-closure-checks": { table: [...facts, ...single] },
  standing: { table: facts },
  renewal: { table: facts },
  notices: { table: [...facts, ...single, ...changing, ...holding] },
  quotes: { table: [...facts, ...single, ...changing, ...holding], indexes: ["by-list"] },
  exceptions: { table: [...facts, ...single, ...changing] },
  policies: { table: [...facts, ...single, ...changing] },
  deadlines: { table: facts, indexes: ["by-list"] },
  exports: { table: ["BatchGetItem"], indexes: ["by-list"] },
  imports: { table: [...facts, ...single, ...answering], indexes: ["by-list"] },
  events: { table: ["BatchGetItem"], indexes: ["by-list"] },
  sweeps: sweeping,
  // One item is read, to see that the table answers.
  api: { table: single },
};

export function grantAccess({ tableArn }: ITable, { grantPrincipal }: IGrantable, { table, indexes = [], accounts = [] }: Access): void {
  const may = (operations: readonly string[], resources: string[], conditions: Record<string, object> = {}) => {
    if (operations.length === 0 || resources.length === 0) return;
    grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: operations.map((name) => `dynamodb:${name}`), resources, conditions }));
  };
  may(table, [tableArn]);
  may(
    ["Query"],
    indexes.map((name) => `${tableArn}/index/${name}`),
  );
  may(accounts, [tableArn], {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["account#*"] },
    Null: { "dynamodb:LeadingKeys": "false" },
  });
}
