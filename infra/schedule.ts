/** What runs by the clock, with nobody asking. */
import { Duration } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { grantAccess } from "./capability-access.ts";
import { nodeFunction } from "./node-function.ts";
import type { Stage } from "./stage.ts";

export function schedule(scope: Construct, stage: Stage, table: ITable, deadLetters: IQueue): void {
  const nightly = new Construct(scope, "Schedule");
  const audit = nodeFunction(nightly, {
    name: "audit-logs",
    does: "Tests every night that the recorded history is whole",
    stage,
    environment: { TABLE_NAME: table.tableName },
    timeout: Duration.minutes(15),
  });
  grantAccess(table, audit, "read");
  // A broken history is as broken the second time: it is told once, in the queue.
  audit.configureAsyncInvoke({ retryAttempts: 0, onFailure: new SqsDestination(deadLetters) });
  new Rule(nightly, "Nightly", { schedule: Schedule.cron({ hour: "3", minute: "10" }), targets: [new LambdaFunction(audit)] });
}
