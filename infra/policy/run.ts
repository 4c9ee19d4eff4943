/** The four things that can be done with a policy offline. */

import { shippedPolicies } from "../../domain/policies/index.ts";
import { hints } from "../../domain/policy-hints.ts";
import { lint } from "../../domain/policy-lint.ts";
import { policyPage } from "../../domain/policy-page.ts";
import { besideVersions, daysChanged } from "../../domain/policy-versions.ts";
import { Problem } from "../../functions/http/problem.ts";
import { differencesInWords } from "./differences.ts";
import { readPolicy, shapedPolicy } from "./read-policy.ts";
import { testTables } from "./test-tables.ts";
import { Wrong } from "./wrong.ts";

export interface Outcome {
  lines: string[];
  ok: boolean;
}

const usage = "usage: npm run policy -- lint FILE | show FILE | diff A B | test FILE FOLDER; FILE is a JSON file or the id of a policy that ships";

/** @param args as typed after `npm run policy --` @throws Wrong for what the caller can mend */
export function run([command, ...args]: string[]): Outcome {
  const [first, second] = args as [string, string];
  const takes = (count: number) => {
    if (args.length !== count)
      throw new Wrong(`\`${command}\` takes ${count === 1 ? "one argument" : "two arguments"}, got \`${args.length}\`; ${usage}`);
  };
  switch (command) {
    case "lint":
      takes(1);
      return linted(first);
    case "show":
      takes(1);
      return { lines: [...notSound(first), ...policyPage(shapedPolicy(first)).trimEnd().split("\n")], ok: true };
    case "diff":
      takes(2);
      return { lines: [...notSound(first), ...notSound(second), ...differencesInWords(shapedPolicy(first), shapedPolicy(second))], ok: true };
    case "test":
      takes(2);
      return testTables(shapedPolicy(first), second, notSound(first));
    default:
      throw new Wrong(command === undefined ? usage : `there is no \`${command}\`; ${usage}`);
  }
}

function linted(source: string): Outcome {
  const { problems, hints } = findingsIn(source);
  const inWords = ({ pointer, detail }: Finding) => `${pointer || "the document"}: ${detail}`;
  return {
    lines: [
      ...problems.map(inWords),
      ...hints.map((hint) => `hint: ${inWords(hint)}`),
      `${source}: ${counted(problems.length, "problem")}${hints.length === 0 ? "" : `, ${counted(hints.length, "hint")}`}`,
    ],
    ok: problems.length === 0,
  };
}

const counted = (count: number, what: string) => `${count === 0 ? "no" : count} ${what}${count === 1 ? "" : "s"}`;

/** Before anything is made of a policy that the service would refuse. */
function notSound(source: string): string[] {
  const { problems } = findingsIn(source);
  return problems.length === 0
    ? []
    : [`${source} has ${counted(problems.length, "problem")} and could not be published: \`policy lint\` lists them`, ""];
}

interface Finding {
  pointer: string;
  detail: string;
}

/** A document without the shape of a policy has only its wrong fields; the rest can be told of a policy, beside those that ship under its id. */
function findingsIn(source: string): { problems: readonly Finding[]; hints: readonly Finding[] } {
  try {
    const policy = readPolicy(source);
    const others = (shippedPolicies.get(policy.id) ?? []).filter((one) => one.version !== policy.version);
    const now = new Date().toISOString();
    return {
      problems: [...besideVersions(policy, others), ...lint(policy, Number(now.slice(0, 4)))],
      hints: [...daysChanged(policy, others, now.slice(0, 10)), ...hints(policy)],
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problems: error.errors.length > 0 ? error.errors : [{ pointer: "", detail: error.message }], hints: [] };
  }
}
