/** What a body may be, and what is refused before anything of it is believed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deepestNesting, mostBytes, mostItems, readBody } from "../../../functions/http/body.ts";
import { Problem } from "../../../functions/http/problem.ts";

const json = "application/json";

function read(body: string, contentType: string | undefined = json, isBase64Encoded = false): unknown {
  return readBody({ body, contentType, isBase64Encoded });
}

function refusal(act: () => unknown): { status: number; code: string; pointers: string[]; message: string } {
  try {
    const value = act();
    throw new Error(`not refused: ${JSON.stringify(value).slice(0, 100)}`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { status: error.status, code: error.code, pointers: error.errors.map(({ pointer }) => pointer), message: error.message };
  }
}

describe("a body that is fine", () => {
  test.each([
    ["an object", '{"a":1}', { a: 1 }],
    ["quotes, backslashes and braces in strings", String.raw`{"a\"}":"[[{\\","b":["\\\"",{"c":"]"}]}`, { 'a"}': "[[{\\", b: ['\\"', { c: "]" }] }],
    ["one name in different objects", '{"a":{"x":1},"b":{"x":2},"c":[{"x":3},{"x":4}]}', { a: { x: 1 }, b: { x: 2 }, c: [{ x: 3 }, { x: 4 }] }],
    ["a value that equals a name", '{"a":"b","b":"a"}', { a: "b", b: "a" }],
    ["characters outside the first plane", '{"a":"🜁"}', { a: "🜁" }],
    ["a name that only looks dangerous", '{"constructor":1}', { constructor: 1 }],
  ])("%s", (_, text, value) => {
    expect(read(text)).toEqual(value);
    expect(read(Buffer.from(text).toString("base64"), json, true)).toEqual(value);
  });

  test.each([json, "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"', "application/json ; charset=utf8"])("as %s", (type) => {
    expect(read("{}", type)).toEqual({});
  });

  test("no body is undefined, whatever its type", () => {
    expect(readBody({ body: undefined, contentType: "text/plain" })).toBeUndefined();
    expect(readBody({ body: "", contentType: undefined })).toBeUndefined();
  });

  test("any JSON object without null is read as JSON reads it", () => {
    const leaf = fc.oneof(
      fc.string({ unit: fc.constantFrom(..."aé漢🜁\u007f\u2028") }),
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\ab') }),
      fc.integer(),
      fc.boolean(),
    );
    const name = fc.string({ unit: fc.constantFrom(...'ab"\\{[,') });
    const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 4 }), fc.dictionary(name, leaf, { maxKeys: 4 }));
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 5 }), (object) => {
        const text = JSON.stringify(object);
        fc.pre(!text.includes("\\u0000"));
        expect(JSON.stringify(read(text))).toBe(text);
      }),
    );
  });
});

test("`null` equals absent, however deep it stands; in a list it is left, to be refused by the shape", () => {
  expect(read('{"a":null,"b":{"c":null,"d":[{"e":null,"f":1},null]}}')).toEqual({ b: { d: [{ f: 1 }, null] } });
  expect(read("null")).toBeNull();
});

describe("a body that is refused", () => {
  test.each([
    ["cut off", '{"a":', "malformed-json"],
    ["NaN", '{"a":NaN}', "malformed-json"],
    ["Infinity", '{"a":-Infinity}', "malformed-json"],
    ["a trailing comma", '{"a":1,}', "malformed-json"],
    ["single quotes", "{'a':1}", "malformed-json"],
    ["a comment", '{"a":1/*x*/}', "malformed-json"],
    ["two values", "{}{}", "malformed-json"],
    ["a raw line break in a string", '{"a":"\n"}', "malformed-json"],
    ["a leading zero", '{"a":01}', "malformed-json"],
    ["form data", "a=1&b=2", "malformed-json"],
    ["a byte order mark", "\ufeff{}", "malformed-body"],
    ["NUL", '{"a":"\u0000"}', "malformed-body"],
    ["half a surrogate pair", '{"a":"\ud800"}', "malformed-body"],
  ])("%s", (_, text, code) => {
    expect(refusal(() => read(text))).toMatchObject({ status: 400, code });
  });

  test("what is no JSON is told with its line and column", () => {
    expect(refusal(() => read('{"a": 1,\n  "b" 2}')).message).toBe("the body is not JSON: look at line 2, column 7");
    expect(refusal(() => read('{"a" 1}')).message).toBe("the body is not JSON: look at line 1, column 6");
  });

  test.each([
    ["an escaped NUL", String.raw`{"a":{"b":["x","\u0000"]}}`, ["/a/b/1"]],
    ["an escaped half of a surrogate pair", String.raw`{"a":"\udc00"}`, ["/a"]],
    ["a prototype as a name", '{"a":{"__proto__":{"x":1}}}', ["/a/__proto__"]],
    ["NUL in a name", String.raw`{"\u0000":1}`, ["/\u0000"]],
  ])("%s, with its place", (_, text, pointers) => {
    expect(refusal(() => read(text))).toMatchObject({ status: 400, code: "invalid-request", pointers });
  });

  test.each([
    ["at the top", '{"a":1,"a":2}', "/a"],
    ["with the same value", '{"a":1,"a":1}', "/a"],
    ["written in another way", String.raw`{"a":1,"\u0061":2}`, "/a"],
    ["deep in a list", '{"x":[0,{"y":{"a/b":1,"c":{},"a/b":2}}]}', "/x/1/y/a~1b"],
    ["as null", '{"a":1,"a":null}', "/a"],
    ["as a prototype", '{"__proto__":1,"__proto__":2}', "/__proto__"],
  ])("a name that occurs twice %s", (_, text, pointer) => {
    expect(refusal(() => read(text))).toMatchObject({ status: 400, code: "duplicate-key", pointers: [pointer] });
  });

  test.each([
    "text/plain",
    "application/xml",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
    "application/json;charset=iso-8859-1",
    undefined,
    "",
  ])("of type %s: 415, whatever it says", (type) => {
    expect(refusal(() => readBody({ body: "{}", contentType: type }))).toMatchObject({ status: 415, code: "unsupported-media-type" });
  });

  test.each(["not base64!", "e30", "e30==", "e3 0="])("as base64 that is none: %s", (text) => {
    expect(refusal(() => read(text, json, true))).toMatchObject({ status: 400, code: "malformed-body" });
  });

  test("bytes that are not UTF-8, and a byte order mark in bytes", () => {
    const utf16 = Buffer.from('{"a":1}', "utf16le");
    expect(refusal(() => read(Buffer.from([0x7b, 0xff, 0x7d]).toString("base64"), json, true)).code).toBe("malformed-body");
    expect(refusal(() => read(utf16.toString("base64"), json, true)).code).toBe("malformed-body");
    expect(refusal(() => read(Buffer.from("\ufeff{}").toString("base64"), json, true)).message).toMatch(/byte order mark/);
  });
});

describe("limits", () => {
  const ofLength = (bytes: number) => `{"a":"${"x".repeat(bytes - 8)}"}`;

  test("the last byte is inside, one more is not, in text and in base64", () => {
    expect(Buffer.byteLength(ofLength(mostBytes))).toBe(mostBytes);
    expect(read(ofLength(mostBytes))).toBeDefined();
    expect(read(Buffer.from(ofLength(mostBytes)).toString("base64"), json, true)).toBeDefined();
    expect(refusal(() => read(ofLength(mostBytes + 1)))).toMatchObject({ status: 413, code: "body-too-large" });
    expect(refusal(() => read(Buffer.from(ofLength(mostBytes + 1)).toString("base64"), json, true)).status).toBe(413);
  });

  test("bytes count, not characters", () => {
    expect(refusal(() => read(`{"a":"${"é".repeat(mostBytes / 2)}"}`)).status).toBe(413);
  });

  test("nesting: the deepest level is inside, one more is not", () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`;
    expect(read(nested(deepestNesting))).toBeDefined();
    expect(refusal(() => read(nested(deepestNesting + 1)))).toMatchObject({ status: 400, code: "nested-too-deep" });
    expect(refusal(() => read(`[${nested(deepestNesting)}]`)).code).toBe("nested-too-deep");
  });

  test("50,000 levels are refused before anything is parsed, closed or not", () => {
    expect(refusal(() => read("[".repeat(50_000) + "]".repeat(50_000))).code).toBe("nested-too-deep");
    expect(refusal(() => read('{"a":'.repeat(50_000))).code).toBe("nested-too-deep");
  });

  test("brackets in strings are no levels", () => {
    expect(read(JSON.stringify({ a: "[".repeat(1_000) }))).toBeDefined();
  });

  test("items of one array: the last one is inside, one more is not", () => {
    expect(read(`{"a":[${"0,".repeat(mostItems - 1)}0]}`)).toBeDefined();
    expect(refusal(() => read(`{"a":{"b":[${"0,".repeat(mostItems)}0]}}`))).toMatchObject({
      status: 400,
      code: "invalid-request",
      pointers: ["/a/b"],
    });
  });

  test("a megabyte of names, of backslashes, of quotes is read in no time", () => {
    const names = Array.from({ length: 70_000 }, (_, n) => `"n${n}":0`).join(",");
    const startedAt = performance.now();
    expect(read(`{${names}}`)).toBeDefined();
    expect(refusal(() => read(`{"a":"${"\\".repeat(1_000_001)}`)).code).toBe("malformed-json");
    expect(refusal(() => read('"'.repeat(1_000_000))).code).toBe("malformed-json");
    // Far above what it takes, far below what a quadratic reader would.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

test("no part of a body is in what is said of it", () => {
  expect(refusal(() => read('{"name":"Jane Meier" oops}')).message).not.toMatch(/Jane|oops/);
});
