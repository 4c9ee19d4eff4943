/** "Is that so whatever the zone is?" What of an account's standing is otherwise on the latest possible day, in sentences. */
import { formatMoney } from "../money.ts";
import type { StandingAnswer } from "./standing.ts";
import { eitherDay } from "./two-days.ts";

/** The standing on the earliest possible day, with what the latest one changes; a benefit that hangs on it is unknown. */
export function onEitherDay(first: StandingAnswer, last: StandingAnswer): StandingAnswer {
  return {
    ...first,
    // Two versions of a policy may give different ones.
    benefits: [...first.benefits, ...last.benefits.filter((benefit) => !has(first, benefit))].map((benefit) =>
      [first, last].every((standing) => has(standing, benefit)?.available === benefit.available) ? benefit : { ...benefit, available: null },
    ),
    dependsOnZone: differing(sentences(first), sentences(last)),
  };
}

const has = ({ benefits }: StandingAnswer, { policyId, benefit }: StandingAnswer["benefits"][number]) =>
  benefits.find((one) => one.policyId === policyId && one.benefit === benefit);

/** Sentences stop here, as lists inside answers do. */
const mostSaid = 50;

/** What the answer says, under what it says it of, and what is so where the other day's answer does not say it. */
type Said = Map<string, { says: string; otherwise: string }>;

function sentences({ contracts, gaps, overdue, benefits }: StandingAnswer): Said {
  const said: Said = new Map();
  for (const { contractId, status, currentTerm } of contracts) {
    const its = currentTerm === null ? "" : ` in the term ${currentTerm.firstDay} to ${currentTerm.lastDay}`;
    said.set(`contracts/${contractId}`, { says: `contract \`${contractId}\` is ${status}${its}`, otherwise: "" });
  }
  for (const { group, name, licenseIds, clause } of gaps) {
    const it = `${group.replace("-", " ")} \`${name}\``;
    said.set(`gaps/${clause}/${name}`, { says: `${it} has no support for ${licenseIds.join(", ")}`, otherwise: `${it} has no gap` });
  }
  for (const { invoiceId, daysOverdue, open } of overdue) {
    const since = `by ${daysOverdue} ${daysOverdue === 1 ? "day" : "days"}, with ${formatMoney(open)} open`;
    said.set(`invoices/${invoiceId}`, { says: `invoice \`${invoiceId}\` is overdue ${since}`, otherwise: `invoice \`${invoiceId}\` is not overdue` });
  }
  for (const { policyId, benefit, available } of benefits) {
    const is = available === null ? "unknown" : available ? "available" : "not available";
    said.set(`benefits/${policyId}/${benefit}`, { says: `benefit \`${benefit}\` is ${is}`, otherwise: "" });
  }
  return said;
}

function differing(first: Said, last: Said): string[] {
  const names = [...new Set([...first.keys(), ...last.keys()])];
  return names
    .map((name): [string, string] => {
      const [early, late] = [first.get(name), last.get(name)];
      return [early?.says ?? late?.otherwise ?? "", late?.says ?? early?.otherwise ?? ""];
    })
    .filter(([early, late]) => early !== late)
    .slice(0, mostSaid)
    .map(([early, late]) => eitherDay(early, late));
}
