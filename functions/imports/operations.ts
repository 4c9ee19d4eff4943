/**
 * Many contract lines at once, from a CSV file: what it would do is shown row by row before anything is written, then
 * it is written, and undone as long as nobody touched it since. The work itself is done by a worker (see `work.ts`).
 */
import * as z from "zod";
import { madeId } from "../http/id-shapes.ts";
import { newId } from "../http/ids.ts";
import { answer, type Call, type Operations, operation, record, replyOf } from "../http/operation.ts";
import { cursorAfter, listOf, pageOf, pageQuery } from "../http/paging.ts";
import { notFound, Problem } from "../http/problem.ts";
import { AlreadyAnswered, Unavailable } from "../store/store.ts";
import { describeImport, describeRow, importAnswer, outcomeSchema, rowAnswer } from "./answers.ts";
import type { ImportIntake } from "./intake.ts";
import { resultsAfter } from "./results.ts";
import type { RowResult } from "./rows.ts";
import { type ImportState, newState, type Status } from "./state.ts";

const tag = "Imports";
const params = z.strictObject({ importId: madeId("imp") });

const create = operation({
  summary: "Begin an import",
  description:
    "`PUT` the CSV file to `uploadUrl`, without further headers; then ask how far the import is until it is `previewed`. The columns are described in docs/import.md. Nothing is written before `commit`.",
  tag,
  body: z.strictObject({ kind: z.literal("contracts") }).meta({ id: "ImportRequest" }),
  idempotency: "accepted",
  answers: { 201: importAnswer },
  async run(call) {
    const id = newId("imp", call.now);
    const state = newState(id, call.caller, call.now);
    const given = answer(201, describeImport(state, await intakeOf(call).uploadUrl(id)), { location: `/v1/imports/${id}` });
    const outcome = await call.store.imports.put(id, state, 0, replyOf(call, given));
    if (typeof outcome === "object") throw new AlreadyAnswered(outcome.replay);
    return given;
  },
});

const get = operation({
  summary: "Tell how far an import is",
  tag,
  params,
  answers: { 200: importAnswer },
  run: async (call) => answer(200, describeImport((await stateOf(call, call.params.importId)).state)),
});

const list = operation({
  summary: "List imports, newest first",
  tag,
  query: pageQuery,
  answers: { 200: listOf(importAnswer) },
  async run({ query, store }) {
    const { states, after } = await store.imports.list(pageOf(query, "imports"));
    return answer(200, { items: states.map((state) => describeImport(state as ImportState)), nextCursor: cursorAfter(after, "imports") });
  },
});

/** One request looks at no more lines than twenty times 10 000; a page may then be short, with a cursor to go on. */
const mostRangesLookedAt = 20;

const rows = operation({
  summary: "List what becomes of the rows of an import",
  description:
    "In the order of the lines. A page may hold fewer items than `limit` although there are more: go on with `nextCursor` until it is null.",
  tag,
  params,
  query: pageQuery.extend({ outcome: outcomeSchema.optional() }),
  answers: { 200: listOf(rowAnswer) },
  async run(call) {
    const { importId } = call.params;
    const { state } = await stateOf(call, importId);
    const { outcome } = call.query;
    const list = JSON.stringify(["import", importId, outcome]);
    const { limit, after } = pageOf(call.query, list);
    const items: RowResult[] = [];
    let line = after === null ? 0 : Number(after);
    for (let looked = 0; looked < mostRangesLookedAt && line < state.lastLine; looked++) {
      const found = await resultsAfter(call.store.imports, importId, line);
      const wanted = found.results.filter((result) => outcome === undefined || result.outcome === outcome);
      const taken = wanted.slice(0, limit - items.length);
      items.push(...taken);
      if (items.length === limit) {
        line = taken.at(-1)?.line ?? line;
        break;
      }
      line = found.lastLine;
    }
    const next = line < state.lastLine ? String(line) : null;
    return answer(200, { items: items.map(describeRow), nextCursor: cursorAfter(next, list) });
  },
});

interface Move {
  summary: string;
  description: string;
  /** What it must be before. */
  from: readonly Status[];
  to: Status;
  /** What it is once that was asked for: asking again changes nothing. */
  asked: readonly Status[];
  code: string;
}

const move = ({ summary, description, from, to, asked, code }: Move) =>
  operation({
    summary,
    description,
    tag,
    params,
    idempotency: "accepted",
    answers: { 202: importAnswer },
    async run(call) {
      const intake = intakeOf(call);
      for (let tries = 1; ; tries++) {
        const { state, revision } = await stateOf(call, call.params.importId);
        const moved = from.includes(state.status);
        if (!moved && !asked.includes(state.status))
          throw new Problem(409, code, `the import is \`${state.status}\`, expected \`${from.join("`, `")}\``);
        const next: ImportState = moved
          ? { ...state, status: to, by: call.caller, updatedAt: call.now, stepsDone: 0, rowsDone: 0, problem: null }
          : state;
        if (moved && (await call.store.imports.put(state.id, next, revision)) === "stale") {
          if (tries === 5) throw new Unavailable("too many write to the same import");
          continue;
        }
        // Also where it was asked before: the message that says so may have been lost.
        if (next.status === to) await intake.enqueue(state.id);
        return record(call, [], answer(202, describeImport(next)));
      }
    },
  });

const commit = move({
  summary: "Write what the preview of an import shows",
  description:
    "Rows that the preview rejected are not written. Each account is written at once or not at all, on the facts as they are then: what has become wrong meanwhile is rejected, and the import is `partly-committed`.",
  from: ["previewed"],
  to: "committing",
  asked: ["committing", "committed", "partly-committed"],
  code: "import-not-previewed",
});

const revert = move({
  summary: "Undo an import",
  description:
    "Account by account, where nothing that the import wrote was touched since. Others stay as they are, their rows say why, and the import is `partly-reverted`.",
  from: ["committed", "partly-committed", "partly-reverted"],
  to: "reverting",
  asked: ["reverting", "reverted"],
  code: "import-not-committed",
});

async function stateOf({ store }: Pick<Call, "store">, importId: string): Promise<{ state: ImportState; revision: number }> {
  const found = await store.imports.get(importId);
  if (found === null) throw notFound("import", "importId", importId);
  return { state: found.state as ImportState, revision: found.revision };
}

function intakeOf({ imports }: Pick<Call, "imports">): ImportIntake {
  if (imports === undefined) throw new Error("no place is set where files of imports are handed in");
  return imports;
}

export const operations: Operations = {
  "POST /v1/imports": create,
  "GET /v1/imports": list,
  "GET /v1/imports/{importId}": get,
  "GET /v1/imports/{importId}/rows": rows,
  "POST /v1/imports/{importId}/commit": commit,
  "POST /v1/imports/{importId}/revert": revert,
};
