/** One hostile request after another, each told by the seed and its number: a good one with one to three things done to it. */
import type { Operation } from "../../functions/http/operation.ts";
import { type Chance, chanceFrom } from "../simulation/chance.ts";
import { examples, pathIds } from "./examples.ts";
import { type Mutation, mutations } from "./mutations.ts";
import { adminClaims, canary, type Draft, type HostileRequest, type Memory, type Setting } from "./parts.ts";

/** Any refusal; which one is for the order of checks to say. */
const refused = [400, 401, 403, 404, 405, 409, 412, 413, 415, 422];

/** @param only names of mutations to keep; absent: those that the number brings */
export function requestOf(
  seed: number,
  number: number,
  routes: readonly [string, Operation][],
  memory: Memory,
  only?: readonly string[],
): HostileRequest {
  const chance = chanceFrom(seed).fork(`request ${number}`);
  const [routeKey, operation] = chance.oneOf(routes);
  const setting: Setting = { chance, routeKey, operation, memory };
  const draft = goodRequest(setting, number);
  const fitting = mutations.filter((one) => one.fits(setting));
  const drawn: Mutation[] = [];
  // One in thirty is left as it is: what is good must not be taken for bad.
  if (!chance.onceIn(30)) for (let left = chance.onceIn(3) ? chance.between(2, 3) : 1; left > 0; left--) drawn.push(weighed(chance, fitting));
  const kept = only === undefined ? drawn : drawn.filter(({ name }) => only.includes(name));
  const mustRefuse: boolean[] = [];
  const done = [...kept].sort((a, b) => a.order - b.order).filter((one, n, all) => n === 0 || all[n - 1]?.order !== one.order);
  for (const one of done) {
    const does = one.apply(draft, { ...setting, chance: chance.fork(one.name) });
    mustRefuse.push(does);
  }
  return {
    ...draft,
    number,
    kinds: done.length === 0 ? ["unchanged"] : done.map(({ name }) => name),
    allowed: mustRefuse.some(Boolean) ? refused : null,
  };
}

function weighed(chance: Chance, fitting: readonly Mutation[]): Mutation {
  for (;;) {
    const one = chance.oneOf(fitting);
    if (one.rare === undefined || chance.onceIn(one.rare)) return one;
  }
}

function goodRequest({ chance, routeKey, memory }: Setting, number: number): Draft {
  const [method = "GET", pattern = "/v1/nothing"] = routeKey === "$default" ? ["GET", `/v1/${canary}`] : routeKey.split(" ");
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  // Deletes are about what nobody needs; everything else about what is there, or is not.
  const other = method === "DELETE" || chance.onceIn(6);
  const pathParameters = Object.fromEntries(
    names.map((name, n) => [
      name,
      other && n === names.length - 1 && name !== "version" ? `x-${chance.between(1, 5)}` : (memory.ids[name] ?? pathIds[name] ?? "none"),
    ]),
  );
  const body = examples[routeKey]?.body;
  return {
    routeKey,
    path: pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(pathParameters[name] as string)),
    pathParameters,
    query: routeKey === "GET /v1/decisions" ? "caseId=case-1" : "",
    headers: {
      host: "test",
      authorization: `Bearer ${canary}`,
      "user-agent": canary,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      "idempotency-key": `${canary}-${number}`,
    },
    claims: adminClaims,
    text: body === undefined ? "" : JSON.stringify(body),
    isBase64: false,
  };
}
