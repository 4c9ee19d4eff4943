/**
 * Where every log ended when it was last found whole, in a file that is kept elsewhere: a log and its manifest that are
 * set back together look whole in themselves, and only somebody who remembers can tell.
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import * as z from "zod";
import type { LogHead, LogOwner } from "../../functions/store/store.ts";
import { Wrong } from "../policy/wrong.ts";

const shape = z.strictObject({
  format: z.literal(1),
  logs: z.record(z.string(), z.strictObject({ version: z.int().min(0), hash: z.string().regex(/^(?:[0-9a-f]{64})?$/) })),
});

/** By `nameOf` a log. */
export type Anchor = Map<string, LogHead>;

/** An account may be called `catalog`; a name with a slash is none of an account's. */
export function nameOf(owner: LogOwner): string {
  return owner === "catalog" ? owner : `accounts/${owner.accountId}`;
}

/** Empty where there is no file yet. @throws Wrong for a file that is no anchor */
export function readAnchor(path: string): Anchor {
  const parsed = shape.safeParse(contentOf(path));
  if (!parsed.success)
    throw new Wrong(`\`${path}\` is no anchor that this release wrote: ${parsed.error.issues[0]?.message ?? "it has another shape"}`);
  return new Map(Object.entries(parsed.data.logs));
}

function contentOf(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { format: 1, logs: {} };
    throw new Wrong(`cannot read the anchor \`${path}\`: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Wrong(`\`${path}\` is no anchor: it is no JSON`);
  }
}

/** Written beside it first: a crash leaves the old one whole. @throws Wrong */
export function writeAnchor(path: string, anchor: Anchor): void {
  const logs = Object.fromEntries([...anchor].sort(([a], [b]) => (a < b ? -1 : 1)));
  try {
    writeFileSync(`${path}.new`, `${JSON.stringify({ format: 1, logs }, null, 1)}\n`);
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw new Wrong(`cannot write the anchor \`${path}\`: ${(error as Error).message}`);
  }
}
