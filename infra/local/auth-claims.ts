/**
 * How API Gateway hands a token's claims to a function: everything as text, lists as `[a b]`, objects as `map[a:b]`
 * (payload format 2.0 with a JWT authorizer; the gateway prints values as Go does).
 */
export function claimsAsText(payload: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)]));
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(" ")}]`;
  if (typeof value === "object" && value !== null)
    return `map[${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${name}:${asText(member)}`)
      .join(" ")}]`;
  return String(value);
}
