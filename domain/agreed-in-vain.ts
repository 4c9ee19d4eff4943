/** What a contract's settings agree that no answer would ever look at: told when it is written, since nobody would notice it later. */
import type { CompiledPolicy } from "./compiled-policy.ts";
import type { Contract } from "./facts.ts";
import type { Refusal } from "./refusal.ts";

type Settings = NonNullable<Contract["settings"]>;

const has = (what: string, ids: readonly string[]) => (ids.length === 0 ? `it has no ${what}` : `it has \`${ids.join("`, `")}\``);
const ownVersion = "what is agreed instead of the text is a version of the policy of its own";

/** Targets, benefits and hours that the policy leaves to nobody, or not under this program; each with its place in the contract. */
export function agreedInVain(policy: CompiledPolicy, { program, settings }: Pick<Contract, "program" | "settings">): Refusal[] {
  const { targets = [], benefits = {}, calendars = {} } = settings ?? {};
  return [
    ...targets.flatMap((target, index) => vainTarget(policy, program, target, index, targets)),
    ...Object.keys(benefits).flatMap((benefit) => vainBenefit(policy, benefit)),
    ...Object.keys(calendars).flatMap((calendar) => vainCalendar(policy, program, calendar)),
  ];
}

type Target = NonNullable<Settings["targets"]>[number];

function vainTarget({ policy, deadlines }: CompiledPolicy, program: string, target: Target, index: number, targets: readonly Target[]): Refusal[] {
  const { deadline, severity, clock } = target;
  const pointer = `/settings/targets/${index}`;
  const severities = policy.severities.map(({ id }) => id);
  if (severity !== undefined && !severities.includes(severity))
    return [{ pointer: `${pointer}/severity`, detail: `policy \`${policy.id}\` has no severity \`${severity}\`; ${has("severities", severities)}` }];
  const calendars = Object.keys(policy.calendars);
  if (clock !== "elapsed" && !calendars.includes(clock.calendar))
    return [
      {
        pointer: `${pointer}/clock/calendar`,
        detail: `policy \`${policy.id}\` has no calendar \`${clock.calendar}\`; ${has("calendars", calendars)}`,
      },
    ];
  const of = severity === undefined ? deadline : `${deadline} of ${severity}`;
  if (targets.findIndex((one) => one.deadline === deadline && one.severity === severity) !== index)
    return [{ pointer, detail: `a target for the ${of} is named twice` }];
  const its = deadlines.filter(
    ({ entry }) =>
      entry.deadline === deadline &&
      (entry.program === undefined || entry.program === program) &&
      (severity === undefined || entry.severity === undefined || entry.severity === severity),
  );
  if (its.some(({ entry }) => entry.missing !== undefined)) return [];
  const [stated] = its;
  return [
    {
      pointer,
      detail:
        stated === undefined
          ? `policy \`${policy.id}\` promises no ${of}, and leaves none to an agreement; ${ownVersion}`
          : `clause ${stated.clause} of policy \`${policy.id}\` states the ${of}, and leaves it to no agreement; ${ownVersion}`,
    },
  ];
}

function vainBenefit({ policy }: CompiledPolicy, benefit: string): Refusal[] {
  const listed = policy.clauses.flatMap(({ id, benefits }) => (benefits ?? []).map((entry) => ({ clause: id, entry })));
  const pointer = `/settings/benefits/${benefit}`;
  const its = listed.filter(({ entry }) => entry.benefit === benefit);
  const [stated] = its;
  if (stated === undefined) {
    const ids = [...new Set(listed.map(({ entry }) => entry.benefit))];
    return [{ pointer, detail: `policy \`${policy.id}\` has no benefit \`${benefit}\`; ${has("benefits", ids)}` }];
  }
  if (its.some(({ entry }) => entry.missing !== undefined)) return [];
  return [
    {
      pointer,
      detail: `clause ${stated.clause} of policy \`${policy.id}\` says who has \`${benefit}\`, and leaves it to no agreement; ${ownVersion}`,
    },
  ];
}

/** Hours that only deadlines of other programs count in. A calendar that the policy does not have is told elsewhere. */
function vainCalendar({ policy, deadlines, formulas, closures, contacts }: CompiledPolicy, program: string, calendar: string): Refusal[] {
  const counting = deadlines.filter(
    ({ entry }) => (entry.clock !== "elapsed" && entry.clock.calendar === calendar) || entry.endOfLife?.calendar === calendar,
  );
  const elsewhere = [...formulas, ...closures, ...contacts].some(({ entry }) => "calendar" in entry && entry.calendar === calendar);
  if (elsewhere || counting.length === 0 || counting.some(({ entry }) => entry.program === undefined || entry.program === program)) return [];
  const programs = [...new Set(counting.map(({ entry }) => entry.program))];
  const detail = `calendar \`${calendar}\` of policy \`${policy.id}\` counts for program \`${programs.join("`, `")}\`, got \`${program}\``;
  return [{ pointer: `/settings/calendars/${calendar}`, detail }];
}
