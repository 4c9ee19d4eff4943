/** An import, and what became of one of its rows, as a caller reads it. */
import * as z from "zod";
import { instant } from "../../domain/facts.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { madeId } from "../http/id-shapes.ts";
import { columnNames } from "./columns.ts";
import { outcomes, type RowResult } from "./rows.ts";
import { countsIn, type ImportState, statuses } from "./state.ts";

export const outcomeSchema = z.enum(outcomes).meta({
  id: "ImportOutcome",
  description:
    "What writing the row does, or did: `created` (a new contract line), `updated`, `unchanged`, `rejected`; and once it was undone, `reverted` or `not-reverted`.",
});

const rows = z.int().min(0);

export const importAnswer = z
  .strictObject({
    id: madeId("imp"),
    kind: z.literal("contracts"),
    status: z.enum(statuses),
    createdAt: instant,
    updatedAt: instant,
    uploadUrl: z.string().nullable().meta({ description: "Takes the file by `PUT`, for a while; only in the answer that created the import." }),
    fileBytes: z.int().nullable(),
    progress: z
      .strictObject({ rowsRead: rows, rowsTotal: rows.nullable(), rowsDone: rows })
      .meta({ description: "`rowsDone` counts in the phase that is under way; `rowsTotal` is null until the file was read." }),
    counts: z
      .strictObject({ created: rows, updated: rows, unchanged: rows, rejected: rows, reverted: rows, notReverted: rows })
      .meta({ description: "How many rows have each outcome, as far as it is known." }),
    problem: z
      .strictObject({ code: z.string(), detail: z.string() })
      .nullable()
      .meta({ description: "Why no row could be read, or writing stopped." }),
  })
  .meta({ id: "Import", description: "A run of a bulk import." });

export const rowAnswer = z
  .strictObject({
    line: z.int().min(1).meta({ description: "The line of the file that the row begins on; the header is line 1." }),
    outcome: outcomeSchema,
    accountId: z.string().nullable(),
    contractId: z.string().nullable(),
    licenseId: z.string().nullable(),
    reasons: z.array(z.strictObject({ column: z.enum(columnNames).nullable(), detail: z.string() })),
    changes: z.array(z.strictObject({ column: z.enum(columnNames), from: z.string().nullable(), to: z.string().nullable() })).meta({
      description:
        "What was recorded and what the row writes instead, column by column; null: nothing. Long texts are cut, from where they begin to differ. Empty where nothing that was recorded changes.",
    }),
  })
  .meta({ id: "ImportRow", description: "What became of a row, and why." });

export function describeRow(result: RowResult): z.infer<typeof rowAnswer> {
  return { ...result, changes: result.changes ?? [] };
}

export function describeImport(state: ImportState, uploadUrl: string | null = null): z.infer<typeof importAnswer> {
  const { id, kind, status, createdAt, updatedAt, file, rowsRead, rowsTotal, rowsDone, problem } = state;
  const { "not-reverted": notReverted, ...counts } = countsIn(state);
  return {
    id,
    kind,
    status,
    createdAt: formatInstant(createdAt),
    updatedAt: formatInstant(updatedAt),
    uploadUrl,
    fileBytes: file?.bytes ?? null,
    progress: { rowsRead, rowsTotal, rowsDone },
    counts: { ...counts, notReverted },
    problem,
  };
}
