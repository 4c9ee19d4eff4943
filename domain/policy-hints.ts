/**
 * What a sound policy may well want and a hasty one did not mean: told to the person who wrote it, never refused.
 */
import { nearest } from "./nearest.ts";
import type { Policy } from "./policy.ts";
import { escaped, everyPart, mayBothBeAsked, quoted } from "./policy-parts.ts";
import type { Refusal } from "./refusal.ts";

/** Every hint, each with its place. */
export const hints = (policy: Policy): Refusal[] => rules.flatMap((rule) => rule(policy));

const rules = [namesUsed, calendarsMeant, everySeverityAnswered, servicesAsked, circumstancesOnce, contactsAgree, environmentsSpelled, capMeant];

/** Names that are listed and that nothing refers to. */
function namesUsed(policy: Policy): Refusal[] {
  const used = { reading: new Set<string>(), calendar: new Set<string>() };
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if ((key === "reading" || key === "calendar") && typeof member === "string") used[key].add(member);
      else if (key === "calendars") for (const name of Object.values(member as object)) used.calendar.add(String(name));
      else visit(member);
    }
  };
  visit([policy.clauses, Object.values(policy.calendars), policy.regions]);
  return [
    ...policy.readings.flatMap(({ id }, index) =>
      used.reading.has(id)
        ? []
        : [{ pointer: `/readings/${index}`, detail: `no part refers to reading \`${id}\`: choosing an option changes nothing` }],
    ),
    ...Object.keys(policy.calendars).flatMap((id) =>
      used.calendar.has(id) ? [] : [{ pointer: `/calendars/${escaped(id)}`, detail: `nothing is counted by calendar \`${id}\`` }],
    ),
  ];
}

function calendarsMeant({ calendars, zone }: Policy): Refusal[] {
  return Object.entries(calendars).flatMap(([id, calendar]) => {
    const at = `/calendars/${escaped(id)}`;
    const found: Refusal[] = [];
    if (calendar.zone !== null && zone !== null && zone !== "premises" && calendar.zone !== zone)
      found.push({ pointer: `${at}/zone`, detail: `its hours are those of \`${calendar.zone}\`, and the policy's days begin in \`${zone}\`` });
    const { dates = [] } = calendar.holidays ?? {};
    dates.forEach((date, index) => {
      if (dates.indexOf(date) < index) found.push({ pointer: `${at}/holidays/dates/${index}`, detail: `${date} is listed twice` });
    });
    return found;
  });
}

/** Where first responses are promised for some, the others are entitled and nobody says by when they hear. */
function everySeverityAnswered(policy: Policy): Refusal[] {
  const promised = everyPart(policy, "deadlines").filter(({ entry }) => entry.deadline === "first-response");
  const [first] = promised;
  if (first === undefined) return [];
  const programs = policy.programs.length === 0 ? [undefined] : policy.programs;
  const without = policy.severities.flatMap(({ id }) =>
    programs
      .filter(
        (program) =>
          !promised.some(
            ({ entry }) => (entry.severity ?? id) === id && (entry.program === undefined || program === undefined || entry.program === program),
          ),
      )
      .map((program) => (program === undefined ? `\`${id}\`` : `\`${id}\` under \`${program}\``)),
  );
  if (without.length === 0) return [];
  const detail = `no first response is promised for ${without.join(", ")}: where the text promises none, say so by a deadline of commitment \`none\``;
  return [{ pointer: first.pointer, detail }];
}

/** A service that no clause names passes like any other request, unless a clause speaks of requests of kind `service`. */
function servicesAsked(policy: Policy): Refusal[] {
  const asked = everyPart(policy, "conditions").some(({ entry }) => entry.condition === "request-kind" && entry.kinds.includes("service"));
  if (asked) return [];
  return [
    {
      pointer: "/clauses",
      detail: "no clause speaks of requests of kind `service`: one for any service passes, whatever it is; `request-kind` says what becomes of them",
    },
  ];
}

function circumstancesOnce(policy: Policy): Refusal[] {
  const all = everyPart(policy, "conditions").flatMap(({ entry, ...placed }) => (entry.condition === "circumstance" ? [{ entry, ...placed }] : []));
  return all.flatMap(({ entry, pointer }, index) => {
    const before = all.slice(0, index).filter((other) => mayBothBeAsked(other.entry, entry));
    return entry.tags.flatMap((tag, at) => {
      const other = before.find(({ entry: { tags } }) => tags.includes(tag));
      return other === undefined
        ? []
        : [{ pointer: `${pointer}/tags/${at}`, detail: `\`${tag}\` is also a circumstance of clause \`${other.clause}\`` }];
    });
  });
}

/** How many may be recorded, and how many of these count. */
function contactsAgree(policy: Policy): Refusal[] {
  const recorded = everyPart(policy, "contacts").flatMap(({ entry, clause }) => (entry.contact === "most" ? [{ entry, clause }] : []));
  return everyPart(policy, "conditions").flatMap(({ entry, pointer }) => {
    if (entry.condition !== "contact-role" || entry.most === undefined) return [];
    const { most, roles } = entry;
    const other = recorded.find(
      ({ entry: one }) => typeof one.most === "number" && one.most !== most && one.roles.some((role) => roles.includes(role)),
    );
    if (other === undefined) return [];
    return [
      { pointer: `${pointer}/most`, detail: `at most ${most} count, and at most ${other.entry.most} may be recorded (clause \`${other.clause}\`)` },
    ];
  });
}

/** Environments that requests and products usually name. */
const environments = ["production", "non-production", "staging", "test", "development", "training"];

function environmentsSpelled(policy: Policy): Refusal[] {
  return everyPart(policy, "assessments").flatMap(({ entry: { environment }, pointer }) => {
    if (environment === undefined || environments.includes(environment.toLowerCase())) return [];
    const meant = nearest(environment.toLowerCase(), environments);
    return meant === null ? [] : [{ pointer: `${pointer}/environment`, detail: `is \`${environment}\` meant to be \`${meant}\`?` }];
  });
}

function capMeant(policy: Policy): Refusal[] {
  return everyPart(policy, "formulas").flatMap(({ entry, pointer }) =>
    entry.formula === "price-cap" && entry.mostBasisPoints > 10_000
      ? [{ pointer: `${pointer}/mostBasisPoints`, detail: `${quoted([`${entry.mostBasisPoints / 100} %`])}: a fee may more than double` }]
      : [],
  );
}
