/**
 * What was answered once is answered for ever: the same bytes for the same `asOf` and `knownAt`, whatever was recorded since
 * (P12); stored decisions as they were, each with its clauses and its facts' digest, and the same when made again (P13).
 */
import { addDays } from "../../../domain/time/calendar-date.ts";
import { chanceFrom } from "../chance.ts";
import { dayOfClock } from "../clock.ts";
import type { Request } from "../gateway.ts";
import { ensure, ensureSame, type Step } from "../step.ts";
import type { Observer, World } from "../world.ts";

interface Kept {
  request: Request;
  /** Without what says when it was answered. */
  text: string;
}

export class AnswerChecks implements Observer {
  decisions = 0;
  asked = 0;
  readonly #kept = new Map<string, Kept[]>();
  readonly #stored: { id: string; text: string }[] = [];
  #looks = 0;

  async after(world: World, step: Step): Promise<void> {
    if (step.do === "send") this.#keepDecision(world, step);
    if (step.do === "end") await this.#askAgain(world);
    if (step.do !== "look") return;
    this.#looks++;
    const chance = chanceFrom(step.id);
    for (const accountId of world.model.accountIds) if (chance.onceIn(60)) await this.#keep(world, accountId, chance);
    if (this.#looks % 180 === 0) await this.#askAgain(world);
  }

  /** Everything that was kept, once more. */
  async #askAgain(world: World): Promise<void> {
    for (const { request, text } of [...this.#kept.values()].flat()) {
      const again = await world.ask(request);
      this.asked++;
      ensureSame("P12 the same bytes", () => request.target, bytesOf(again.text), text);
    }
    for (const { id, text } of this.#stored.splice(0, 20)) {
      const again = await world.ask({ method: "GET", target: `/v1/decisions/${id}` });
      ensureSame("P13 as it was", () => id, again.text, text);
      const replayed = await world.ask({ method: "POST", target: `/v1/decisions/${id}/replay`, body: {} });
      ensure(replayed.status === 200 && JSON.parse(replayed.text).identical === true, "P13 the same again", () => `${id} is now ${replayed.text}`);
    }
  }

  #keepDecision(world: World, { id }: Step): void {
    const { request, response } = world.answers.get(id) ?? {};
    if (request?.target !== "/v1/entitlement-checks" || response?.status !== 201) return;
    this.decisions++;
    const decision = JSON.parse(response.text);
    const isGrounded = decision.reasons.length > 0 && decision.reasons.every(({ clause, finding }: Record<string, string>) => clause && finding);
    ensure(isGrounded, "P13 never without a ground", () => response.text);
    ensure(/^sha256:[0-9a-f]{64}$/.test(decision.factsDigest), "P13 names its facts", () => response.text);
    this.#stored.push({ id: decision.id, text: response.text });
  }

  async #keep(world: World, accountId: string, chance: ReturnType<typeof chanceFrom>): Promise<void> {
    const facts = await world.factsOf(accountId);
    const contract = chance.oneOf(facts?.dossier.contracts ?? []);
    if (facts === null || contract === undefined) return;
    const asOf = addDays(dayOfClock(world.clock), chance.between(-500, 500));
    const knownAt = new Date(world.clock.now).toISOString();
    const times = `asOf=${asOf}&knownAt=${knownAt}`;
    const about = chance.oneOf(["standing", `contracts/${contract.contractId}/renewal`, "facts"]);
    const request = { method: "GET", target: `/v1/accounts/${accountId}/${about}?${times}` };
    const response = await world.ask(request);
    ensure(response.status === 200, "P12 is answered", () => `${request.target} answered ${response.text}`);
    const kept = this.#kept.get(accountId) ?? [];
    this.#kept.set(accountId, [...kept, { request, text: bytesOf(response.text) }].slice(-3));
  }
}

/** An answer less `id` and `decidedAt`. */
const bytesOf = (text: string) => text.replace(/"(id|decidedAt)":"[^"]*",?/g, "");
