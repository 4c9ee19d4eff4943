/** The policy on json-rules-engine: a rule of its own for each way a clause can stand against a request. */
import { Engine, type RuleProperties } from "json-rules-engine";
import { type Condition, type Rule, rules, type Verdict, verdictOf } from "./rules.ts";
import type { Summary } from "./summary.ts";

const operators: Record<Condition[1], string> = {
  is: "equal",
  isNot: "notEqual",
  isOneOf: "in",
  holds: "contains",
  isAbove: "greaterThan",
  isBelow: "lessThan",
};

const engine = new Engine(
  rules.map(
    ({ clause, result, when }): RuleProperties => ({
      conditions: { all: when.map(([fact, test, value]) => ({ fact, operator: operators[test], value })) },
      event: { type: result, params: { clause } },
    }),
  ),
);

export async function onJsonRulesEngine(summary: Summary): Promise<Verdict> {
  const { events } = await engine.run(summary);
  return verdictOf(events.map(({ type, params }) => ({ result: type as Rule["result"], clause: params?.clause })));
}
