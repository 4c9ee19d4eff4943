/** Whatever is derived can be dropped and made again: nothing is announced anew, the list of deadlines and the agenda are the same (P12). */
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { dayOfClock } from "../clock.ts";
import type { Item } from "../expressions.ts";
import { ensureSame, type Step } from "../step.ts";
import type { Observer, Parts, World } from "../world.ts";

export class DerivedChecks implements Observer {
  rebuilt = 0;
  readonly #parts: Pick<Parts, "sweep">;

  constructor(parts: Pick<Parts, "sweep">) {
    this.#parts = parts;
  }

  async after(world: World, step: Step): Promise<void> {
    if (step.do !== "end") return;
    const { table, honest, clock } = world;
    const today = dayOfClock(clock);
    const before = derivedOf(table.all(), today);
    const events = world.events.length;
    for (const item of table.all()) {
      if (isDerived(item)) table.remove(item);
      if (item.sk?.S !== "manifest" || item.agendaKey === undefined) continue;
      const { agendaKey: _, agendaSort: __, unvisited: ___, ...rest } = item;
      table.plant(rest);
    }
    await this.#parts.sweep(honest.store, clock.now, { isTimeUp: () => false });
    this.rebuilt += before.length;
    ensureSame("P12 nothing is announced anew", () => "events after all that is derived was dropped", world.events.length, events);
    const after = derivedOf(table.all(), today);
    const absent = (these: string[], text: string) => !text.endsWith(againText) && !these.includes(text) && !these.includes(lookedAtAgain(text));
    const differing = [...before.filter((one) => absent(after, one)), ...after.filter((one) => absent(before, one))];
    ensureSame("P12 made again", () => "what is derived, and only before or after", differing, []);
  }
}

/** What was announced, how far the sweep came, the list of deadlines. */
const isDerived = ({ pk, sk }: Item) => pk?.S === "sweep" || (pk?.S?.startsWith("account#") === true && /^(sweep|deadline(#.*)?)$/.test(sk?.S ?? ""));

const againText = "is looked at again";
const dueText = (account: string, sort: string) => `${account} ${sort.includes(":00:00.000Z") ? `is due at ${sort.slice(0, 24)}` : againText}`;
/** What an account's place on the agenda may also be. */
const lookedAtAgain = (text: string) => text.replace(/ is due at .*$/, ` ${againText}`);

/**
 * The agenda and the deadlines as texts. An account that was visited longer ago does not list what has come in reach since;
 * and where nothing is to come, when it is looked at again counts from the visit.
 */
function derivedOf(items: readonly Item[], today: CalendarDate): string[] {
  return items.flatMap(({ pk, sk, agendaSort, text }) => {
    if (sk?.S === "manifest" && agendaSort?.S !== undefined) return [dueText(pk?.S ?? "", agendaSort.S)];
    if (!sk?.S?.startsWith("deadline#")) return [];
    const { sequence: _, updatedAt: __, canceledAt, ...deadline } = JSON.parse(text?.S ?? "");
    // What was canceled is remembered for a while: it follows from no facts.
    const isCompared = canceledAt === null && today <= deadline.on && deadline.on <= addDays(today, 365);
    return isCompared ? [JSON.stringify(deadline)] : [];
  });
}
