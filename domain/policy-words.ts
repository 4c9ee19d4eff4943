/** The small words that policies and conditions share: clause ids, tags, cures, and "only under this reading". */
import * as z from "zod";
import { tag } from "./shapes.ts";

export const clauseId = z
  .string()
  .regex(/^[A-Za-z0-9.()\-:]{1,64}$/, "must be a clause id without spaces, such as 7.1(i)")
  .meta({ id: "ClauseId", example: "7.1(i)" });

export { tag };

export const when = z.strictObject({ reading: tag, is: tag }).describe("The part holds only where this option of a reading is chosen.");

export const cure = z
  .strictObject({ says: z.string().min(1).max(500), clause: clauseId.optional() })
  .describe("What would mend a condition that does not hold, and the clause that offers it; absent: the condition's own.");

export const licenseKind = z.enum(["perpetual", "subscription", "trial", "beta", "freeware"]);

/** What every condition may carry. */
export const inEveryCondition = {
  when: when.optional(),
  programs: z.array(tag).min(1).optional().describe("Asked only under contracts of these programs; absent: of all."),
  cure: cure.optional(),
  except: z.array(licenseKind).optional().describe("Kinds of license of which it is not asked."),
  exceptServices: z.array(tag).optional().describe("Services that stand apart: a request of kind `service` for one of them is not asked it."),
};

export type When = z.infer<typeof when>;
export type CureText = z.infer<typeof cure>;
