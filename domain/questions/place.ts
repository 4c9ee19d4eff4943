/** Where a case plays: the premises that the request names, and the zone in which their days and hours run. */
import type { CompiledPolicy } from "../compiled-policy.ts";
import { byId } from "../dossier.ts";
import type { Dossier, HeldContract } from "../facts.ts";
import { zoneOf } from "../notice-rulings.ts";
import type { EntitlementRequest } from "./entitlement-request.ts";

export type Place = Dossier["premises"][number] | null;

/** The premises named; without a name the account's only ones. */
export function placeOf({ premises }: Dossier, { premisesId }: EntitlementRequest): Place {
  if (premisesId !== undefined) return byId(premises, "premisesId", premisesId) ?? null;
  return premises.length === 1 ? (premises[0] ?? null) : null;
}

/** The zone under a contract: where the policy goes by the premises, theirs (reading `ess-zones`); else the policy's, else the one agreed. */
export function zoneAt(policy: CompiledPolicy, contract: HeldContract | null, place: Place): string | null {
  if (policy.policy.zone !== "premises" || place === null) return zoneOf(policy, contract);
  const region = policy.policy.regions?.[place.region];
  if (region?.always) return region.zone;
  return place.timeZone ?? region?.zone ?? zoneOf(policy, contract);
}
