/** How much processor time the embedded store's own process has taken: it works beside ours, and may be the one that bounds us. */
import { readdirSync, readFileSync } from "node:fs";

/** proc(5): times are counted in hundredths of a second. */
const millisecondsPerTick = 10;

/** User and system together; null where the system does not tell, as on anything but Linux. */
export function storeMilliseconds(endpoint: string): number | null {
  const { port } = new URL(endpoint);
  for (const pid of processes()) {
    const args = read(`/proc/${pid}/cmdline`).split("\0");
    // Not the keeper, which has the same arguments behind its own.
    if (args[1] !== "serve" || !args.includes(port)) continue;
    // Fields 14 and 15 of proc(5) `stat`; the name before them, in parentheses, may hold blanks.
    const fields = read(`/proc/${pid}/stat`)
      .replace(/^.*\) /s, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
  }
  return null;
}

function processes(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Empty for a process that ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
