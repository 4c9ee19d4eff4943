/** The policy on Cedar: a `forbid` for each way a clause can stand against a request, read once, the facts as context. */
import { setFlagsFromString } from "node:v8";
import { type Condition, type Rule, rules, type Verdict, verdictOf } from "./rules.ts";
import type { Summary } from "./summary.ts";

// Cedar's WebAssembly can abort Node 20 and 22 without it.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");
const { preparsePolicySet, statefulIsAuthorized } = await import("@cedar-policy/cedar-wasm/nodejs");

const expressions: Record<Condition[1], (fact: string, value: Condition[2]) => string> = {
  is: (fact, value) => `context.${fact} == ${JSON.stringify(value)}`,
  isNot: (fact, value) => `context.${fact} != ${JSON.stringify(value)}`,
  isOneOf: (fact, values) => `${JSON.stringify(values)}.contains(context.${fact})`,
  holds: (fact, value) => `context.${fact}.contains(${JSON.stringify(value)})`,
  isAbove: (fact, value) => `context.${fact} > ${value}`,
  isBelow: (fact, value) => `context.${fact} < ${value}`,
};

const policies = Object.fromEntries(
  rules.map(({ when }, n) => {
    const condition = when.map(([fact, test, value]) => expressions[test](fact, value)).join(" && ");
    return [`rule-${n}`, `forbid(principal, action, resource) when { ${condition} };`];
  }),
);
const parsed = preparsePolicySet("ebiexperts", { staticPolicies: { ...policies, any: "permit(principal, action, resource);" } });
if (parsed.type === "failure") throw new Error(parsed.errors.map(({ message }) => message).join("; "));

const principal = { type: "Customer", id: "it" };
const action = { type: "Action", id: "ask" };
const resource = { type: "License", id: "one" };

export function onCedar(summary: Summary): Verdict {
  const answer = statefulIsAuthorized({ principal, action, resource, context: summary, preparsedPolicySetId: "ebiexperts", entities: [] });
  if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "));
  const { reason, errors } = answer.response.diagnostics;
  if (errors.length > 0) throw new Error(errors.map(({ error }) => error.message).join("; "));
  return verdictOf(reason.filter((id) => id !== "any").map((id) => rules[Number(id.slice(5))] as Rule));
}
