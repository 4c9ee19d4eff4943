/**
 * What is wrong with a policy of which every name leads somewhere: parts that can never count, that contradict themselves,
 * or under which nobody would ever be served.
 */
import type { AssessmentEntry, Policy } from "./policy.ts";
import { escaped, everyPart, mayBothBeAsked, quoted } from "./policy-parts.ts";
import type { Refusal } from "./refusal.ts";

/** Every such problem, each with its place. */
export const harmProblems = (policy: Policy): Refusal[] => rules.flatMap((rule) => rule(policy));

const rules = [
  someChannelIsTaken,
  nothingLiftsItself,
  noticesCount,
  noticeFitsTheTerm,
  assessmentsReached,
  benefitsOnce,
  changesAreKnown,
  yearsListed,
];

/** Two lists of channels that hold at once leave those that are in both. */
function someChannelIsTaken(policy: Policy): Refusal[] {
  const lists = everyPart(policy, "conditions").flatMap(({ entry, ...placed }) => (entry.condition === "channel" ? [{ entry, ...placed }] : []));
  return lists.flatMap(({ entry, pointer }, index) => {
    const channels = entry.ways.map(({ channel }) => channel);
    const against = lists
      .slice(0, index)
      .find((other) => mayBothBeAsked(other.entry, entry) && !other.entry.ways.some(({ channel }) => channels.includes(channel)));
    if (against === undefined) return [];
    return [
      { pointer, detail: `no channel is taken here and at clause \`${against.clause}\`, and both can hold at once: nothing could ever be asked` },
    ];
  });
}

function nothingLiftsItself(policy: Policy): Refusal[] {
  return everyPart(policy, "conditions").flatMap(({ entry, pointer }) => {
    if (entry.condition !== "circumstance" || entry.unless === undefined || !("circumstance" in entry.unless)) return [];
    const { circumstance } = entry.unless;
    return entry.tags.includes(circumstance) ? [{ pointer: `${pointer}/unless`, detail: `circumstance \`${circumstance}\` lifts itself` }] : [];
  });
}

function noticesCount(policy: Policy): Refusal[] {
  const notices = everyPart(policy, "notices");
  return notices.flatMap(({ entry, pointer }, index) =>
    notices.slice(0, index).some((other) => other.entry.notice === entry.notice)
      ? [{ pointer, detail: `what a notice of kind \`${entry.notice}\` does is stated twice: only the first would count` }]
      : [],
  );
}

/** Days of the shortest term of twelve months. */
const shortestTerm = 365;

/** The last day for notice is the term's last day less the days of notice, and lies in the term. */
function noticeFitsTheTerm(policy: Policy): Refusal[] {
  return everyPart(policy, "formulas").flatMap(({ entry, pointer }) => {
    const found: Refusal[] = [];
    if (entry.formula === "renewal" && entry.forms.length === 0)
      found.push({ pointer: `${pointer}/forms`, detail: "no form of notice is taken: nobody could ever end it" });
    if ("noticeDays" in entry && entry.noticeDays >= shortestTerm) {
      found.push({
        pointer: `${pointer}/noticeDays`,
        detail: `must be less than the \`${shortestTerm}\` days of a term, got \`${entry.noticeDays}\`: the last day for notice would lie before the term`,
      });
    }
    return found;
  });
}

/** What is not the severity itself asks for something. */
const isWithoutDemand = ({ severity: _, ...demands }: AssessmentEntry) =>
  Object.values(demands).every((demand) => demand === undefined || (Array.isArray(demand) && demand.length === 0));

/** The first entry that fits decides, so that nothing is reached after one that always fits, or fits where it cannot. */
function assessmentsReached(policy: Policy): Refusal[] {
  const entries = everyPart(policy, "assessments");
  return entries.flatMap(({ entry, pointer }, index) => {
    const found: Refusal[] = [];
    const after = entries.length - 1 - index;
    if (after > 0 && isWithoutDemand(entry)) {
      const detail = `fits every impact, so that the ${after === 1 ? "entry" : `${after} entries`} after it would never be reached: put it last`;
      found.push({ pointer, detail });
    }
    const { all = [], any = [], denied = [], none = [] } = entry;
    const not = [...denied, ...none];
    const both = all.filter((name) => not.includes(name));
    if (both.length > 0) found.push({ pointer, detail: `${quoted(both)} must be so and not so: no impact could ever fit` });
    if (any.length > 0 && any.every((name) => not.includes(name)))
      found.push({ pointer: `${pointer}/any`, detail: "none of these may be so: no impact could ever fit" });
    return found;
  });
}

/** What the parties agree of a benefit is recorded under its name. */
function benefitsOnce(policy: Policy): Refusal[] {
  const benefits = everyPart(policy, "benefits");
  return benefits.flatMap(({ entry, pointer }, index) =>
    benefits.slice(0, index).some((other) => other.entry.benefit === entry.benefit)
      ? [{ pointer: `${pointer}/benefit`, detail: `benefit \`${entry.benefit}\` is listed twice` }]
      : [],
  );
}

function changesAreKnown(policy: Policy): Refusal[] {
  return everyPart(policy, "contacts").flatMap(({ entry, pointer }) => {
    if (entry.contact !== "changes-how") return [];
    const both = entry.unknown.filter((channel) => entry.channels.includes(channel));
    return both.length === 0 ? [] : [{ pointer: `${pointer}/unknown`, detail: `${quoted(both)} cannot be taken and unknown` }];
  });
}

/** A year without a single holiday among years that have some was forgotten. */
function yearsListed({ calendars }: Policy): Refusal[] {
  return Object.entries(calendars).flatMap(([id, { holidays }]) => {
    if (holidays === null || holidays.dates.length === 0) return [];
    const listed = new Set(holidays.dates.map((date) => Number(date.slice(0, 4))));
    const years = Array.from({ length: holidays.lastYear - holidays.firstYear + 1 }, (_, index) => holidays.firstYear + index);
    const without = years.filter((year) => !listed.has(year));
    if (without.length === 0) return [];
    const detail = `no holiday is listed in ${without.join(", ")}: list them, or leave the ${without.length === 1 ? "year" : "years"} out`;
    return [{ pointer: `/calendars/${escaped(id)}/holidays/dates`, detail }];
  });
}
