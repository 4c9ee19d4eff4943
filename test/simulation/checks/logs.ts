/** Every change has its entry in the log, and a log that was cut, edited or set back is noticed (P22). */
import type { LogHead } from "../../../functions/store/store.ts";
import { ensureSame, type Step } from "../step.ts";
import type { Observer, World } from "../world.ts";

export class LogChecks implements Observer {
  verified = 0;
  readonly #heads = new Map<string, LogHead>();
  #looks = 0;

  async after(world: World, step: Step): Promise<void> {
    if (step.do === "end" || (step.do === "look" && ++this.#looks % 365 === 0)) await this.#verify(world);
  }

  /** From the first entry, held against where each log ended last time. */
  async #verify(world: World): Promise<void> {
    for await (const owner of world.honest.store.logOwners()) {
      const name = owner === "catalog" ? owner : owner.accountId;
      const { version, hash, problems } = await world.honest.store.verifyLog(owner, this.#heads.get(name) ?? null);
      this.verified++;
      ensureSame("P22 the log is whole", () => name, problems, []);
      this.#heads.set(name, { version, hash });
    }
  }
}
