/** What the stack can be seen by from outside: the metrics that alarms and the dashboard are made of. */
import type { Duration, Stack } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { metricNamespace, type Metric as OwnMetric } from "../functions/http/metrics.ts";
import { tableDescription } from "../functions/store/table.ts";
import type { Stage } from "./stage.ts";

export type Signals = ReturnType<typeof signalsOf>;

/** @param stack with everything in it */
export function signalsOf(stack: Stack, stage: Stage, api: HttpApi, table: ITable) {
  const background = stack.node
    .findAll()
    .filter((one): one is LambdaFunction => one instanceof LambdaFunction && !one.node.path.includes("/Functions/"));
  const readers = background.filter(({ node }) => node.path.includes("/Events/"));
  const deadLetters = stack.node.findAll().filter((one): one is Queue => one instanceof Queue && one.node.id.endsWith("DeadLetters"));
  const gateway = (metricName: string, statistic: string) => (period: Duration) =>
    new Metric({ namespace: "AWS/ApiGateway", metricName, dimensionsMap: { ApiId: api.apiId }, statistic, period });
  const tableMetric = (metricName: string, index: string | null) => (period: Duration) =>
    new Metric({
      namespace: "AWS/DynamoDB",
      metricName,
      dimensionsMap: { TableName: table.tableName, ...(index !== null && { GlobalSecondaryIndexName: index }) },
      statistic: "Sum",
      period,
    });
  const throttled = ["ReadThrottleEvents", "WriteThrottleEvents"].flatMap((name) =>
    [null, ...tableDescription.indexes.map((index) => index.name)].map((index) => tableMetric(name, index)),
  );

  return {
    own: (metricName: OwnMetric, statistic: string, period: Duration) =>
      new Metric({ namespace: metricNamespace, metricName, dimensionsMap: { stage: stage.name }, statistic, period }),
    requests: gateway("Count", "Sum"),
    serverErrors: gateway("5xx", "Sum"),
    clientErrors: gateway("4xx", "Sum"),
    slowest: gateway("Latency", "p99"),
    serverErrorPercent: (period: Duration) =>
      new MathExpression({
        expression: "IF(requests > 0, 100 * errors / requests, 0)",
        usingMetrics: { requests: gateway("Count", "Sum")(period), errors: gateway("5xx", "Sum")(period) },
        label: "answers with 5xx, percent",
        period,
      }),
    backgroundErrors: (period: Duration) =>
      sumOf(
        background.map((one) => one.metricErrors({ period })),
        "errors",
        period,
      ),
    /** Of all functions in the account and region: they share one limit. */
    functionsThrottled: (period: Duration) => new Metric({ namespace: "AWS/Lambda", metricName: "Throttles", statistic: "Sum", period }),
    streamAge: (period: Duration) => {
      const ages = readers.map((one) => one.metric("IteratorAge", { statistic: "Maximum", period }));
      return combined("MAX", ages, "age of the oldest record, milliseconds", period);
    },
    deadLetters: (period: Duration) =>
      sumOf(
        deadLetters.map((one) => one.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum", period })),
        "dead letters",
        period,
      ),
    tableThrottled: (period: Duration) =>
      sumOf(
        throttled.map((metric) => metric(period)),
        "throttled requests",
        period,
      ),
  };
}

const sumOf = (metrics: IMetric[], label: string, period: Duration) => combined("SUM", metrics, label, period);

/** An alarm takes at most ten metrics. One that has no value in a period is left out. */
function combined(how: "SUM" | "MAX", metrics: IMetric[], label: string, period: Duration): IMetric {
  if (metrics.length === 0 || metrics.length > 10) throw new Error(`an alarm takes 1 to 10 metrics, got \`${metrics.length}\``);
  // Unique on a page of graphs.
  const prefix = label.replace(/\W+(\w)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? "");
  const usingMetrics = Object.fromEntries(metrics.map((metric, n) => [`${prefix}${n}`, metric]));
  const expression = `${how}([${Object.keys(usingMetrics)
    .map((name) => `FILL(${name}, 0)`)
    .join(", ")}])`;
  return new MathExpression({ expression, usingMetrics, label, period });
}
