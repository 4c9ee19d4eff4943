/** What has lapsed, or is going to: each line of the contract seen from the day on which cover is to begin again. */
import { formulaOf } from "../compiled-policy.ts";
import { coverOf, coversDay, coversOf, type Ends, heldOn } from "../cover.ts";
import { licensesById } from "../coverage.ts";
import type { ContractLine, HeldLicense } from "../facts.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { windowLastDay } from "../time/term.ts";
import type { Reinstatement } from "./reinstatement.ts";

export interface Lapse {
  licenseId: string;
  line: ContractLine;
  license: HeldLicense | undefined;
  /** `running`: renews or has not ended. `excluded`: of a kind, or no longer held, for which nothing is brought back. */
  state: "lapsed" | "running" | "covered-elsewhere" | "excluded";
  /** First day without cover. */
  lapsedOn: CalendarDate;
  windowLastDay: CalendarDate;
  why: string;
}

/** Every line of the contract with what became of it by `reinstateOn`; a cover that a notice is going to end counts as lapsed. */
export function lapsesOf({ facts, contract, policy, reinstateOn }: Reinstatement, ends: Ends, kinds: readonly string[]): Lapse[] {
  const licenses = licensesById(facts);
  const months = formulaOf(policy, "reinstatement-window")?.entry.months ?? 12;
  return contract.lines.map((line): Lapse => {
    const license = licenses(line.licenseId);
    const { lastDay } = coverOf(facts, ends, contract, line, license);
    const lapsedOn = lastDay === null ? "" : addDays(lastDay, 1);
    const base = { licenseId: line.licenseId, line, license, lapsedOn, windowLastDay: lastDay === null ? "" : windowLastDay(lapsedOn, months) };
    if (license !== undefined && !kinds.includes(license.kind)) return { ...base, state: "excluded", why: `is of kind ${license.kind}` };
    if (license !== undefined && !heldOn(license, reinstateOn)) return { ...base, state: "excluded", why: `is not held on ${reinstateOn}` };
    if (lastDay === null) return { ...base, state: "running", why: "renews by itself" };
    const noticed = ends.has(`${contract.contractId}/${line.licenseId}`);
    if (reinstateOn <= lastDay && !noticed) return { ...base, state: "running", why: `is covered through ${lastDay}` };
    const elsewhere = coversOf(facts, ends, license, line.licenseId).find((cover) => cover.contract !== contract && coversDay(cover, reinstateOn));
    if (elsewhere) return { ...base, state: "covered-elsewhere", why: `is covered under contract \`${elsewhere.contract.contractId}\`` };
    return { ...base, state: "lapsed", why: `lapsed on ${lapsedOn}` };
  });
}
