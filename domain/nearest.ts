/** "Did you mean …?" The id on record that is a letter or two away from the one that is not. */

/** More ids than that are not looked through for the sake of a hint. */
const mostLookedAt = 20_000;

/** The nearest of the ids by letters put in, left out or changed: at most two, and fewer than half of them; null where none is. */
export function nearest(id: string, ids: readonly string[]): string | null {
  if (ids.length > mostLookedAt) return null;
  let found: string | null = null;
  let fewest = Math.min(3, Math.ceil(id.length / 2));
  for (const one of ids) {
    if (Math.abs(one.length - id.length) >= fewest) continue;
    const distance = changes(id, one);
    if (distance < fewest) [found, fewest] = [one, distance];
  }
  return found;
}

/** Levenshtein's distance. */
function changes(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    above = row;
  }
  return above[b.length] as number;
}
