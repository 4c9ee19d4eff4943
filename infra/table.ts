/** The one DynamoDB table, from the description that the store itself keeps. */
import { AttributeType, BillingMode, type ITable, ProjectionType, StreamViewType, Table } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { tableDescription } from "../functions/store/table.ts";
import type { Stage } from "./stage.ts";

export function factsTable(scope: Construct, stage: Stage): ITable {
  const { partitionKey, sortKey, stream, indexes } = tableDescription;
  const table = new Table(scope, "Table", {
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType[stream],
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
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
