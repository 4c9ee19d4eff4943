/** Where a case plays: the premises that it may be about, and the zone in which their days and hours run. */
import type { CompiledPolicy } from "../compiled-policy.ts";
import type { Dossier, HeldContract } from "../facts.ts";
import { zoneOf } from "../notice-rulings.ts";
import { Readings } from "../readings.ts";
import type { EntitlementRequest } from "./entitlement-request.ts";

/** Each of the premises that it may be about; all of the account's where nothing names any. */
export type Place = Dossier["premises"];

/** The premises named; without a name all that the account has. */
export const placeOf = ({ premises }: Dossier, { premisesId }: EntitlementRequest): Place =>
  premisesId === undefined ? premises : premises.filter((one) => one.premisesId === premisesId);

/** The premises that it is about; null where it may be about several, or none are known. */
export const premisesAt = (place: Place): Place[number] | null => (place.length === 1 ? (place[0] ?? null) : null);

/**
 * The zone under a contract: where the policy goes by the premises, theirs (reading `ess-zones`), if all of them lie in one;
 * else the policy's, else the one agreed.
 */
export function zoneAt(policy: CompiledPolicy, contract: HeldContract | null, place: Place): string | null {
  const stated = zoneOf(policy, contract);
  if (policy.zone !== "premises") return stated;
  const [first, ...others] = place.map((premises) => zoneOfPremises(policy, contract, premises));
  return (others.every((zone) => zone === first) ? first : null) ?? stated;
}

function zoneOfPremises(policy: CompiledPolicy, contract: HeldContract | null, { region, timeZone }: Place[number]): string | null {
  const stated = policy.policy.regions?.[region];
  const its = stated?.instead === undefined ? stated : new Readings(policy, contract).under(stated);
  return (its?.always ? null : timeZone) ?? its?.zone ?? null;
}
