/** The small words that a policy is put in words with: lists, durations, "under reading". */

/** "a, b or c" */
export const or = (words: readonly string[]) => joined(words, "or");
/** "a, b and c" */
export const and = (words: readonly string[]) => joined(words, "and");

function joined(words: readonly string[], last: "or" | "and"): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** "technical-contact" → "technical contact", "agreedInWritingOn" → "agreed in writing on" */
export const spoken = (name: string) => name.replaceAll("-", " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** "an administrative contact", "a regular contact or none" */
export const withArticle = (name: string) => `${/^[aeiou]/.test(name) ? "an" : "a"} ${spoken(name)}`;

const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;
export const days = (count: number) => counted(count, "day");
export const months = (count: number) => counted(count, "month");
export const hours = (count: number) => counted(count, "hour");
export const minutes = (count: number) => (count % 60 === 0 ? hours(count / 60) : counted(count, "minute"));

/** 2500 → "25 %" */
export const percent = (basisPoints: number) => `${basisPoints / 100} %`;

export const readingWords = ({ reading }: { reading: string }) => `see reading \`${reading}\``;

/** How a method is told: the one that is fixed, or the reading that chooses it. */
export const methodWords = (fixed: string | { reading: string }, says: Readonly<Record<string, string>>) =>
  typeof fixed === "string" ? (says[fixed] ?? fixed) : readingWords(fixed);
