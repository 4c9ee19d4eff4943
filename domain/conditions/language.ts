/** "Is it in a language in which support is given?" A request that states none is taken to be. */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const language: Judge<ParametersOf<"language">> = ({ languages, otherwise }, { request }) => {
  if (request.language === undefined) return { result: "pass", finding: "no other language is asked for" };
  const [primary = ""] = request.language.toLowerCase().split("-");
  // One language has one tag, the shortest (RFC 5646, 4.5): `eng` is `en`.
  if (languages.includes(primary) || languages.includes(Intl.getCanonicalLocales(primary)[0] ?? ""))
    return { result: "pass", finding: `support is given in \`${request.language}\`` };
  return {
    result: otherwise,
    finding: `support is given in \`${languages.join("`, `")}\`, the request is in \`${request.language}\``,
    facts: [{ path: "request/language", value: request.language }],
  };
};
