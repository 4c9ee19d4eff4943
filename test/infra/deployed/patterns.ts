/** Event patterns as Lambda's filters read them; only the comparisons that the template uses. */
export type Pattern = { [name: string]: Pattern | Comparison[] };
type Comparison = string | { prefix: string } | { exists: boolean };

export function matches(value: unknown, pattern: Pattern): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const found = (value as Record<string, unknown> | undefined)?.[name];
    return Array.isArray(wanted) ? wanted.some((one) => holds(found, one)) : matches(found, wanted);
  });
}

function holds(found: unknown, wanted: Comparison): boolean {
  if (typeof wanted === "string") return found === wanted;
  if ("prefix" in wanted) return typeof found === "string" && found.startsWith(wanted.prefix);
  if ("exists" in wanted) return (found !== undefined) === wanted.exists;
  throw new Error(`the comparison \`${JSON.stringify(wanted)}\` is not known here`);
}
