/**
 * What a decision gave the customer to do by an instant, such as to call within 15 minutes: watched from the decision on,
 * announced when it was not done. A later decision on the same case that names a call in time says that it was.
 */
import type { Moment } from "../../domain/questions/moments.ts";
import { formatInstant, parseInstant } from "../../domain/time/instant.ts";
import type { AskedCheck, Decision } from "../http/decision.ts";
import type { Store, Watch } from "../store/store.ts";

/**
 * What is watched of a decision made at `now`: obligations with an instant that is yet to come. One that had passed when
 * it was asked is no news: the decision itself says so.
 */
export function watchesOf(made: Decision & { id: string }, { request }: Pick<AskedCheck, "request">, now: number): Watch[] {
  const caseId = request.caseId ?? null;
  return made.obligations.flatMap(({ what, dueAt, clause }) => {
    if (dueAt === null) return [];
    const due = parseInstant(dueAt);
    if (due <= now || calledBy(request, due)) return [];
    const key = `obligation.missed/${caseId ?? made.id}/${clause}/${dueAt}`;
    return [{ key, decisionId: made.id, contractId: made.contractId, caseId, what, clause, dueAt: due }];
  });
}

/** Those of the watches, which are over, that were not met. */
export async function missedObligations(store: Store, accountId: string, watches: readonly Watch[]): Promise<Moment[]> {
  const moments: Moment[] = [];
  for (const watch of watches) {
    if (await wasMet(store, accountId, watch)) continue;
    const { key, dueAt, decisionId, contractId, caseId, what, clause } = watch;
    const data = { decisionId, contractId, caseId, what, clause, dueAt: formatInstant(dueAt) };
    moments.push({ key, marks: [key], type: "obligation.missed", dueAt: dueAt + 1, purposeUntil: null, data });
  }
  return moments;
}

async function wasMet(store: Store, accountId: string, { caseId, dueAt }: Watch): Promise<boolean> {
  if (caseId === null) return false;
  for (let after: string | null = null; ; ) {
    const page = await store.listDecisionsByCase(caseId, { limit: 100, after });
    for (const record of page.records) if (record.accountId === accountId && calledBy((record.question as AskedCheck).request, dueAt)) return true;
    if (page.after === null) return false;
    after = page.after;
  }
}

/**
 * Every obligation with an instant is a call; the last instant itself is in time, and a call before the filing does not
 * follow it. A report by phone was phoned when it was filed.
 */
function calledBy({ channel, filedAt, phonedAt }: AskedCheck["request"], dueAt: number): boolean {
  const calledAt = phonedAt ?? (channel === "phone" ? filedAt : undefined);
  if (calledAt === undefined || (filedAt !== undefined && parseInstant(calledAt) < parseInstant(filedAt))) return false;
  return parseInstant(calledAt) <= dueAt;
}
