/** Sends hostile requests, one after the other, and keeps what must not have been answered. One seed tells all of them. */
import { wrongWith } from "./checks.ts";
import { mutations } from "./mutations.ts";
import type { HostileRequest, Memory } from "./parts.ts";
import { requestOf } from "./requests.ts";
import { type Answered, type HostileService, routes, startHostileService, type Variant } from "./service.ts";

export interface Violation {
  what: string;
  seed: number;
  /** Requests since the service was new; it is new again after each thousand. */
  number: number;
  request: HostileRequest;
  answered: Answered;
}

export interface Report {
  requests: number;
  mustBeRefused: number;
  statuses: Map<number, number>;
  kinds: Map<string, number>;
  /** Requests that took more than two seconds of the processor. */
  slow: number;
  violations: Violation[];
}

/** So many requests meet the same service, so that what is stored stays small. */
export const requestsPerService = 1_000;
const slowMicroseconds = 2_000_000;
const operations = new Map(routes);
const count = <K>(counts: Map<K, number>, key: K) => void counts.set(key, (counts.get(key) ?? 0) + 1);

export interface Run {
  seed: number;
  requests: number;
  variant?: Variant;
  /** Ends the run once there are so many. */
  mostViolations?: number;
  progress?(report: Report): void;
}

export async function runHostile({ seed, requests, variant, mostViolations = 20, progress = () => {} }: Run): Promise<Report> {
  const report: Report = { requests: 0, mustBeRefused: 0, statuses: new Map(), kinds: new Map(), slow: 0, violations: [] };
  let service: HostileService | undefined;
  let memory = emptyMemory();
  for (let number = 0; number < requests && report.violations.length < mostViolations; number++) {
    if (service === undefined || number % requestsPerService === 0) {
      progress(report);
      service = await startHostileService(variant);
      memory = emptyMemory();
    }
    const request = requestOf(seed, number, routes, memory);
    const before = process.cpuUsage();
    const { answered, printed } = await watched(() => (service as HostileService).answer(request));
    const used = process.cpuUsage(before);
    if (used.user + used.system > slowMicroseconds) report.slow++;
    report.requests++;
    if (request.allowed !== null) report.mustBeRefused++;
    count(report.statuses, answered.status);
    for (const kind of request.kinds) count(report.kinds, kind);
    const seen = { ...answered, log: [...answered.log, ...printed] };
    const operation = operations.get(request.routeKey);
    const what = operation === undefined ? "no such route" : wrongWith(request, seen, operation, number % 7 === 0);
    if (what !== null) report.violations.push(await smallest({ what, seed, number, request, answered: seen }, memory, variant));
    learn(memory, request, answered);
  }
  return report;
}

const emptyMemory = (): Memory => ({ keys: [], cursors: [], ids: {} });

/** What the service prints beside its log belongs to its log. */
async function watched(run: () => Promise<Answered>): Promise<{ answered: Answered; printed: string[] }> {
  const printed: string[] = [];
  const { stdout, stderr } = process;
  const [out, err] = [stdout.write, stderr.write];
  const take = ((chunk: string | Uint8Array) => {
    printed.push(String(chunk));
    return true;
  }) as typeof stdout.write;
  stdout.write = take;
  stderr.write = take;
  try {
    return { answered: await run(), printed };
  } finally {
    stdout.write = out;
    stderr.write = err;
  }
}

/** The request with one of its changes only, where a new service answers that wrongly too. */
async function smallest(violation: Violation, memory: Memory, variant: Variant | undefined): Promise<Violation> {
  const { seed, number, request } = violation;
  if (request.kinds.length < 2) return violation;
  // A new service knows no keys and cursors of earlier requests.
  const alone = mutations.filter(({ ofEarlier }) => !ofEarlier).map(({ name }) => name);
  for (const kind of request.kinds.filter((one) => alone.includes(one))) {
    const smaller = requestOf(seed, number, routes, memory, [kind]);
    const service = await startHostileService(variant);
    const { answered, printed } = await watched(() => service.answer(smaller));
    const seen = { ...answered, log: [...answered.log, ...printed] };
    const operation = operations.get(smaller.routeKey);
    const what = operation === undefined ? null : wrongWith(smaller, seen, operation, true);
    if (what !== null) return { ...violation, what, request: smaller, answered: seen };
  }
  return violation;
}

const idNames: Record<string, string> = { chk: "decisionId", qt: "quoteId", ntc: "noticeId", imp: "importId", exc: "exceptionId" };

function learn(memory: Memory, request: HostileRequest, { status, text, headers }: Answered): void {
  if (status >= 300 || !headers["content-type"]?.startsWith("application/json")) return;
  const key = request.headers["idempotency-key"];
  const isOpen = operations.get(request.routeKey)?.idempotency !== undefined && headers["idempotency-replayed"] === undefined && !request.isBase64;
  const isTester = (request.claims as { sub?: string } | null)?.sub === "tester";
  if (isOpen && isTester && key !== undefined && memory.keys.length < 60)
    memory.keys.push({ routeKey: request.routeKey, path: request.path, caller: "tester", key, text: request.text });
  const named = /"id":"(([a-z]+)_[0-9A-Z]{26})"/.exec(text);
  if (named !== null && request.routeKey.startsWith("POST")) {
    const name = idNames[named[2] as string];
    if (name !== undefined) memory.ids[name] = named[1] as string;
  }
  const cursor = /"nextCursor":"([^"]+)"/.exec(text)?.[1];
  if (cursor !== undefined && memory.cursors.length < 60) memory.cursors.push({ list: request.path, cursor });
}
