/** The four things that can be done with a policy offline. */

import { lint } from "../../domain/policy-lint.ts";
import { policyPage } from "../../domain/policy-page.ts";
import { Problem } from "../../functions/http/problem.ts";
import { differencesInWords } from "./differences.ts";
import { readPolicy, soundPolicy } from "./read-policy.ts";
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
      return { lines: policyPage(soundPolicy(first)).trimEnd().split("\n"), ok: true };
    case "diff":
      takes(2);
      return { lines: differencesInWords(soundPolicy(first), soundPolicy(second)), ok: true };
    case "test":
      takes(2);
      return testTables(soundPolicy(first), second);
    default:
      throw new Wrong(command === undefined ? usage : `there is no \`${command}\`; ${usage}`);
  }
}

function linted(source: string): Outcome {
  const found = problemsIn(source);
  if (found.length === 0) return { lines: [`${source}: no problems`], ok: true };
  return {
    lines: [
      ...found.map(({ pointer, detail }) => `${pointer || "/"}: ${detail}`),
      `${source}: ${found.length} ${found.length === 1 ? "problem" : "problems"}`,
    ],
    ok: false,
  };
}

/** A document without the shape of a policy has only its wrong fields; the rest can be told of a policy. */
function problemsIn(source: string): readonly { pointer: string; detail: string }[] {
  try {
    return lint(readPolicy(source), new Date().getUTCFullYear());
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.errors.length > 0 ? error.errors : [{ pointer: "", detail: error.message }];
  }
}
