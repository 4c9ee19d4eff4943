/** Finds the policy that the person at the keyboard means: a JSON file, or the id of one that ships with the product. */
import { readFileSync } from "node:fs";
import { shippedPolicies } from "../../domain/policies/index.ts";
import { type Policy, policy } from "../../domain/policy.ts";
import { readBody } from "../../functions/http/body.ts";
import { Problem } from "../../functions/http/problem.ts";
import { parseShape } from "../../functions/http/shape-errors.ts";
import { Wrong } from "./wrong.ts";

/** @throws Wrong where there is no such file; Problem where it has not the shape of a policy, as over HTTP */
export function readPolicy(source: string): Policy {
  const shipped = shippedPolicies.get(source)?.at(-1);
  if (shipped !== undefined) return shipped;
  return parseShape(policy, readBody({ body: textOf(source), isBase64Encoded: false, contentType: "application/json" }), "body");
}

/** @throws Wrong, a line for a file that cannot be used */
export function shapedPolicy(source: string): Policy {
  try {
    return readPolicy(source);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Wrong(
      `\`${source}\` is no policy: ${error.errors.length > 1 ? `${error.errors.length} wrong fields; \`policy lint\` lists them` : error.message}`,
    );
  }
}

export function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new Wrong(`\`${path}\` cannot be read; policies that ship are \`${[...shippedPolicies.keys()].join("`, `")}\``);
  }
}
