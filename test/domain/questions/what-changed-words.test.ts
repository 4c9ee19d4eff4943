/** A change of the recorded facts in one sentence, for every sort of value that a fact may have. */
import { describe, expect, test } from "vitest";
import { emptyDossier } from "../../../domain/dossier.ts";
import { recordedSince } from "../../../domain/questions/what-changed-causes.ts";
import { withChanges } from "../../../domain/questions/what-changed-facts.ts";
import { describeFactChange } from "../../../domain/questions/what-changed-words.ts";

const path = "contracts/c-1";
const field = (before: unknown, after: unknown, part = "worth") => describeFactChange({ path, part, before, after });

test.each<[what: string, before: unknown, after: unknown, says: string]>([
  ["numbers", 5, 6, "was 5, now 6"],
  ["null, which equals absent", null, 0, "was not recorded, now 0"],
  ["yes and no", true, false, "was yes, now no"],
  ["a day and an instant, plain; other text in quotes", "2026-03-01", "on 2026-03-01", "was 2026-03-01, now `on 2026-03-01`"],
  ["what only looks like a day", "2026-03-1", "2026-03-01T10:00:00Z", "was `2026-03-1`, now 2026-03-01T10:00:00Z"],
  [
    "money, and what has more than an amount",
    { amount: "5.00", currency: "CHF" },
    { amount: "5.00", currency: "CHF", net: true },
    "was CHF 5.00, now as written there",
  ],
  ["three of a list, and four", ["a", "b", "c"], ["a", "b", "c", "d"], "was `a` and `b` and `c`, now 4"],
  ["a list of what is no text", [1, 2], [], "was 2, now none"],
  ["an object of one text, of one number, of nothing", { reseller: "Resell" }, { net: 1 }, "was reseller `Resell`, now as written there"],
  ["what has a first day and no last", { firstDay: "2026-01-01", net: 1 }, { lastDay: "2026-01-01", net: 1 }, "changed"],
  ["an empty object", {}, 1, "was as written there, now 1"],
])("a field: %s", (_, before, after, says) => expect(field(before, after)).toBe(`contract \`c-1\`: worth ${says}`));

describe("a fact", () => {
  const added = (value: object) => describeFactChange({ path, part: null, before: undefined, after: value });
  const eight = Object.fromEntries(Array.from("abcdefgh", (name, n) => [name, n]));

  test("with eight details, and with one more", () => {
    const told = "contract `c-1` added: a 0, b 1, c 2, d 3, e 4, f 5, g 6, h 7";
    expect(added(eight)).toBe(told);
    expect(added({ ...eight, i: 8 })).toBe(`${told}, …`);
  });
  test("of a sort that has no name of its own, with and without an id", () => {
    expect(describeFactChange({ path: "things/t-1", part: null, before: {}, after: undefined })).toBe("things `t-1` taken back");
    expect(describeFactChange({ path: "thing", part: null, before: undefined, after: {} })).toBe("thing added");
  });
  test("the account, which has no id; a list as a whole", () => {
    expect(describeFactChange({ path: "account", part: "region", before: "eu", after: "us" })).toBe("account: region was `eu`, now `us`");
    expect(field(["a"], ["b"], "lines")).toBe("contract `c-1`: lines was `a`, now `b`");
  });
});

test("a whole fact came when it was first written, and went with its account alone", () => {
  const change = { path, part: null, before: undefined, after: {} };
  const wrote = (recordedAt: number, at: string, value: object | null) => ({ path: at, value, recordedAt });
  expect(recordedSince(change, [wrote(10, "contracts/c-2", {}), wrote(20, path, {}), wrote(30, path, { a: 1 })])).toBe(20);
  expect(recordedSince(change, [wrote(10, path, {}), wrote(20, "account", {}), wrote(30, "contracts/c-2", null)])).toBe(10);
  expect(recordedSince(change, [wrote(10, path, {}), wrote(20, "account", null), wrote(30, path, {})])).toBe(30);
});

test("facts that a change brings are in the order of their ids; a list that none touches is the very same", () => {
  const dossier = { ...emptyDossier("acme", { name: "Acme" }), premises: [{ premisesId: "b", name: "b", region: "apac" as const }] };
  const catalog = { products: [], priceLists: [], policies: [] };
  const brought = (id: string) => ({ path: `premises/${id}`, part: null, before: undefined, after: { name: id, region: "apac" } });
  const after = withChanges({ dossier, catalog }, [brought("c"), brought("a")], "after");
  expect(after.dossier.premises.map(({ premisesId }) => premisesId)).toEqual(["a", "b", "c"]);
  expect(after.catalog).toBe(catalog);
  expect(after.dossier.licenses).toBe(dossier.licenses);
  expect(after.dossier.account).toBe(dossier.account);
});
