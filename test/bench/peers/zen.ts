/** The policy on GoRules Zen: one decision table, a column for each fact and a row for each rule, all rows that match. */
import { ZenDecisionContent, ZenEngine } from "@gorules/zen-engine";
import { type Condition, type Rule, rules, type Verdict, verdictOf } from "./rules.ts";
import type { Summary } from "./summary.ts";

const text = (value: Condition[2]) => (typeof value === "string" ? `'${value}'` : String(value));

const cells: Record<Condition[1], (value: Condition[2]) => string> = {
  is: text,
  isNot: (value) => `!= ${text(value)}`,
  isOneOf: (values) => (values as readonly string[]).map(text).join(", "),
  holds: (value) => `contains($, ${text(value)})`,
  isAbove: (value) => `> ${value}`,
  isBelow: (value) => `< ${value}`,
};

const facts = [...new Set(rules.flatMap(({ when }) => when.map(([fact]) => fact)))];
const table = {
  hitPolicy: "collect",
  inputs: facts.map((fact) => ({ id: fact, name: fact, field: fact })),
  outputs: ["clause", "result"].map((field) => ({ id: field, name: field, field })),
  rules: rules.map(({ clause, result, when }, row) => ({
    _id: `row-${row}`,
    clause: text(clause),
    result: text(result),
    ...Object.fromEntries(facts.map((fact) => [fact, when.filter(([its]) => its === fact).map(([, test, value]) => cells[test](value))[0] ?? ""])),
  })),
};

const content = {
  nodes: [
    { id: "in", name: "request", type: "inputNode", position: { x: 0, y: 0 } },
    { id: "table", name: "policy", type: "decisionTableNode", position: { x: 1, y: 0 }, content: table },
    { id: "out", name: "answer", type: "outputNode", position: { x: 2, y: 0 } },
  ],
  edges: [
    { id: "1", type: "edge", sourceId: "in", targetId: "table" },
    { id: "2", type: "edge", sourceId: "table", targetId: "out" },
  ],
};

const decision = new ZenEngine().createDecision(new ZenDecisionContent(content));

export async function onZen(summary: Summary): Promise<Verdict> {
  const { result } = await decision.evaluate(summary);
  return verdictOf(result as Rule[]);
}
