/** Tests every log of a store, and where asked every stored decision and quote, and says what is wrong as it finds it. */
import { type AskedCheck, decideAgain } from "../../functions/http/decision.ts";
import { engineVersion } from "../../functions/http/engine-version.ts";
import { type AskedQuote, quoteOn } from "../../functions/http/quote.ts";
import type { LogOwner, Snapshot, Store, StoredRecord } from "../../functions/store/store.ts";
import { type Anchor, nameOf } from "./anchor.ts";

export interface Verified {
  logs: number;
  entries: number;
  /** Decisions and quotes that were made again; null: not asked for. */
  answers: number | null;
  /** Of those, made by another release: they may differ. */
  ofOtherReleases: number;
  problems: number;
  /** Where the logs end now. */
  anchor: Anchor;
}

const logsBetweenLines = 1_000;

/** @param earlier what is remembered of an earlier time; an empty one remembers nothing */
export async function verify(store: Store, earlier: Anchor, withAnswers: boolean, say: (line: string) => void): Promise<Verified> {
  const found: Verified = { logs: 0, entries: 0, answers: withAnswers ? 0 : null, ofOtherReleases: 0, problems: 0, anchor: new Map() };
  const complain = (name: string, problem: string) => {
    found.problems++;
    say(`${name}: ${problem}`);
  };
  for await (const owner of store.logOwners()) {
    const name = nameOf(owner);
    const { version, hash, problems } = await store.verifyLog(owner, earlier.get(name) ?? null);
    for (const problem of problems) complain(name, problem);
    found.logs++;
    found.entries += version;
    found.anchor.set(name, { version, hash });
    if (withAnswers && owner !== "catalog" && problems.length === 0) await verifyAnswers(store, owner, found, complain);
    if (found.logs % logsBetweenLines === 0) say(`… ${found.logs} logs, ${found.entries} entries, ${found.problems} problems`);
  }
  for (const [name, { version }] of earlier)
    if (version > 0 && !found.anchor.has(name)) complain(name, `the log is gone: the anchor saw version ${version}`);
  return found;
}

type Made = { id: string; knownAt: string; decidedAt: string };

/** How an answer of each kind is made from the facts that it stood on. */
const again = {
  decision: (snapshot: Snapshot, { question }: StoredRecord, said: Made): object => decideAgain(snapshot, question as AskedCheck, said),
  quote: (snapshot: Snapshot, { question }: StoredRecord, said: Made): object => quoteOn(snapshot, question as AskedQuote, said),
};

async function verifyAnswers(
  store: Store,
  owner: Exclude<LogOwner, "catalog">,
  found: Verified,
  complain: (name: string, problem: string) => void,
): Promise<void> {
  for (const kind of ["decision", "quote"] as const) {
    for await (const record of recordsOf(store, kind, owner.accountId)) {
      found.answers = (found.answers ?? 0) + 1;
      const name = `${nameOf(owner)}/${kind}s/${record.id}`;
      try {
        const is = await madeAgain(store, kind, record);
        if (is === "otherwise") complain(name, "is not what its facts give: it was edited");
        if (is === "of another release") found.ofOtherReleases++;
      } catch (error) {
        complain(name, `cannot be made again: ${(error as Error).message}`);
      }
    }
  }
}

async function* recordsOf(store: Store, kind: keyof typeof again, accountId: string): AsyncGenerator<StoredRecord> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Store["listRecords"]>> = await store.listRecords(kind, accountId, { limit: 100, after });
    yield* page.records;
    after = page.after;
  } while (after !== null);
}

async function madeAgain(store: Store, kind: keyof typeof again, record: StoredRecord): Promise<"the same" | "otherwise" | "of another release"> {
  const said = JSON.parse(record.answer) as Made & { engineVersion: string };
  const snapshot = await store.readFactsAtVersions(record.accountId, record.versions);
  const made = again[kind](snapshot, record, said);
  if (JSON.stringify({ ...made, engineVersion: said.engineVersion }) === record.answer) return "the same";
  return said.engineVersion === engineVersion ? "otherwise" : "of another release";
}
