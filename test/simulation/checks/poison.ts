/** One account that cannot be read is set aside and said; it never keeps the others from being visited (P15). Comes last: it spoils its world. */
import type { SweepRun } from "../../../functions/store/store.ts";
import { ensureSame, type Step, Violation } from "../step.ts";
import type { Observer, Parts, World } from "../world.ts";

const dayLong = 86_400_000;

export class PoisonChecks implements Observer {
  poisoned = 0;
  readonly #parts: Pick<Parts, "sweep">;

  constructor(parts: Pick<Parts, "sweep">) {
    this.#parts = parts;
  }

  async after({ table, honest, clock, model }: World, step: Step): Promise<void> {
    if (step.do !== "end") return;
    clock.now += dayLong;
    const [victim, ...others] = model.accountIds;
    const due = new Date(clock.now - 1).toISOString();
    for (const { agendaKey, deflated, text, ...manifest } of table.all()) {
      if (manifest.sk?.S !== "manifest" || agendaKey?.S === undefined) continue;
      const accountId = manifest.listSort?.S ?? "";
      const agenda = { agendaKey: { S: agendaKey.S.replace(/\d{4}-\d\d/, due.slice(0, 7)) }, agendaSort: { S: `${due}#${accountId}` } };
      // All are due; the text of one is cut off.
      const facts = accountId === victim ? { text: { S: '{"accountId":' } } : { ...(deflated && { deflated }), ...(text && { text }) };
      table.plant({ ...manifest, ...facts, ...agenda });
    }
    const run = (await this.#parts.sweep(honest.store, clock.now, { isTimeUp: () => false }).catch((error: unknown) => {
      throw new Violation("P15 one never stops the others", String(error));
    })) as SweepRun;
    const tell = () => `a sweep over ${others.length + 1} accounts, one of them spoilt`;
    ensureSame("P15 one never stops the others", tell, [run.finished, run.quarantined.map(({ accountId }) => accountId)], [true, [victim]]);
    this.poisoned++;
  }
}
