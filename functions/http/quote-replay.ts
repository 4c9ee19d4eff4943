/** Makes a stored quote again: from the facts that it stood on, and from those of today. */
import * as z from "zod";
import { statementsOfQuote } from "../../domain/questions/what-changed-statements.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { StoredRecord } from "../store/store.ts";
import { type Answer, answer, type Call } from "./operation.ts";
import { type AskedQuote, type Quote, quote, quoteOn } from "./quote.ts";
import { answerToday, type replayRequest, todayShape } from "./replay.ts";

export const quoteReplay = z
  .strictObject({ identical: z.boolean(), quote, stored: quote, today: todayShape(quote) })
  .meta({ id: "QuoteReplay", description: "All as the quote was made: what became of the offer is no part of it." });

/** @throws Problem 400 for a `knownAt` in the future, or before what the quote stood on */
export async function replayOfQuote(call: Call<unknown, unknown, z.infer<typeof replayRequest>>, record: StoredRecord): Promise<Answer> {
  const said = JSON.parse(record.answer) as Quote;
  const { request, asOf } = record.question as AskedQuote;
  const before = await call.store.readFactsAtVersions(record.accountId, record.versions);
  const made = quoteOn(before, { request, asOf }, said);
  const identical = JSON.stringify({ ...made, engineVersion: said.engineVersion }) === record.answer;
  const { again, ...since } = await answerToday<Quote>(call, {
    record,
    said,
    before,
    identical,
    asOf,
    // Without what tells one making from another.
    ask: (facts, asOf) => quoteOn({ ...facts, factsDigest: "" }, { request, asOf }, { id: null, knownAt: "", decidedAt: "" }),
    statements: statementsOfQuote,
  });
  const decidedAt = formatInstant(call.now);
  const now = again && quoteOn(again.snapshot, { request, asOf: again.asOf }, { id: null, knownAt: again.knownAt, decidedAt });
  return answer(200, { identical, quote: made, stored: said, today: { answer: now, ...since } });
}
