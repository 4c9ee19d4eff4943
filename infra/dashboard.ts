/** One page: is it well, what does it decide, does the work that nobody waits for keep up. */
import { Duration } from "aws-cdk-lib";
import { type Alarm, AlarmStatusWidget, Dashboard, GraphWidget, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Metric as OwnMetric } from "../functions/http/metrics.ts";
import type { Signals } from "./signals.ts";

const decisions: OwnMetric[] = ["DecisionsEntitled", "DecisionsNotEntitled", "DecisionsDiscretion", "DecisionsUndetermined", "DecisionsRedirected"];

export function dashboard(scope: Construct, signals: Signals, alarms: Alarm[]): void {
  const period = Duration.minutes(5);
  const graph = (title: string, left: IMetric[], right: IMetric[] = []) => new GraphWidget({ title, left, right, width: 8, height: 6 });
  new Dashboard(scope, "Dashboard", {
    defaultInterval: Duration.days(1),
    widgets: [
      [new AlarmStatusWidget({ title: "Alarms", alarms, width: 24, height: 3 })],
      [
        graph("Requests, and those that failed", [signals.requests(period)], [signals.clientErrors(period), signals.serverErrors(period)]),
        graph("Latency: half, 99 of 100, at the gateway", [
          signals.own("Latency", "p50", period),
          signals.own("Latency", "p99", period),
          signals.slowest(period),
        ]),
        graph(
          "Decisions by outcome",
          decisions.map((name) => signals.own(name, "Sum", period)),
        ),
      ],
      [
        graph(
          "Sweeps finished, seconds behind",
          [signals.own("SweepsFinished", "Sum", Duration.hours(1))],
          [signals.own("SweepLag", "Maximum", period)],
        ),
        graph("Quarantined accounts, broken histories", [
          signals.own("QuarantinedAccounts", "Maximum", Duration.hours(1)),
          signals.own("BrokenHistories", "Maximum", Duration.hours(1)),
        ]),
        graph("Days until holidays run out", [signals.own("CalendarDaysLeft", "Minimum", Duration.hours(6))]),
      ],
      [
        graph("Changes wait to be followed, milliseconds", [signals.streamAge(period)]),
        graph("Given up on, and failed", [signals.deadLetters(period), signals.backgroundErrors(period)]),
        graph("Turned away: by the table, by Lambda", [signals.tableThrottled(period)], [signals.functionsThrottled(period)]),
      ],
    ],
  });
}
