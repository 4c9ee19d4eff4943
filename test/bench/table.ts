/** The table that is printed and kept: what was compared, the ratio, the goal, and whether it was reached. */
export interface Row {
  what: string;
  measured: string;
  goal: string;
  /** Null where there is no goal. */
  met: boolean | null;
}

export const atMost = (what: string, ratio: number, goal: number): Row => ({ what, measured: times(ratio), goal: `≤ ${goal} ×`, met: ratio <= goal });
export const atLeast = (what: string, ratio: number, goal: number): Row => ({
  what,
  measured: times(ratio),
  goal: `≥ ${goal} ×`,
  met: ratio >= goal,
});
export const informs = (what: string, measured: string): Row => ({ what, measured, goal: "", met: null });

/** Three figures that count. */
export function times(ratio: number): string {
  if (ratio >= 1000) return `${Number(ratio.toPrecision(3)).toLocaleString("en-US")} ×`;
  return `${ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)} ×`;
}

export function micros(value: number): string {
  return value >= 10 ? `${value.toFixed(0)} µs` : `${Number(value.toPrecision(2))} µs`;
}

/** A Markdown table with columns as wide as what stands in them. */
export function markdown(rows: readonly Row[]): string {
  const cells = rows.map(({ what, measured, goal, met }) => [what, measured, goal, met === null ? "" : met ? "yes" : "**no**"]);
  const all = [["compared", "measured", "goal", "met"], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => (row[column] as string).length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] as number)).join(" | ")} |`;
  const [header, ...body] = all.map(line);
  return [header, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body].join("\n");
}
