/** What a contract agreed that a version of its policy does not have: a program, a reading or an option of one. A later version may drop what an earlier one had. */
import type { CompiledPolicy } from "./compiled-policy.ts";
import type { Contract } from "./facts.ts";
import type { Refusal } from "./refusal.ts";

export interface NotOfVersion extends Refusal {
  agreed: string;
}

/** Each with its place in the contract; none where the version has it all. */
export function notOfVersion({ policy, readings }: CompiledPolicy, { program, settings }: Pick<Contract, "program" | "settings">): NotOfVersion[] {
  const { id, programs } = policy;
  const found: NotOfVersion[] = [];
  if (programs.length > 0 && !programs.includes(program))
    found.push({
      pointer: "/program",
      agreed: program,
      detail: `policy \`${id}\` has no program \`${program}\`; it has \`${programs.join("`, `")}\``,
    });
  for (const [name, option] of Object.entries(settings?.readings ?? {})) {
    const reading = readings.get(name);
    const at = { pointer: `/settings/readings/${name}`, agreed: option };
    if (reading === undefined) found.push({ ...at, detail: `policy \`${id}\` has no reading \`${name}\`` });
    else if (!reading.options.some((one) => one.id === option))
      found.push({
        ...at,
        detail: `reading \`${name}\` has no option \`${option}\`; it has \`${reading.options.map((one) => one.id).join("`, `")}\``,
      });
  }
  return found;
}
