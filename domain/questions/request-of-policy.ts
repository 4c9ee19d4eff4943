/** Whether a request speaks of what its policy has. */
import { type Refusal, Refused } from "../refusal.ts";
import type { Choice } from "./choose-contract.ts";
import type { EntitlementRequest } from "./entitlement-request.ts";

/** A severity or a circumstance that is not the policy's contradicts the request. @throws Refused */
export function mustBeOfPolicy(request: EntitlementRequest, choice: Choice): void {
  const errors = againstPolicy(request, choice);
  if (errors.length > 0) throw new Refused("not-of-policy", errors);
}

/** What of the request the policy does not have; empty where it makes sense under it. */
export function againstPolicy({ severity, circumstances }: EntitlementRequest, { policy }: Choice): Refusal[] {
  const { id, severities } = policy.policy;
  const errors = circumstances.flatMap((tag, index) =>
    policy.circumstances.has(tag)
      ? []
      : [
          {
            pointer: `/request/circumstances/${index}`,
            detail:
              policy.circumstances.size === 0
                ? `policy \`${id}\` has no circumstances: leave it out`
                : `policy \`${id}\` has no circumstance \`${tag}\`; it has \`${[...policy.circumstances].join("`, `")}\``,
          },
        ],
  );
  if (severity !== undefined && !severities.some((one) => one.id === severity)) {
    errors.push({
      pointer: "/request/severity",
      detail:
        severities.length === 0
          ? `policy \`${id}\` has no severities: leave it out`
          : `policy \`${id}\` has no severity \`${severity}\`; it has \`${severities.map((one) => one.id).join("`, `")}\``,
    });
  }
  return errors;
}
