/** The pages of the policies that ship, as `docs/policies` has them. */
import { shippedPolicies } from "../../domain/policies/index.ts";
import type { Policy } from "../../domain/policy.ts";
import { policyPage } from "../../domain/policy-page.ts";

const madeBy = "<!-- Made from domain/policies by `npm run docs:policies`: change the policy, not this page. -->\n\n";

/** File name and text of each page; of several versions the newest. */
export function policyPages(): { file: string; text: string }[] {
  return [...shippedPolicies].map(([id, versions]) => ({ file: `${id}.md`, text: madeBy + policyPage(versions.at(-1) as Policy) }));
}
