/** The event bus, and the function that sends it what the table's stream says was announced. */
import { Duration } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { EventBus } from "aws-cdk-lib/aws-events";
import { FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { nodeFunction } from "./node-function.ts";
import type { Stage } from "./stage.ts";

export function eventBus(scope: Construct, stage: Stage, table: ITable, deadLetters: IQueue): EventBus {
  const events = new Construct(scope, "Events");
  const bus = new EventBus(events, "Bus", { description: "What Good Standing announces: CloudEvents 1.0, source good-standing" });
  const publish = nodeFunction(events, {
    name: "publish-events",
    does: "Sends announced events from the table's stream to the bus",
    stage,
    environment: { EVENT_BUS_NAME: bus.eventBusName },
  });
  publish.addEventSource(
    new DynamoEventSource(table, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [
        FilterCriteria.filter({ eventName: FilterRule.isEqual("INSERT"), dynamodb: { Keys: { pk: { S: FilterRule.beginsWith("event#") } } } }),
      ],
      batchSize: 100,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // An hour and more with Lambda's growing pauses; what still fails then is told in the queue and stays in the table.
      retryAttempts: 50,
      maxRecordAge: Duration.hours(23),
      onFailure: new SqsDlq(deadLetters),
    }),
  );
  bus.grantPutEventsTo(publish);
  return bus;
}
