/** Which option of each reading holds here, and which readings an answer relied on. */
import type { CompiledPolicy } from "./compiled-policy.ts";
import type { ReadingUsed } from "./decision.ts";
import type { Contract } from "./facts.ts";
import type { When } from "./policy-words.ts";

export class Readings {
  private readonly policy: CompiledPolicy;
  private readonly agreed: Record<string, string> | undefined;
  private readonly program: string | undefined;
  readonly used: ReadingUsed[] = [];

  /** The contract's own choice goes before the policy's, that before the reading's default. */
  constructor(policy: CompiledPolicy, contract: Contract | null) {
    this.policy = policy;
    this.agreed = contract?.settings?.readings;
    this.program = contract?.program;
  }

  /** The option chosen, without relying on it yet. Throws for a reading that the policy does not have. */
  chosen(id: string): string {
    const agreed = this.agreed !== undefined && Object.hasOwn(this.agreed, id) ? this.agreed[id] : undefined;
    const option = agreed ?? this.policy.policy.choices?.[id] ?? this.policy.readings.get(id)?.default;
    if (option === undefined) throw new Error(`policy \`${this.policy.policy.id}\` has no reading \`${id}\``);
    return option;
  }

  /** Relies on a reading: the answer will say so. */
  use(id: string): string {
    const chosen = this.chosen(id);
    for (const one of this.used) if (one.id === id) return chosen;
    this.used.push({ id, chosen });
    return chosen;
  }

  /** Whether a condition of some programs is asked under the contract's. */
  isUnder(programs: readonly string[] | undefined): boolean {
    return programs === undefined || this.program === undefined || programs.includes(this.program);
  }

  /** Whether a part of the policy holds under the options chosen. */
  holds(when: When | undefined): boolean {
    return when === undefined || this.chosen(when.reading) === when.is;
  }

  /** Relies on the reading that brought a part in. */
  rely(when: When | undefined): void {
    if (when !== undefined) this.use(when.reading);
  }

  /** Relies on the readings that choose what an entry says. */
  relyOn(entry: { when?: When | undefined; instead?: readonly { when: When }[] | undefined } | undefined): void {
    this.rely(entry?.when);
    for (const { when } of entry?.instead ?? []) this.rely(when);
  }

  /** The entry as the options chosen have it: what those of `instead` say whose option is chosen stands in for its own. */
  under<Entry extends { instead?: readonly { when: When }[] | undefined }>(entry: Entry): Entry {
    const chosen = { ...entry };
    for (const { when, ...its } of entry.instead ?? []) if (this.holds(when)) Object.assign(chosen, its);
    return chosen;
  }

  /** The method that a formula fixes or leaves to a reading, on which the answer then relies. */
  method<Option extends string>(fixed: Option | { reading: string }): Option {
    return typeof fixed === "string" ? fixed : (this.use(fixed.reading) as Option);
  }
}
