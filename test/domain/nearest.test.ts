/** The hint for an id that is not on record. */
import { expect, test } from "vitest";
import { nearest } from "../../domain/nearest.ts";

const ids = ["qs-analyzer", "qs-designer", "dm-modeler", "p-1", "p-12"];

test.each([
  ["a letter changed", "qs-analyser", "qs-analyzer"],
  ["a letter left out", "qs-analyzr", "qs-analyzer"],
  ["a letter too many", "qs-analyzzer", "qs-analyzer"],
  ["two letters", "qs-desingr", "qs-designer"],
  ["three letters are another id", "qs-dsngr", null],
  ["of two, the nearer", "p-122", "p-12"],
  ["half of a short id changed is another id", "x-9", null],
  ["nothing like it", "spreadsheet", null],
])("%s: %s", (_, id, expected) => expect(nearest(id, ids)).toBe(expected));

test("nothing is near where nothing is", () => expect(nearest("p-1", [])).toBeNull());
