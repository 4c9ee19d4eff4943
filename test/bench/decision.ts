/** One entitlement decision in process: against the same policy written by hand, and against three rules engines. */
import { shippedPolicies } from "../../domain/policies/index.ts";
import { decideEntitlement, type EntitlementAnswer } from "../../domain/questions/entitlement.ts";
import { entitlementByHand } from "./by-hand/entitlement.ts";
import { dateInZurich } from "./by-hand/zurich-hours.ts";
import { compare } from "./measure.ts";
import { onCedar } from "./peers/cedar.ts";
import { onJsonRulesEngine } from "./peers/json-rules-engine.ts";
import { type Rule, type Verdict, verdictOf } from "./peers/rules.ts";
import { type Summary, summaryOf } from "./peers/summary.ts";
import { onZen } from "./peers/zen.ts";
import { type Asked, catalog, generate } from "./portfolio.ts";
import { assertSame } from "./same-answer.ts";
import { atLeast, atMost, informs, micros, type Row, times } from "./table.ts";

export const ours = ({ dossier, request, instant }: Asked) =>
  decideEntitlement({ dossier, catalog, policies: shippedPolicies }, request, { instant });

const checked = 2_000;
const measured = 400;

export async function benchDecision(say: (line: string) => void): Promise<Row[]> {
  const decide = entitlementByHand(catalog);
  const byHand = ({ dossier, request, instant }: Asked) => decide(dossier, request, instant);
  const asked = generate(checked, 2026_11);
  say(`${checked} answers by hand are the same${inOtherWords(asked, byHand)}; ${outcomesOf(asked)}`);
  const some = asked.slice(0, measured);
  const hand = await compare(some, byHand, ours, { itemsPerRound: 100, rounds: 41, warmUpMilliseconds: 1_000 });
  const unpriced = await compare(some.filter(isUnpriced), byHand, ours, { itemsPerRound: 100 });
  return [
    atMost("decision in process ÷ the same written by hand", hand.ratio, 2),
    informs("— of these, decisions that price no gap", times(unpriced.ratio)),
    informs("— one decision: ours, by hand", `${micros(hand.contenderMicros)}, ${micros(hand.baselineMicros)}`),
    ...(await benchPeers(asked, say)),
  ];
}

/** The engines are asked about one license of an account with a contract, and answer which clauses stand against it. */
async function benchPeers(asked: readonly Asked[], say: (line: string) => void): Promise<Row[]> {
  const named = asked.filter(({ request, dossier }) => request.licenseId !== undefined && dossier.contracts.length > 0).slice(0, measured);
  const plain = named.filter(isUnpriced);
  const peers: [name: string, ask: (summary: Summary) => Verdict | Promise<Verdict>, goal: number][] = [
    ["json-rules-engine", onJsonRulesEngine, 20],
    ["Cedar (wasm)", onCedar, 40],
    ["GoRules Zen", onZen, 150],
  ];
  const rows: Row[] = [];
  for (const [name, ask, goal] of peers) {
    const theirs = (one: Asked) => ask(summaryOf(one));
    for (const one of named) {
      const verdict = await theirs(one);
      assertSame(verdictIn(ours(one)), verdict, `${name} on ${one.dossier.accountId}`);
      assertSame(verdictIn(oursByDate(one)), verdict, `${name} on ${one.dossier.accountId}, by date`);
    }
    say(`${named.length} answers of ${name} are the same`);
    const { ratio } = await compare(named, ours, theirs, { itemsPerRound: 25 });
    const bare = await compare(plain, oursByDate, theirs, { itemsPerRound: 25, rounds: 15 });
    rows.push(atLeast(`${name} ÷ decision in process`, ratio, goal), informs("— ÷ decisions without deadlines and priced gaps", times(bare.ratio)));
  }
  return rows;
}

/** Asked for a day, not an instant: the same conditions, and no deadlines. */
const oursByDate = ({ dossier, request, instant }: Asked) => {
  const { filedAt: _filed, lastVendorMessageAt: _last, ...undated } = request;
  return decideEntitlement({ dossier, catalog, policies: shippedPolicies }, undated, { date: dateInZurich(instant) });
};

function verdictIn({ reasons }: EntitlementAnswer): Verdict {
  return verdictOf(reasons.filter((reason): reason is (typeof reasons)[number] & Rule => reason.result !== "pass" && reason.result !== "info"));
}

const isUnpriced = (asked: Asked) => !ours(asked).reasons.some(({ cure }) => cure?.price != null);

/**
 * Asserts that everything in the answers is the same. Only how long an answer holds may differ, and is counted: by hand it looks
 * less far ahead (at no end of life, no window that closes and no notice still to come), which is to the advantage of the hand-written side.
 */
function inOtherWords(asked: readonly Asked[], byHand: (asked: Asked) => EntitlementAnswer): string {
  let otherwise = 0;
  let ahead = 0;
  for (const one of asked) {
    const [expected, answer] = [byHand(one), ours(one)];
    if (expected.validUntil !== answer.validUntil) ahead += 1;
    otherwise += assertSame({ ...expected, validUntil: null }, { ...answer, validUntil: null }, one.dossier.accountId);
  }
  const words = otherwise === 0 ? "" : ` (but ${otherwise} sentences are worded otherwise: take the new words over into by-hand/)`;
  return ahead === 0 ? words : `${words}, but for validUntil in ${ahead}`;
}

/** @throws Error when an outcome does not occur */
function outcomesOf(asked: readonly Asked[]): string {
  const counts = { entitled: 0, "not-entitled": 0, discretion: 0, undetermined: 0, redirected: 0 };
  for (const one of asked) counts[ours(one).outcome] += 1;
  if (Object.values(counts).includes(0)) throw new Error(`the generated requests do not reach every outcome: ${JSON.stringify(counts)}`);
  return Object.entries(counts)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(", ");
}
