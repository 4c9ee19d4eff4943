/** What `npm run simulate` is asked for. */
import { parseArgs } from "node:util";

export interface Options {
  seed: number;
  /** Days that each world lives. */
  days: number;
  /** Accounts of all worlds together. */
  accounts: number;
  accountsPerWorld: number;
  faults: boolean;
  /** Processes side by side. */
  processes: number;
  /** Lives the ten years of the demo portfolio instead. */
  demo: boolean;
  /** A history that a failure left, to be lived again. */
  replay: string | null;
  /** Every n-th world, from this one on; set by the process that starts others. */
  part: [first: number, step: number] | null;
}

export const usage = `npm run simulate -- [--seed 1] [--days 1500] [--accounts 540] [--faults on|off] [--processes 2] [--demo] [--replay FILE]`;

/** @throws Error with what is wrong */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string", default: "1" },
      days: { type: "string", default: "1500" },
      accounts: { type: "string", default: "540" },
      "per-world": { type: "string", default: "12" },
      faults: { type: "string", default: "on" },
      processes: { type: "string", default: "2" },
      demo: { type: "boolean", default: false },
      replay: { type: "string" },
      part: { type: "string" },
    },
  });
  const whole = (name: string, text: string, least: number): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least) throw new Error(`\`--${name}\` must be a whole number from ${least} on: got \`${text}\``);
    return value;
  };
  if (values.faults !== "on" && values.faults !== "off") throw new Error(`\`--faults\` must be \`on\` or \`off\`: got \`${values.faults}\``);
  const [first, step] = (values.part ?? "").split("/").map(Number);
  return {
    seed: whole("seed", values.seed, 0),
    days: whole("days", values.days, 1),
    accounts: whole("accounts", values.accounts, 1),
    accountsPerWorld: whole("per-world", values["per-world"], 1),
    faults: values.faults === "on",
    processes: whole("processes", values.processes, 1),
    demo: values.demo,
    replay: values.replay ?? null,
    part: first === undefined || step === undefined ? null : [first, step],
  };
}
