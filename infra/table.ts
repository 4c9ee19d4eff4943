/** The one DynamoDB table, from the description that the store itself keeps. */
import { AttributeType, BillingMode, type ITable, ProjectionType, StreamViewType, Table } from "aws-cdk-lib/aws-dynamodb";
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { keptPartitions, tableDescription } from "../functions/store/table.ts";
import type { Stage } from "./stage.ts";

/** @throws Error for a restored table that is none */
export function factsTable(scope: Construct, stage: Stage): ITable {
  const restored: unknown = scope.node.tryGetContext("restoredStream") || undefined;
  if (restored !== undefined) return restoredTable(scope, restored);
  const { partitionKey, sortKey, stream, indexes } = tableDescription;
  const table = new Table(scope, "Table", {
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType[stream],
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    resourcePolicy: new PolicyDocument({ statements: [nothingKeptIsChanged()] }),
    deletionProtection: stage.keepsData,
    removalPolicy: stage.removal,
  });
  for (const { name, partitionKey, sortKey, projected } of indexes) {
    table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      ...(projected.length === 0
        ? { projectionType: ProjectionType.KEYS_ONLY }
        : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...projected] }),
    });
  }
  // The library's own classes do not fit its interfaces under `exactOptionalPropertyTypes`.
  return table as ITable;
}

/** A table brought back from an earlier time, in the place of the stack's own, which stays as it is: see docs/drill.md. */
function restoredTable(scope: Construct, tableStreamArn: unknown): ITable {
  const tableArn =
    typeof tableStreamArn === "string" ? /^(arn:[\w-]+:dynamodb:.+:table\/[\w.-]+)\/stream\/[\w:.-]+$/.exec(tableStreamArn)?.[1] : undefined;
  if (typeof tableStreamArn !== "string" || tableArn === undefined)
    throw new Error(`\`-c restoredStream\`: got \`${tableStreamArn}\`, expected the ARN of the restored table's stream`);
  return Table.fromTableAttributes(scope, "RestoredTable", { tableArn, tableStreamArn });
}

/**
 * The history and the answers that were given cannot be updated or removed, by nobody, whatever other rights they have:
 * they lie in partitions of their own, and rights can be told apart by partition. What is put anew in the place of
 * another is not seen here; each put has a condition against that, and the nightly audit notices (decision 0028).
 */
function nothingKeptIsChanged(): PolicyStatement {
  return new PolicyStatement({
    sid: "NothingKeptIsChanged",
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ["dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem", "dynamodb:PartiQLUpdate", "dynamodb:PartiQLDelete"],
    // The table that has this policy.
    resources: ["*"],
    conditions: { "ForAnyValue:StringLike": { "dynamodb:LeadingKeys": keptPartitions.map((prefix) => `${prefix}*`) } },
  });
}
