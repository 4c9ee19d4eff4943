import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, isInstant, parseInstant } from "../../../domain/time/instant.ts";

describe("instants", () => {
  test.each([
    ["1970-01-01T00:00:00Z", 0],
    ["2026-03-02T16:30:00Z", Date.UTC(2026, 2, 2, 16, 30)],
    ["2026-03-02T16:30:00.5Z", Date.UTC(2026, 2, 2, 16, 30, 0, 500)],
    ["2026-03-02T23:59:59.999Z", Date.UTC(2026, 2, 2, 23, 59, 59, 999)],
    ["2026-03-02T23:59:59.999999999Z", Date.UTC(2026, 2, 2, 23, 59, 59, 999)],
    ["1969-12-31T23:59:59.001Z", -999],
  ])("%s", (text, ms) => expect(parseInstant(text)).toBe(ms));

  test.each([
    "2025-02-30T00:00:00Z",
    "2026-03-02T24:00:00Z",
    "2026-03-02T16:60:00Z",
    "2026-03-02T16:30:60Z",
    "2026-03-02T16:30:00",
    "2026-03-02T16:30:00+01:00",
    "2026-03-02t16:30:00z",
    "2026-03-02 16:30:00Z",
    "2026-03-02",
    "2026-03-02T16:30Z",
    "2026-03-02T16:30:00.Z",
    "2026-03-02T16:30:00Z\n",
    "0999-01-01T00:00:00Z",
    "+275760-09-13T00:00:00Z",
    "",
  ])("not %j", (text) => {
    expect(isInstant(text)).toBe(false);
    expect(() => parseInstant(text)).toThrow(RangeError);
  });

  test("are written as Date writes them, less milliseconds that are zero, and read back", () =>
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1000), max: Date.UTC(9000) }), fc.boolean(), (ms, whole) => {
        const instant = whole ? ms - (((ms % 1000) + 1000) % 1000) : ms;
        expect(formatInstant(instant)).toBe(new Date(instant).toISOString().replace(".000Z", "Z"));
        expect(parseInstant(formatInstant(instant))).toBe(instant);
      }),
    ));

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e18])("%s cannot be written", (ms) => expect(() => formatInstant(ms)).toThrow(RangeError));
});
