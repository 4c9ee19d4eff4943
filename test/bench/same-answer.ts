/**
 * Whether two answers are the same before their speed is compared: results, clauses, facts, prices, deadlines, readings
 * to the letter. A sentence may be worded otherwise, so that new words do not break a benchmark; how many are is counted.
 */
const sentences: ReadonlySet<string> = new Set(["finding", "headline", "says", "what", "note", "because"]);

/** @returns how many sentences are worded otherwise @throws Error with the first place in which the answers differ */
export function assertSame(expected: unknown, got: unknown, at = "answer"): number {
  if (typeof expected !== "object" || expected === null || typeof got !== "object" || got === null) {
    if (Object.is(expected, got)) return 0;
    if (sentences.has(at.split(".").at(-1) ?? "") && typeof expected === "string" && typeof got === "string") return 1;
    throw new Error(`the two do not answer the same at ${at}: \`${JSON.stringify(expected)}\` and \`${JSON.stringify(got)}\``);
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
  let otherwise = 0;
  for (const key of keys) otherwise += assertSame((expected as Record<string, unknown>)[key], (got as Record<string, unknown>)[key], `${at}.${key}`);
  return otherwise;
}
