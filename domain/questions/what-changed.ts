/** "What would we say today, and why is it not what we said?" Two answers to one question, compared in words. */

/** One thing that an answer says. Those with the same `about` are held against each other. */
export interface Statement {
  /** Such as `outcome`, or `reason 2.1 payments-current`. */
  about: string;
  says: string;
}

export interface AnswerChange {
  about: string;
  says: string;
}

/** What the second answer says that the first did not, and the other way round; empty where they say the same. */
export function compareStatements(before: readonly Statement[], after: readonly Statement[]): AnswerChange[] {
  const then = byAbout(before);
  const now = byAbout(after);
  return [...new Set([...now.keys(), ...then.keys()])].flatMap((about) => {
    const [gone, come] = onlyIn(then.get(about) ?? [], now.get(about) ?? []);
    return Array.from({ length: Math.max(gone.length, come.length) }, (_, n) => ({ about, says: inWords(gone[n], come[n]) }));
  });
}

function inWords(gone: string | undefined, come: string | undefined): string {
  if (gone === undefined) return `new: ${come}`;
  return come === undefined ? `no longer: ${gone}` : `was: ${gone}; now: ${come}`;
}

function byAbout(statements: readonly Statement[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { about, says } of statements) found.set(about, [...(found.get(about) ?? []), says]);
  return found;
}

/** What is in one list and not in the other, each as often as it is there more often. */
function onlyIn(a: readonly string[], b: readonly string[]): [string[], string[]] {
  const left = [...b];
  const gone = a.filter((one) => {
    const place = left.indexOf(one);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
  return [gone, left];
}
