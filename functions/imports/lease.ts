/**
 * One worker at a time: who works on an import holds a lease and renews it with each word about its progress. Who
 * lost it, for a pause that was too long, stops at the next word; nothing it did until then is done twice, because
 * each account's command and record are written once.
 */
import type { ImportStore } from "../store/imports.ts";
import type { ImportState } from "./state.ts";

/** Another worker has taken over. */
export class LeaseLost extends Error {}

const leaseMilliseconds = 60_000;
const millisecondsBetweenWords = 1_000;

export class Run {
  state: ImportState;
  #revision: number;
  readonly #imports: ImportStore;
  readonly #holder: string;
  readonly #now: () => number;
  #saving: Promise<void> = Promise.resolve();
  #spokenAt: number;

  constructor(imports: ImportStore, state: ImportState, revision: number, holder: string, now: () => number) {
    this.state = state;
    this.#revision = revision;
    this.#imports = imports;
    this.#holder = holder;
    this.#now = now;
    this.#spokenAt = now();
  }

  /** Keeps these, and the lease. @throws LeaseLost */
  save(patch: Partial<ImportState>): Promise<void> {
    return this.#put(patch, { holder: this.#holder, until: this.#now() + leaseMilliseconds });
  }

  /** Keeps these, and lets others work on it. @throws LeaseLost */
  release(patch: Partial<ImportState>): Promise<void> {
    return this.#put(patch, null);
  }

  /** Keeps these where it is time again to be heard of. @throws LeaseLost */
  async tell(patch: () => Partial<ImportState>): Promise<void> {
    const now = this.#now();
    if (now - this.#spokenAt < millisecondsBetweenWords) return;
    this.#spokenAt = now;
    await this.save(patch());
  }

  /** One after the other: each is a revision of its own. */
  #put(patch: Partial<ImportState>, lease: ImportState["lease"]): Promise<void> {
    const put = async () => {
      const next = { ...this.state, ...patch, updatedAt: this.#now(), lease };
      const outcome = await this.#imports.put(next.id, next, this.#revision);
      if (outcome !== "stored") throw new LeaseLost(`import \`${next.id}\` is worked on elsewhere`);
      this.state = next;
      this.#revision++;
    };
    // One that failed fails all after it.
    this.#saving = this.#saving.then(put);
    this.#saving.catch(() => {});
    return this.#saving;
  }
}
