/** One thing that was looked at: whether it is as it should be, and what to do where it is not. */
export interface Finding {
  what: string;
  /** `unknown`: it could not be looked at. */
  is: "well" | "missing" | "unknown";
  /** What was found. */
  found: string;
  /** What to do; null where all is well. */
  todo: string | null;
}

export const well = (what: string, found: string): Finding => ({ what, is: "well", found, todo: null });
export const missing = (what: string, found: string, todo: string): Finding => ({ what, is: "missing", found, todo });
export const unknown = (what: string, found: string, todo: string): Finding => ({ what, is: "unknown", found, todo });

const signs = { well: "ok     ", missing: "missing", unknown: "unknown" } as const;

export function lineOf({ what, is, found, todo }: Finding): string {
  return `${signs[is]}  ${what}: ${found}${todo === null ? "" : `\n         → ${todo}`}`;
}
