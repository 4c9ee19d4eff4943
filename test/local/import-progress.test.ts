/** How far an import is, as a terminal and as a log show it. */
import { expect, test } from "vitest";
import { progressLine } from "../../infra/import/progress.ts";

function shown(isTTY: boolean, steps: [rowsRead: number, rowsTotal: number | null, rowsDone: number][]): string {
  let text = "";
  const line = progressLine({ isTTY, write: (more) => (text += more) }, "committing");
  for (const [rowsRead, rowsTotal, rowsDone] of steps) line.show({ rowsRead, rowsTotal, rowsDone });
  line.end();
  return text;
}

test("a log gets a line while it waits, one while it reads, and one for each tenth", () => {
  const written = shown(false, [
    [0, null, 0],
    [0, null, 0],
    [12_000, null, 0],
    [54_000, null, 0],
    [100_000, 100_000, 0],
    [100_000, 100_000, 9_999],
    [100_000, 100_000, 10_000],
    [100_000, 100_000, 35_500],
    [100_000, 100_000, 100_000],
  ]);
  expect(written).toBe(
    [
      "committing: waiting for its turn",
      "committing: 12,000 rows read",
      "committing: 0 of 100,000 rows",
      "committing: 10,000 of 100,000 rows",
      "committing: 35,500 of 100,000 rows",
      "committing: 100,000 of 100,000 rows\n",
    ].join("\n"),
  );
});

test("a terminal gets one line that is drawn over and gone in the end", () => {
  const written = shown(true, [[200, 200, 100]]);
  expect(written).toBe(`\r\x1b[K${"█".repeat(15)}${"░".repeat(15)} committing: 100 of 200 rows\r\x1b[K`);
});

test("a file without rows is no division by zero", () => {
  expect(shown(false, [[0, 0, 0]])).toBe("committing: 0 of 0 rows\n");
});
