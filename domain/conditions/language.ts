/** "Is it in a language in which support is given?" A request that states none is taken to be. */
import * as z from "zod";
import { defineCondition } from "./condition.ts";

export const language = defineCondition(
  "language",
  {
    /** Primary language subtags (RFC 5646), lower case. */
    languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1),
    otherwise: z.enum(["fail", "discretion"]),
  },
  ({ languages, otherwise }, { request }) => {
    if (request.language === undefined) return { result: "pass", finding: "no other language is asked for" };
    const primary = request.language.split("-")[0]?.toLowerCase() ?? "";
    if (languages.includes(primary)) return { result: "pass", finding: `support is given in \`${request.language}\`` };
    return {
      result: otherwise,
      finding: `support is given in \`${languages.join("`, `")}\`, the request is in \`${request.language}\``,
      facts: [{ path: "request/language", value: request.language }],
    };
  },
);
