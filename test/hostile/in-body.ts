/** Changes inside a body that is still JSON: other kinds of values, fields too many and too few, texts that mean harm. */
import type { Chance } from "../simulation/chance.ts";
import { examples } from "./examples.ts";
import type { Mutation } from "./mutations.ts";
import { canary, type Draft, type Setting } from "./parts.ts";

type Members = Record<string, unknown>;

const takesBody = ({ routeKey }: Setting) => examples[routeKey] !== undefined;

function walk(value: unknown, pointer: string, visit: (value: unknown, pointer: string) => void): void {
  visit(value, pointer);
  if (typeof value === "object" && value !== null) for (const [name, member] of Object.entries(value)) walk(member, `${pointer}/${name}`, visit);
}

/** Where values stand that are no object and no list. */
export function leavesOf(body: object): [string, unknown][] {
  const found: [string, unknown][] = [];
  walk(body, "", (value, pointer) => void ((typeof value !== "object" || value === null) && found.push([pointer, value])));
  return found;
}

/** JSON texts that must not be taken where such a value stands. */
export function wrongFor(pointer: string, value: unknown): string[] {
  const never = ["[]", "{}", "-0", "1e21", "-1.5", '"\\u0000"', '"\\udfff"', `{"${canary}":1}`, `["${canary}"]`];
  // Zero days of notice may be agreed, and minus zero is zero.
  const wrong = /(?:noticeDays|asisPoints)$/.test(pointer) ? never.filter((other) => other !== "-0") : never;
  if (typeof value === "number") return [...wrong, '"1"', '"NaN"', "true", "9007199254740993", "2.5", "1e308"];
  if (typeof value === "boolean") return [...wrong, '"true"', "1", `"${canary}"`];
  const text = value as string;
  if (/^\d{4}-\d\d-\d\d$/.test(text))
    return [
      ...wrong,
      '"2025-02-30"',
      '"2023-02-29"',
      '"2025-13-01"',
      '"2025-1-1"',
      '"0000-01-01"',
      '"+012025-01-01"',
      '" 2026-03-01"',
      `"${canary}"`,
    ];
  if (/T.*Z$/.test(text))
    return [...wrong, '"2025-02-30T00:00:00Z"', '"2026-03-01T24:00:00Z"', '"2026-03-01T09:30:00+01:00"', '"2026-03-01 09:30:00Z"', `"${canary}"`];
  if (pointer.endsWith("/amount"))
    return [...wrong, '"1"', '"1.0"', '"1.000"', '"-1.00"', '"1e3"', '"NaN"', '"1,00"', '"0x1.00"', '"٣.00"', `"${"9".repeat(60)}.00"`];
  if (text === "CHF") return [...wrong, '"chf"', '"XXX"', '"constructor"', '"__proto__"'];
  return [...wrong, `"${"x".repeat(5_000)}"`];
}

/** The JSON text of the body with another text in the place of what stands at the pointer. */
export function replaced(body: object, pointer: string, text: string): string {
  const parts = pointer.split("/").slice(1);
  const last = parts.pop() as string;
  const copy = structuredClone(body);
  const holder = parts.reduce((value: unknown, part) => (value as Members)[part], copy) as Members;
  holder[last] = "@@";
  return JSON.stringify(copy).replace('"@@"', () => text);
}

const bodyOf = ({ routeKey }: Setting) => (examples[routeKey] as { body: object }).body;

/** Objects whose members the document itself names: any other name is unknown there. */
const named = /^(?:|\/term|\/soldBy|\/amount|\/annualFee|\/lines\/\d+|\/items\/\d+|\/versions\/\d+|\/payments\/\d+|\/request|\/impact|\/contact)$/;

const textsThatMeanHarm = [
  "=cmd|'/c calc'!A1",
  "+1+1",
  "@SUM(A1)",
  "-2+3",
  "<script>alert(1)</script>",
  "{{7*7}}",
  "$\u007bjndi:ldap://x}",
  "'; DROP TABLE x;--",
  "\u202e",
  "\r\nset-cookie: x=1",
  canary,
];

const set = (draft: Draft, text: string, result: boolean): boolean => {
  draft.text = text;
  return result;
};

const oddNames = (chance: Chance) =>
  chance.oneOf([canary, "__proto__", "constructor", "prototype", "toString", "hasOwnProperty", " name", "", "\u202e"]);

export const inBody: Mutation[] = [
  {
    name: "body: another kind of value",
    order: 50,
    fits: (s) => takesBody(s) && leavesOf(bodyOf(s)).length > 0,
    apply(draft, setting) {
      const [pointer, value] = setting.chance.oneOf(leavesOf(bodyOf(setting)));
      return set(draft, replaced(bodyOf(setting), pointer, setting.chance.oneOf(wrongFor(pointer, value))), true);
    },
  },
  {
    name: "body: unknown field",
    order: 50,
    fits: takesBody,
    apply(draft, setting) {
      const places: string[] = [];
      walk(
        bodyOf(setting),
        "",
        (value, pointer) =>
          void (typeof value === "object" && value !== null && !Array.isArray(value) && named.test(pointer) && places.push(pointer)),
      );
      const at = setting.chance.oneOf(places);
      const whole = at
        .split("/")
        .slice(1)
        .reduce((value: unknown, part) => (value as Members)[part], bodyOf(setting)) as Members;
      const member = `${JSON.stringify(oddNames(setting.chance))}:${setting.chance.oneOf([`"${canary}"`, "1", "{}", "[]"])}`;
      const text = JSON.stringify(whole).replace(/^\{/, Object.keys(whole).length > 0 ? `{${member},` : `{${member}`);
      return set(draft, at === "" ? text : replaced(bodyOf(setting), at, text), true);
    },
  },
  {
    name: "body: field missing",
    order: 50,
    fits: ({ routeKey }) => (examples[routeKey]?.required.length ?? 0) > 0,
    apply(draft, { routeKey, chance }) {
      const { body, required } = examples[routeKey] as { body: Members; required: readonly string[] };
      const name = chance.oneOf(required);
      return set(draft, JSON.stringify(chance.onceIn(2) ? { ...body, [name]: null } : { ...body, [name]: undefined }), true);
    },
  },
  {
    name: "body: harmful text",
    order: 50,
    fits: (s) => takesBody(s) && leavesOf(bodyOf(s)).some(([, value]) => typeof value === "string"),
    apply(draft, setting) {
      const texts = leavesOf(bodyOf(setting)).filter(([, value]) => typeof value === "string");
      return set(draft, replaced(bodyOf(setting), setting.chance.oneOf(texts)[0], JSON.stringify(setting.chance.oneOf(textsThatMeanHarm))), false);
    },
  },
];
