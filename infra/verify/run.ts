/** `npm run verify [-- --anchor FILE] [--answers]`: what it is asked, and what it says at the end. */
import { parseArgs } from "node:util";
import type { Store } from "../../functions/store/store.ts";
import { Wrong } from "../policy/wrong.ts";
import { readAnchor, writeAnchor } from "./anchor.ts";
import { type Verified, verify } from "./verify.ts";

export interface Asked {
  anchorPath: string | null;
  withAnswers: boolean;
}

/** @param args as typed after `npm run verify --` @throws Wrong */
export function askedBy(args: string[]): Asked {
  try {
    const { values } = parseArgs({ args, options: { anchor: { type: "string" }, answers: { type: "boolean" } } });
    if (values.anchor === "") throw new Error("`--anchor` names no file");
    return { anchorPath: values.anchor ?? null, withAnswers: values.answers ?? false };
  } catch (error) {
    throw new Wrong(`${(error as Error).message}; usage: npm run verify -- [--anchor FILE] [--answers]`);
  }
}

/** @returns whether all is well. The anchor moves on only then. @throws Wrong */
export async function run(store: Store, { anchorPath, withAnswers }: Asked, say: (line: string) => void): Promise<boolean> {
  const earlier = anchorPath === null ? new Map() : readAnchor(anchorPath);
  const verified = await verify(store, earlier, withAnswers, say);
  say(summaryOf(verified));
  if (verified.problems > 0) {
    if (anchorPath !== null) say(`the anchor \`${anchorPath}\` stays as it was`);
    return false;
  }
  if (anchorPath !== null) {
    writeAnchor(anchorPath, verified.anchor);
    say(
      `${earlier.size === 0 ? "a new anchor is" : "the anchor has moved on"} in \`${anchorPath}\`: keep it where who can write to the store cannot`,
    );
  }
  return true;
}

function summaryOf({ logs, entries, answers, ofOtherReleases, problems }: Verified): string {
  const again =
    answers === null ? "" : `; ${answers} answers made again${ofOtherReleases === 0 ? "" : `, ${ofOtherReleases} of other releases differ`}`;
  const result = problems === 0 ? "all whole" : `${problems} ${problems === 1 ? "problem" : "problems"}`;
  return `${logs} ${logs === 1 ? "log" : "logs"}, ${entries} entries${again}: ${result}`;
}
