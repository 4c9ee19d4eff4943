/** What was run, in one place: added up over worlds and over the processes that lived them. */
import type { Figures } from "./checks/index.ts";
import type { Tally } from "./world.ts";

export interface Summary {
  worlds: number;
  contractDays: number;
  processorSeconds: number;
  sweeps: number;
  figures: Partial<Figures>;
  commands: Record<string, number>;
  statuses: Record<string, number>;
  faults: Record<string, number>;
}

export const emptySummary = (): Summary => ({
  worlds: 0,
  contractDays: 0,
  processorSeconds: 0,
  sweeps: 0,
  figures: {},
  commands: {},
  statuses: {},
  faults: {},
});

export function summaryOf(contractDays: number, processorSeconds: number, { commands, statuses, faults, sweeps }: Tally, figures: Figures): Summary {
  const object = (counts: Map<string, number>) => Object.fromEntries(counts);
  return {
    worlds: 1,
    contractDays,
    processorSeconds,
    sweeps,
    figures,
    commands: object(commands),
    statuses: object(statuses),
    faults: object(faults),
  };
}

export function added(a: Summary, b: Summary): Summary {
  const both = <T extends Record<string, number | undefined>>(one: T, other: T): T =>
    Object.fromEntries([...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)])) as T;
  return {
    worlds: a.worlds + b.worlds,
    contractDays: a.contractDays + b.contractDays,
    processorSeconds: a.processorSeconds + b.processorSeconds,
    sweeps: a.sweeps + b.sweeps,
    figures: both(a.figures, b.figures),
    commands: both(a.commands, b.commands),
    statuses: both(a.statuses, b.statuses),
    faults: both(a.faults, b.faults),
  };
}

export const totalOf = (counts: Record<string, number>) => Object.values(counts).reduce((sum, one) => sum + one, 0);

/** As text, a line a figure. */
export function told(summary: Summary): string {
  const number = (value: number) => Math.round(value).toLocaleString("en-US");
  const line = (name: string, value: number, detail = "") => `  ${number(value).padStart(12)}  ${name}${detail === "" ? "" : `: ${detail}`}`;
  const listed = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, value]) => `${name} ${number(value)}`)
      .join(", ");
  return [
    line("worlds", summary.worlds),
    line("contract-days", summary.contractDays),
    line("commands", totalOf(summary.commands), listed(summary.commands)),
    line("answers", totalOf(summary.statuses), listed(summary.statuses)),
    line("sweeps", summary.sweeps),
    line("faults", totalOf(summary.faults), listed(summary.faults)),
    ...Object.entries(summary.figures).map(([name, value]) => line(name, value)),
    line("seconds of processor time", summary.processorSeconds),
  ].join("\n");
}
