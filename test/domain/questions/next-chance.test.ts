/** By when notice can still be given: the term that it reaches from today on, under one contract or under several at once. */
import { describe, expect, test } from "vitest";
import { jointChance, nextChance } from "../../../domain/questions/next-chance.ts";
import { contract } from "../conditions/asked.ts";
import { year } from "./quotable.ts";

const calendarYear = contract("c-1", ["l-1"]);

describe("under one contract", () => {
  test("the last day is still in time; the day after, the next term's is", () => {
    const of2026 = { receivedBy: "2026-11-16", term: year(2026) };
    expect([nextChance(calendarYear, 45, "2026-01-01"), nextChance(calendarYear, 45, "2026-11-16")]).toEqual([of2026, of2026]);
    expect(nextChance(calendarYear, 45, "2026-11-17")).toEqual({ receivedBy: "2027-11-16", term: year(2027) });
  });
  test("before the contract begins, its first term", () => {
    expect(nextChance(calendarYear, 45, "2025-06-15")).toEqual({ receivedBy: "2026-11-16", term: year(2026) });
  });
});

describe("under several contracts at once", () => {
  /** From April to March: 45 days before 31 March is 14 February. */
  const fiscal = contract("c-2", ["l-2"], { term: { firstDay: "2026-04-01", lastDay: "2027-03-31" } });
  test("through the first of their last days, each in its own term", () => {
    expect(jointChance([calendarYear, fiscal], 45, "2026-11-16")).toEqual({ from: "2026-11-16", receivedBy: "2026-11-16", term: year(2026) });
    expect(jointChance([fiscal, calendarYear], 45, "2026-06-15")).toEqual({
      from: "2026-06-15",
      receivedBy: "2026-11-16",
      term: { firstDay: "2026-04-01", lastDay: "2027-03-31" },
    });
  });
  test("one term can be reached no more: from the day on which the next begins", () => {
    expect(jointChance([calendarYear, fiscal], 45, "2026-11-17")).toEqual({ from: "2027-01-01", receivedBy: "2027-02-14", term: year(2027) });
    expect(jointChance([calendarYear, fiscal], 45, "2027-02-14")).toEqual({ from: "2027-02-14", receivedBy: "2027-02-14", term: year(2027) });
    expect(jointChance([calendarYear, fiscal], 45, "2027-02-15")).toEqual({ from: "2027-04-01", receivedBy: "2027-11-16", term: year(2027) });
  });
  test("the days may be one single day", () => {
    // 89 days before 31 March 2027 is 1 January, with which the term over 2027 begins; 90 days before it is too early.
    expect(jointChance([calendarYear, fiscal], 89, "2026-10-04")).toEqual({ from: "2027-01-01", receivedBy: "2027-01-01", term: year(2027) });
    expect(jointChance([calendarYear, fiscal], 90, "2026-10-04")).toEqual({ from: "2027-04-01", receivedBy: "2027-10-02", term: year(2027) });
  });
  test("a contract that has not begun yet can be noticed all the same", () => {
    const ahead = contract("c-3", ["l-3"], { term: { firstDay: "2027-01-01", lastDay: "2027-12-31" } });
    expect(jointChance([ahead, calendarYear], 45, "2026-06-15")).toEqual({ from: "2026-06-15", receivedBy: "2026-11-16", term: year(2027) });
  });
  test("none where their last days never meet", () => {
    // Each can be noticed in the first two months of its term alone, and the terms begin half a year apart.
    const half = contract("c-2", ["l-2"], { term: { firstDay: "2025-07-01", lastDay: "2026-06-30" } });
    expect(jointChance([calendarYear, half], 300, "2026-01-15")).toBeNull();
  });
});
