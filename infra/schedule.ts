/** What runs by the clock, with nobody asking. */
import { Duration } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { auditing, grantAccess, sweeping } from "./capability-access.ts";
import { toldTo } from "./dead-letters.ts";
import { nodeFunction } from "./node-function.ts";
import type { Stage } from "./stage.ts";

export function schedule(scope: Construct, stage: Stage, table: ITable, deadLetters: IQueue): void {
  const byTheClock = new Construct(scope, "Schedule");
  const audit = nodeFunction(byTheClock, {
    name: "audit-logs",
    does: "Tests every night that the recorded history is whole",
    stage,
    environment: { TABLE_NAME: table.tableName },
    timeout: Duration.minutes(15),
  });
  grantAccess(table, audit, auditing);
  // A broken history is as broken the second time: it is told once, in the queue.
  audit.configureAsyncInvoke({ retryAttempts: 0, onFailure: toldTo(deadLetters) });
  new Rule(byTheClock, "Nightly", {
    schedule: Schedule.cron({ hour: "3", minute: "10" }),
    targets: [new LambdaFunction(audit, { deadLetterQueue: deadLetters })],
  });

  const sweep = nodeFunction(byTheClock, {
    name: "sweep",
    does: "Announces what became true since the last run",
    stage,
    environment: { TABLE_NAME: table.tableName },
    timeout: Duration.minutes(15),
  });
  grantAccess(table, sweep, sweeping);
  // A run that had to stop is tried again at once; what is not done then, the next one does.
  sweep.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.hours(1), onFailure: toldTo(deadLetters) });
  const target = () => new LambdaFunction(sweep, { deadLetterQueue: deadLetters, retryAttempts: 8, maxEventAge: Duration.hours(1) });
  // Days begin at the full hour or a quarter of it, wherever; instants, such as the end of 15 minutes, at any time.
  new Rule(byTheClock, "EveryQuarter", { schedule: Schedule.rate(Duration.minutes(15)), targets: [target()] });
  new Rule(byTheClock, "Daily", { schedule: Schedule.cron({ hour: "0", minute: "5" }), targets: [target()] });
}
