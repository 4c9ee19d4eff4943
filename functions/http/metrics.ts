/**
 * What is counted and measured, as members of a log line that CloudWatch takes as metrics: the embedded metric format.
 * By stage only, for each further dimension is paid by each of its values.
 * Source: "Specification: CloudWatch embedded metric format" in the CloudWatch user guide.
 */
import type { Outcome } from "../../domain/decision.ts";

export const metricNamespace = "GoodStanding";

const units = {
  /** Of a request, in the function. */
  Latency: "Milliseconds",
  DecisionsEntitled: "Count",
  DecisionsNotEntitled: "Count",
  DecisionsDiscretion: "Count",
  DecisionsUndetermined: "Count",
  DecisionsRedirected: "Count",
  /** 1 for a run of the sweep that came to its end. */
  SweepsFinished: "Count",
  /** From the run before that came to its end to this one: what became due in between waited no longer. */
  SweepLag: "Seconds",
  /** Accounts that a run could not visit. */
  QuarantinedAccounts: "Count",
  /** Until the first calendar of a policy has no holidays listed any more. */
  CalendarDaysLeft: "None",
  /** 1 for a nightly audit that came to its end. */
  AuditsFinished: "Count",
  BrokenHistories: "Count",
} as const;

export type Metric = keyof typeof units;

export type Measures = Partial<Record<Metric, number>>;

/**
 * @param stage null where nothing takes metrics, such as on a laptop: there are none then
 * @param at milliseconds since 1970
 */
export function measured(stage: string | null, at: number, measures: Measures): object {
  const names = Object.keys(measures) as Metric[];
  if (stage === null || names.length === 0) return {};
  const Metrics = names.map((Name) => ({ Name, Unit: units[Name] }));
  return {
    _aws: { Timestamp: at, CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions: [["stage"]], Metrics }] },
    stage,
    ...measures,
  };
}

/** As the function's environment names it. */
export const stageOfFunction = (): string | null => process.env.STAGE || null;

const metricOf: Record<Outcome, Metric> = {
  entitled: "DecisionsEntitled",
  "not-entitled": "DecisionsNotEntitled",
  discretion: "DecisionsDiscretion",
  undetermined: "DecisionsUndetermined",
  redirected: "DecisionsRedirected",
};

export function decisionsByOutcome(outcomes: readonly Outcome[]): Measures {
  const counts: Measures = {};
  for (const outcome of outcomes) counts[metricOf[outcome]] = (counts[metricOf[outcome]] ?? 0) + 1;
  return counts;
}
