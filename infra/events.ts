/**
 * What follows a change in the table: its events are numbered and sent to the bus, its account is visited at once. Both
 * read the table's stream; what one of them gives up on is told in the dead-letter queue and stays in the table.
 */
import { Duration } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { EventBus, Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { FilterCriteria, FilterRule, type IFunction, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { grantAccess, visiting } from "./capability-access.ts";
import { toldTo } from "./dead-letters.ts";
import { nodeFunction } from "./node-function.ts";
import type { Stage } from "./stage.ts";

export function eventBus(scope: Construct, stage: Stage, table: ITable, deadLetters: IQueue): EventBus {
  const events = new Construct(scope, "Events");
  const bus = new EventBus(events, "Bus", { description: "What Good Standing announces: CloudEvents 1.0, source good-standing" });
  const publish = nodeFunction(events, {
    name: "publish-events",
    does: "Numbers announced events from the table's stream and sends them to the bus",
    stage,
    environment: { EVENT_BUS_NAME: bus.eventBusName, TABLE_NAME: table.tableName },
  });
  bus.grantPutEventsTo(publish);
  // An event gets its number, a counter counts on; of everything else in the table it knows nothing.
  publish.addToRolePolicy(
    new PolicyStatement({
      actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:UpdateItem"],
      resources: [table.tableArn],
      conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["events#*", "counter#*"] } },
    }),
  );
  publish.addToRolePolicy(
    new PolicyStatement({
      actions: ["dynamodb:Query"],
      resources: [`${table.tableArn}/index/by-list`],
      conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["outbox#*"] } },
    }),
  );
  // What the stream gave up on still waits in the table.
  new Rule(events, "LeftBehind", {
    schedule: Schedule.cron({ hour: "4", minute: "10" }),
    targets: [new LambdaFunction(publish, { deadLetterQueue: deadLetters })],
  });
  publish.configureAsyncInvoke({ onFailure: toldTo(deadLetters) });
  read(publish, table, deadLetters, { eventName: FilterRule.isEqual("INSERT"), dynamodb: { Keys: { pk: { S: FilterRule.beginsWith("events#") } } } });

  const follow = nodeFunction(events, {
    name: "follow",
    does: "Visits accounts whose facts have changed: announces what follows, brings deadlines up to date",
    stage,
    environment: { TABLE_NAME: table.tableName },
  });
  grantAccess(table, follow, visiting);
  // A visit takes the mark away, so that it does not lead to another.
  const changed = { Keys: { sk: { S: FilterRule.isEqual("manifest") } }, NewImage: { unvisited: { S: FilterRule.exists() } } };
  const watched = { Keys: { sk: { S: FilterRule.beginsWith("watch#") } } };
  read(follow, table, deadLetters, { dynamodb: changed }, { eventName: FilterRule.isEqual("INSERT"), dynamodb: watched });
  return bus;
}

/** @param filters what is read: whatever one of them takes */
function read(by: IFunction, table: ITable, deadLetters: IQueue, ...filters: object[]): void {
  by.addEventSource(
    new DynamoEventSource(table, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: filters.map((filter) => FilterCriteria.filter(filter as Record<string, unknown>)),
      batchSize: 100,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // An hour and more with Lambda's growing pauses.
      retryAttempts: 50,
      maxRecordAge: Duration.hours(23),
      onFailure: toldTo(deadLetters),
    }),
  );
}
