/** What is done to a body as a text or as bytes: it is no JSON any more, not what it says it is, or too much of it. */
import { examples } from "./examples.ts";
import type { Mutation } from "./mutations.ts";
import { canary, type Draft, type Setting } from "./parts.ts";

const takesBody = ({ routeKey }: Setting) => examples[routeKey] !== undefined;
const withMember = (text: string, member: string) => text.replace(/^\{/, /^\{\}$/.test(text) ? `{${member}` : `{${member},`);
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

/** It must be refused, and takes the place of what else was done to the body. */
function ruined(name: string, change: (text: string, setting: Setting) => string, rare?: number): Mutation {
  return {
    name: `body: ${name}`,
    order: 50,
    ...(rare === undefined ? {} : { rare }),
    fits: takesBody,
    apply(draft: Draft, setting: Setting) {
      draft.text = change(draft.text, setting);
      return true;
    },
  };
}

export const roundBody: Mutation[] = [
  ruined("cut off", (text, { chance }) => text.slice(0, chance.between(1, text.length - 1))),
  ruined("followed by junk", (text, { chance }) => text + chance.oneOf(["}", "x", ",", text, "\u0001"])),
  ruined("no JSON", (_, { chance }) => chance.oneOf(["{kind: error}", canary, "NaN", "undefined", "'x'", "<xml/>", "\u0001"])),
  ruined("no object", (text, { chance }) => chance.oneOf(["null", "-0", "1e21", '"x"', "true", `[${text}]`, `"${canary}"`])),
  ruined("NaN", (text) => withMember(text, '"x":NaN')),
  ruined("byte order mark", (text) => `\ufeff${text}`),
  ruined("NUL", (text, { chance }) => chance.oneOf([`${text}\u0000`, withMember(text, '"x":"\\u0000"')])),
  ruined("half a surrogate pair", (text, { chance }) => withMember(text, chance.oneOf(['"x":"\ud800"', '"x":"\\ud800"', '"\\udfff":1']))),
  ruined("one name twice", (text) => withMember(text, `"${canary}":1,"${canary}":2`)),
  ruined("nests too deep", (text, { chance }) => withMember(text, `"x":${deep(chance.oneOf([32, 33, 100]))}`)),
  ruined("nests 50,000 deep", (text) => withMember(text, `"x":${deep(50_000)}`), 60),
  ruined("an array of 100,000", (text) => withMember(text, `"x":[${"0,".repeat(100_000)}0]`), 60),
  ruined("more than a mebibyte", (text) => withMember(text, `"x":"${"x".repeat(1_048_576)}"`), 200),
  {
    name: "body: another kind of content",
    order: 51,
    fits: takesBody,
    apply(draft, { chance }) {
      draft.headers["content-type"] = chance.oneOf([
        "text/plain",
        "application/json; charset=utf-16",
        "application/json, text/html",
        "multipart/form-data",
        "application/jsonp",
        canary,
        "",
      ]);
      return draft.text !== "";
    },
  },
  {
    name: "body: base64 that is none",
    order: 52,
    fits: takesBody,
    apply(draft, { chance }) {
      draft.isBase64 = true;
      draft.text = chance.oneOf([
        "====",
        "a",
        "%%%%",
        "{}{}",
        Buffer.from([0xff, 0xfe, 0x7b]).toString("base64"),
        Buffer.from([0xc0, 0x80]).toString("base64"),
      ]);
      return true;
    },
  },
  {
    name: "body: base64",
    order: 53,
    fits: takesBody,
    apply(draft) {
      if (!draft.isBase64) draft.text = Buffer.from(draft.text, "utf8").toString("base64");
      draft.isBase64 = true;
      return false;
    },
  },
];
