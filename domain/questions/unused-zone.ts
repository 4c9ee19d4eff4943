/** A zone that was agreed where the policy has one of its own: it does not count, and answers say so. */
import { type CompiledPolicy, formulaOf } from "../compiled-policy.ts";
import type { Reason } from "../decision.ts";
import type { HeldContract } from "../facts.ts";

/** Null where none was agreed, or it is the policy's own, or the text states none. */
export function unusedZone(compiled: CompiledPolicy, { contractId, settings }: HeldContract): Reason | null {
  const agreed = settings?.timeZone;
  if (agreed === undefined || compiled.zone === null || compiled.zone === "premises" || compiled.zone === agreed) return null;
  return {
    clause: formulaOf(compiled, "renewal")?.clause ?? "common",
    condition: "time-zone",
    result: "info",
    finding: `days begin and end in ${compiled.zone}, the zone of the policy; ${agreed}, agreed for the contract, does not count`,
    facts: [{ path: `contracts/${contractId}/settings/timeZone`, value: agreed }],
    cure: null,
  };
}
