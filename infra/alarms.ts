/**
 * What somebody is woken for. Each alarm has a page in docs/runbooks of the same name: what it means, and what to do.
 * Told on a topic; `-c alarmEmail=…` subscribes an address, which has to confirm it.
 */
import { Annotations, Duration, Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Signals } from "./signals.ts";
import type { Stage } from "./stage.ts";

interface AlarmPlan {
  says: string;
  metric: IMetric;
  /** At or past it; `below` turns that around. */
  threshold: number;
  below?: true;
  /** How many periods in a row; 1 unless said. */
  periods?: number;
  /** What no value at all means; nothing wrong unless said. */
  silence?: "wrong";
}

const minutes = Duration.minutes;

/** By the name of its page. */
function plans(signals: Signals): Record<string, AlarmPlan> {
  return {
    "server-errors": {
      says: "2 % of the answers, or more, are ours to answer for (5xx), for 15 minutes",
      metric: signals.serverErrorPercent(minutes(5)),
      threshold: 2,
      periods: 3,
    },
    "slow-answers": {
      says: "one answer in a hundred takes 3 seconds or more, for 15 minutes",
      metric: signals.slowest(minutes(5)),
      threshold: 3_000,
      periods: 3,
    },
    "background-errors": { says: "a function that nobody waits for has failed", metric: signals.backgroundErrors(minutes(5)), threshold: 1 },
    "dead-letters": { says: "something was given up on, and lies in the queue", metric: signals.deadLetters(minutes(5)), threshold: 1 },
    "sweep-missing": {
      says: "no sweep has come to its end for an hour: nothing that became due is announced",
      metric: signals.own("SweepsFinished", "Sum", minutes(15)),
      threshold: 1,
      below: true,
      periods: 4,
      silence: "wrong",
    },
    "quarantined-accounts": {
      says: "an account could not be visited, and was set aside for a day",
      metric: signals.own("QuarantinedAccounts", "Maximum", minutes(15)),
      threshold: 1,
    },
    "audit-missing": {
      says: "the history was not audited for 30 hours",
      metric: signals.own("AuditsFinished", "Sum", Duration.hours(6)),
      threshold: 1,
      below: true,
      periods: 5,
      silence: "wrong",
    },
    "history-broken": { says: "a recorded history is not whole", metric: signals.own("BrokenHistories", "Maximum", Duration.hours(1)), threshold: 1 },
    "stream-behind": {
      says: "changes wait for 15 minutes, or more, to be followed and announced",
      metric: signals.streamAge(minutes(5)),
      threshold: Duration.minutes(15).toMilliseconds(),
    },
    "table-throttled": { says: "the table has turned requests away", metric: signals.tableThrottled(minutes(5)), threshold: 10, periods: 2 },
    "functions-throttled": {
      says: "functions were not started: the account's limit is reached",
      metric: signals.functionsThrottled(minutes(5)),
      threshold: 1,
      periods: 2,
    },
    "calendar-running-out": {
      says: "holidays are listed for less than half a year: deadlines beyond will be unknown",
      metric: signals.own("CalendarDaysLeft", "Minimum", Duration.hours(6)),
      threshold: 183,
      below: true,
    },
  };
}

export const runbookOf = (name: string) => `docs/runbooks/${name}.md`;

export function alarms(stack: Construct, stage: Stage, signals: Signals): Alarm[] {
  const scope = new Construct(stack, "Alarms");
  const topic = new Topic(scope, "Topic", { displayName: "Good Standing", enforceSSL: true });
  // A topic's own policy replaces the one it would have: without this, nothing that an alarm says is let in.
  const { account, partition, region } = Stack.of(scope);
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: "AlarmsOfThisAccount",
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
      },
    }),
  );
  const alarmEmail: unknown = scope.node.tryGetContext("alarmEmail") || undefined;
  if (alarmEmail !== undefined) {
    if (typeof alarmEmail !== "string" || !/^[^\s@]+@[^\s@]+$/.test(alarmEmail))
      throw new Error(`\`-c alarmEmail\`: got \`${alarmEmail}\`, expected a mail address`);
    topic.addSubscription(new EmailSubscription(alarmEmail));
  } else if (stage.keepsData) Annotations.of(scope).addWarningV2("good-standing:nobody-is-told", "nobody is told of alarms: set `-c alarmEmail`");
  return Object.entries(plans(signals)).map(([name, { says, metric, threshold, below = false, periods = 1, silence }]) => {
    const alarm = new Alarm(scope, name, {
      alarmDescription: `${says}. What to do: ${runbookOf(name)}`,
      metric,
      threshold,
      comparisonOperator: below ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: silence === "wrong" ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const tell = new SnsAction(topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    return alarm;
  });
}
