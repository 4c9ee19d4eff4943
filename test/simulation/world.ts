/**
 * A world of a few accounts: the real service on a table in memory, a caller that does not give up, and what both know.
 * It lives through the steps it is given; whatever must hold and does not is thrown as a `Violation`.
 */
import { openStore, type Snapshot, type Store } from "../../functions/store/store.ts";
import type { Clock } from "./clock.ts";
import { FakeDynamo } from "./fake-dynamo.ts";
import { type Fault, type FaultKind, Process } from "./faults.ts";
import { openGateway, type Request, type Response, type Send } from "./gateway.ts";
import { differences, Model } from "./model.ts";
import { ensure, ensureSame, type Step, Violation } from "./step.ts";

const tableName = "simulated";
/** A caller tries again so often before it takes the service for broken. */
const mostTries = 12;

/** A part of the service that a broken variant may replace. */
export interface Parts {
  store(store: Store): Store;
  sweep(store: Store, now: number, options: { isTimeUp(): boolean }): Promise<unknown>;
  /** Gives every event that has none its number in the list. */
  number(store: Store): Promise<void>;
}

interface Server {
  process: Process;
  store: Store;
  send: Send;
}

/** Looks at the world after each step. */
export interface Observer {
  after(world: World, step: Step, changed: readonly string[]): Promise<void> | void;
}

export interface Tally {
  commands: Map<string, number>;
  statuses: Map<string, number>;
  faults: Map<FaultKind, number>;
  sweeps: number;
}

export const emptyTally = (): Tally => ({ commands: new Map(), statuses: new Map(), faults: new Map(), sweeps: 0 });

export const count = <K>(counts: Map<K, number>, key: K, by = 1) => void counts.set(key, (counts.get(key) ?? 0) + by);

/** An event, and when it was written. */
export interface Written {
  accountId: string;
  isMissed: boolean;
  at: number;
  event: { id: string; type: string; time: string; accountversion: number; data: Record<string, unknown> };
}

interface Answered {
  request: Request;
  response: Response;
}

export class World {
  readonly clock: Clock = { now: 0 };
  readonly table = new FakeDynamo();
  readonly answers = new Map<number, Answered>();
  /** Events in the order in which they were written, with when. */
  readonly events: Written[] = [];
  model = new Model();
  /** Reads what there is, and nothing ever happens to it. */
  readonly honest: Server;
  readonly #parts: Parts;
  readonly #tally: Tally;
  readonly #observers: readonly Observer[];
  readonly #servers: Server[];
  readonly #snapshots = new Map<string, Snapshot | null>();
  #faultsLogged: string[] = [];

  constructor(parts: Parts, tally: Tally, observers: readonly Observer[] = []) {
    this.#parts = parts;
    this.#tally = tally;
    this.#observers = observers;
    this.table.onPut = ({ pk, body, missed }, before) => {
      if (!pk?.S?.startsWith("events#account#") || before !== undefined) return;
      const accountId = pk.S.slice("events#account#".length);
      this.events.push({ accountId, isMissed: missed?.BOOL === true, at: this.clock.now, event: JSON.parse(body?.S ?? "") });
    };
    this.honest = this.#serve();
    this.#servers = [this.#serve(), this.#serve()];
  }

  /** @throws Violation */
  async live(step: Step): Promise<void> {
    this.clock.now = Math.max(this.clock.now + 1, step.at);
    const changed = await this.#do(step);
    for (const accountId of changed) {
      this.#snapshots.delete(accountId);
      await this.#agree(accountId, step);
    }
    for (const observer of this.#observers) await observer.after(this, step, changed);
  }

  /** The newest facts of an account, as the service has them. */
  async factsOf(accountId: string): Promise<Snapshot | null> {
    let snapshot = this.#snapshots.get(accountId);
    if (snapshot === undefined) {
      snapshot = await this.honest.store.readFacts(accountId, null);
      this.#snapshots.set(accountId, snapshot);
    }
    return snapshot;
  }

  /** A request on a process that nothing happens to. */
  ask(request: Request): Promise<Response> {
    return this.honest.send(request);
  }

  #do(step: Step): Promise<readonly string[]> | readonly string[] {
    switch (step.do) {
      case "send":
        return this.#send(step);
      case "race":
        return this.#race(step);
      case "repeat":
        return this.#repeat(step);
      case "sweep":
        return this.#sweep(step);
      case "look":
      case "end":
        return [];
    }
  }

  async #send({ id, request, faults }: Step & { do: "send" }): Promise<string[]> {
    const named = this.#named(request);
    if (named === null) return [];
    const response = await this.#insist(0, named, faults);
    this.answers.set(id, { request: named, response });
    const changed = this.model.learn(named, response);
    return changed === null ? [] : [changed];
  }

  async #race({ id, account, requests, faults }: Step & { do: "race" }): Promise<string[]> {
    const named = requests.map((request) => this.#named(request)).filter((request) => request !== null);
    const responses = await Promise.all(named.map((request, n) => this.#insist(n % 2, request, n === 0 ? faults : [])));
    const [first] = named;
    if (first !== undefined) this.answers.set(id, { request: first, response: responses[0] as Response });
    await this.#explain(account, named, responses);
    return [account];
  }

  /** What was written at once is as if one had been first. */
  async #explain(accountId: string, requests: readonly Request[], responses: readonly Response[]): Promise<void> {
    this.#snapshots.delete(accountId);
    const orders =
      requests.length === 2
        ? [
            [0, 1],
            [1, 0],
          ]
        : [requests.map((_, n) => n)];
    const before = this.model;
    for (const order of orders) {
      this.model = before.copy();
      for (const n of order) this.model.learn(requests[n] as Request, responses[n] as Response);
      await this.#adopt(accountId);
      if (await this.#agrees(accountId)) return;
    }
    const facts = await this.factsOf(accountId);
    throw new Violation(
      "P14 one order explains",
      `no order of ${JSON.stringify(requests)} gives what is recorded: ${differences(facts?.dossier ?? null, this.model.dossierOf(accountId)).join("; ")}`,
    );
  }

  async #repeat({ of, otherBody }: Step & { do: "repeat" }): Promise<string[]> {
    const earlier = this.answers.get(of);
    // What was refused was not kept: the key is still free.
    if (earlier === undefined || earlier.request.key === undefined || earlier.response.status >= 300) return [];
    const { request, response } = earlier;
    const before = this.table.all().length;
    const body = otherBody ? otherThan(request.body as object) : reversed(request.body);
    const again = await this.#insist(1, { ...request, body }, []);
    if (otherBody) {
      ensure(again.status === 409, "P14 key reused", () => `another body was answered ${again.status}: ${again.text}`);
    } else {
      const tell = () => `${request.method} ${request.target} repeated`;
      ensureSame("P14 same answer", tell, [again.status, again.text], [response.status, response.text]);
      ensureSame("P14 replayed", tell, again.headers["idempotency-replayed"], "true");
    }
    ensureSame("P14 no new effect", () => `items after ${request.method} ${request.target} was repeated`, this.table.all().length, before);
    return [];
  }

  async #sweep({ deliveries, overlapping, cut, lagging, faults }: Step & { do: "sweep" }): Promise<string[]> {
    if (lagging) this.table.lag();
    const run = async (n: number) => {
      const server = this.#server(n % 2);
      server.process.expect(n === 0 ? faults : []);
      this.#tally.sweeps++;
      const most = cut && n === 0 ? 25 : Number.POSITIVE_INFINITY;
      const isTimeUp = () => server.process.calls >= most;
      const work = async () => {
        await this.#parts.sweep(server.store, this.clock.now, { isTimeUp });
        await this.#parts.number(server.store);
      };
      try {
        await Promise.race([work(), server.process.ended]);
      } catch (error) {
        // What cannot reach its table ends, and comes again.
        if ((error as Error).name !== "Unavailable") throw violationOf("the sweep", error);
      }
    };
    if (overlapping) await Promise.all(Array.from({ length: deliveries }, (_, n) => run(n)));
    else for (let n = 0; n < deliveries; n++) await run(n);
    for (const { process } of this.#servers) process.settle();
    this.table.catchUp();
    return [];
  }

  /** Sends until there is an answer that is one: a caller may do so, for nothing is done twice. */
  async #insist(on: number, request: Request, faults: readonly Fault[]): Promise<Response> {
    count(
      this.#tally.commands,
      request.method === "PUT" || request.method === "DELETE" ? "facts" : ((request.target.split("/")[2] ?? "").split("?")[0] as string),
    );
    for (let tries = 1; ; tries++) {
      const server = this.#server(on);
      server.process.expect(tries === 1 ? faults : []);
      this.#faultsLogged = [];
      const answer = await Promise.race([server.send(request), server.process.ended]);
      if (answer === "ended") continue;
      count(this.#tally.statuses, `${answer.status}`);
      if (answer.status < 500) {
        server.process.settle();
        return answer;
      }
      ensure(
        answer.status === 503,
        "no fault of ours",
        () => `${request.method} ${request.target} answered ${answer.status}: ${this.#faultsLogged.join("\n")}`,
      );
      ensure(answer.headers["retry-after"] !== undefined, "503 says when", () => `${request.method} ${request.target}`);
      if (tries === mostTries) throw new Violation("comes back", `${request.method} ${request.target} is still answered ${answer.text}`);
    }
  }

  #server(on: number): Server {
    const server = this.#servers[on] as Server;
    if (!server.process.hasEnded) return server;
    server.process.settle();
    const next = this.#serve();
    this.#servers[on] = next;
    return next;
  }

  #serve(): Server {
    const process = new Process(this.table, this.#tally.faults);
    const store = this.#parts.store(openStore({ client: process.client, tableName, now: () => this.clock.now }));
    const send = openGateway(store, this.clock, (line) => {
      if (line.includes('"error"')) this.#faultsLogged.push(line);
    });
    return { process, store, send };
  }

  /** What is recorded is what was written, nothing lost and nothing besides. */
  async #agree(accountId: string, step: Step): Promise<void> {
    await this.#adopt(accountId);
    const facts = await this.factsOf(accountId);
    const differing = differences(facts?.dossier ?? null, this.model.dossierOf(accountId));
    ensure(differing.length === 0, "P22 facts are as written", () => `after step ${step.id}: ${differing.join("; ")}`);
  }

  async #agrees(accountId: string): Promise<boolean> {
    const facts = await this.factsOf(accountId);
    return differences(facts?.dossier ?? null, this.model.dossierOf(accountId)).length === 0;
  }

  /** Contracts and licenses that an accepted quote brought about, named after it. */
  async #adopt(accountId: string): Promise<void> {
    const facts = await this.factsOf(accountId);
    for (const { quoteId, acceptedPaidOn, kind, contractId } of facts?.dossier.quotes ?? []) {
      if (acceptedPaidOn === undefined || facts === null) continue;
      const made = quoteId.slice(-10);
      const bought = new Set<string>();
      for (const { licenseId, ...document } of facts.dossier.licenses)
        if (licenseId.includes(made)) {
          bought.add(licenseId);
          if (!this.model.has(accountId, `licenses/${licenseId}`)) this.model.adopt(accountId, `licenses/${licenseId}`, document);
        }
      for (const { contractId: id, ...document } of facts.dossier.contracts) {
        const isNew = id.includes(made) && !this.model.has(accountId, `contracts/${id}`);
        const hasNewLine = kind === "additional-purchase" && id === contractId && document.lines.some(({ licenseId }) => bought.has(licenseId));
        const known = this.model.dossierOf(accountId)?.contracts.find((one) => one.contractId === id)?.lines.length ?? 0;
        if (isNew || (hasNewLine && known < document.lines.length)) this.model.adopt(accountId, `contracts/${id}`, document);
      }
    }
  }

  /** With the ids that were answered in the place of the steps they were answered in; null where such a step is not there. */
  #named(request: Request): Request | null {
    let isWhole = true;
    const text = JSON.stringify(request).replaceAll(/\$(\d+)\$/g, (_, step: string) => {
      const { response } = this.answers.get(Number(step)) ?? {};
      const id = response === undefined || response.status >= 300 ? undefined : JSON.parse(response.text).id;
      if (id === undefined) isWhole = false;
      return String(id);
    });
    return isWhole ? JSON.parse(text) : null;
  }
}

function violationOf(what: string, error: unknown): Violation {
  return new Violation("no fault of ours", `${what} threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}

/** A body that is well-formed and says something else. */
function otherThan(body: object): object {
  if ("paidOn" in body) return { paidOn: "2001-01-01" };
  return "reason" in body ? { reason: "another one" } : { ...body, asOf: "2001-01-01" };
}

/** The same value with the members of its objects in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
