/** The shape of every answer that is a problem, for the API page. */
import * as z from "zod";
import { mostErrorsListed, type ProblemDocument } from "./problem.ts";

export const problemDocument = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: "Stable and kebab-case: programs may branch on it.", example: "invalid-request" }),
    detail: z.string().meta({ description: "What is wrong and how to mend it." }),
    errors: z.array(
      z.strictObject({
        in: z.enum(["body", "query", "path", "header"]),
        pointer: z.string().meta({ description: "JSON pointer (RFC 6901) into what `in` names.", example: "/lines/0/annualFee/amount" }),
        detail: z.string(),
      }),
    ),
    errorCount: z.int().meta({ description: `How many fields are wrong; the first ${mostErrorsListed} are listed.` }),
    requestId: z.string().nullable(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details." }) satisfies z.ZodType<ProblemDocument>;
