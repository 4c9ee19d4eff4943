/** Listing what becomes of many rows: in the order of the lines, in pages, by outcome. */
import { beforeAll, expect, test } from "vitest";
import { type Service, startService } from "../http/service.ts";
import { csv, line, preview, rowsOf } from "./files.ts";

let service: Service;
let id: string;
/** 12 500 rows of five accounts, so that they are kept in two places. */
const rows = 12_500;
beforeAll(async () => {
  service = await startService();
  const all = Array.from({ length: rows }, (_, n) => ({
    ...line,
    accountId: `a-${n % 5}`,
    contractId: `c-${n}`,
    licenseId: `l-${n}`,
    seats: n === 3 || n === 9_997 || n === 9_998 || n === 12_499 ? "x" : "1",
  }));
  id = (await preview(service, csv(all))).id;
});

test("all rows come once, in the order of their lines", async () => {
  const lines = (await rowsOf(service, id)).map(({ line }) => line);
  expect(lines).toEqual(Array.from({ length: rows }, (_, n) => n + 2));
});

test("those of one outcome are found wherever they are, a page at a time", async () => {
  const target = `/v1/imports/${id}/rows?outcome=rejected&limit=2`;
  const first = (await service.send("GET", target)).body;
  expect(first.items.map(({ line }: { line: number }) => line)).toEqual([5, 9_999]);
  const second = (await service.send("GET", `${target}&cursor=${first.nextCursor}`)).body;
  expect(second.items.map(({ line }: { line: number }) => line)).toEqual([10_000, 12_501]);
  expect(second.nextCursor).toBeNull();
  expect((await service.send("GET", `/v1/imports/${id}/rows?outcome=created&cursor=${first.nextCursor}`)).body.code).toBe("invalid-cursor");
  expect(await rowsOf(service, id, "&outcome=updated")).toEqual([]);
  expect((await service.send("GET", `/v1/imports/${id}/rows?outcome=lost`)).body).toMatchObject({ status: 400, errors: [{ pointer: "/outcome" }] });
});
