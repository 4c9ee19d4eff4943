/** What became of each line of a contract by the day on which cover is to begin again. */
import { describe, expect, test } from "vitest";
import { type CompiledPolicy, compile } from "../../../domain/compiled-policy.ts";
import type { Dossier, HeldContract, RecordedNotice } from "../../../domain/facts.ts";
import { nonRenewalsOn } from "../../../domain/notice-rulings.ts";
import { lapsesOf } from "../../../domain/questions/reinstatement-lapses.ts";
import { contract, license } from "../conditions/asked.ts";
import { type PolicyText, policyOf } from "./asked.ts";
import { ending, seller, sold } from "./quotable.ts";

interface Asked {
  reinstateOn?: string;
  known?: Partial<HeldContract>;
  dossier?: Partial<Dossier>;
  policy?: PolicyText;
  only?: string[];
}

const lapses = ({ reinstateOn = "2027-03-01", known = ending, dossier, policy = seller(), only }: Asked = {}) => {
  const facts = sold({ policy, known, ...(dossier === undefined ? {} : { dossier }) });
  const [held] = facts.dossier.contracts as [HeldContract];
  const about = { facts, contract: held, policy: compile(policyOf(policy)) as CompiledPolicy, day: "2027-01-15", reinstateOn, payOn: reinstateOn };
  return lapsesOf(about, nonRenewalsOn(facts, "2027-01-15").ends, ["perpetual"], only && new Set(only));
};
const states = (asked?: Asked) => lapses(asked).map(({ licenseId, state, why }) => `${licenseId} ${state}: ${why}`);
const notice: RecordedNotice = { noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", receivedOn: "2026-11-16" };

test("a lapse whole", () => {
  expect(lapses()).toEqual([
    {
      licenseId: "l-1",
      line: contract("c-1", ["l-1"]).lines[0],
      license: license("l-1"),
      state: "lapsed",
      lapsedOn: "2027-01-01",
      uncovered: [{ firstDay: "2027-01-01", lastDay: "2027-02-28" }],
      windowLastDay: "2027-12-31",
      why: "lapsed on 2027-01-01",
    },
  ]);
});

test("the window is as long as the text says, twelve months where it has none", () => {
  const window = (months: number | null) =>
    lapses({
      policy: seller({ "reinstatement-window": months === null ? null : { formula: "reinstatement-window", months, afterwards: "discretion" } }),
    })[0]?.windowLastDay;
  expect([window(6), window(24), window(null)]).toEqual(["2027-06-30", "2028-12-31", "2027-12-31"]);
});

describe("running", () => {
  test("renews, and has no first day without cover", () => {
    expect(lapses({ known: {} })).toMatchObject([{ state: "running", lapsedOn: "", windowLastDay: "", uncovered: [], why: "renews by itself" }]);
  });
  test("through the last covered day, unless a notice ends it", () => {
    expect(states({ reinstateOn: "2026-12-31" })).toEqual(["l-1 running: is covered through 2026-12-31"]);
    expect(states({ reinstateOn: "2027-01-01" })).toEqual(["l-1 lapsed: lapsed on 2027-01-01"]);
    const noticed = { known: {}, dossier: { notices: [notice] }, reinstateOn: "2026-12-31" };
    expect(states(noticed)).toEqual(["l-1 lapsed: lapsed on 2027-01-01"]);
    expect(lapses(noticed)[0]?.uncovered).toEqual([]);
  });
});

describe("excluded", () => {
  const held = (known: object) => ({ dossier: { licenses: [license("l-1", known)] } });
  test("of a kind that is not brought back", () => {
    expect(states(held({ kind: "subscription" }))).toEqual(["l-1 excluded: is of kind subscription"]);
  });
  test("no longer held on the day, held on the day before", () => {
    expect(states(held({ retiredOn: "2027-03-01" }))).toEqual(["l-1 excluded: is not held on 2027-03-01"]);
    expect(states(held({ retiredOn: "2027-03-02" }))).toEqual(["l-1 lapsed: lapsed on 2027-01-01"]);
  });
  test("not where nothing is recorded of it", () => {
    expect(states({ dossier: { licenses: [] } })).toEqual(["l-1 lapsed: lapsed on 2027-01-01"]);
    expect(lapses({ dossier: { licenses: [] } })[0]?.license).toBeUndefined();
  });
});

describe("covered elsewhere", () => {
  const beside = (firstDay: string, lastDay: string, known: Partial<HeldContract> = ending, reinstateOn = "2027-03-01") =>
    lapses({
      reinstateOn,
      dossier: { contracts: [contract("c-1", ["l-1"], ending), { ...contract("c-2", ["l-1"], { term: { firstDay, lastDay } }), ...known }] },
    });
  const state = (...of: Parameters<typeof beside>) => beside(...of)[0]?.why;

  test("on the day of reinstatement", () => {
    expect(state("2027-02-01", "2027-03-01")).toBe("is covered under contract `c-2`");
    expect(state("2027-02-01", "2027-02-28")).toBe("lapsed on 2027-01-01");
    expect(state("2026-06-01", "2026-12-31", {})).toBe("is covered under contract `c-2`");
    expect(beside("2027-02-01", "2027-03-01")[0]?.state).toBe("covered-elsewhere");
  });
  test("within the new term, through its last day", () => {
    expect(state("2028-02-29", "2028-12-31")).toBe("is covered under contract `c-2` from 2028-02-29 on, within the new term");
    expect(state("2028-03-01", "2028-12-31")).toBe("lapsed on 2027-01-01");
  });
  test("the new term begins after the old one, however early it is asked for", () => {
    const early = (firstDay: string, lastDay: string) =>
      states({
        reinstateOn: "2026-12-15",
        dossier: { contracts: [contract("c-1", ["l-1"]), contract("c-2", ["l-1"], { ...ending, term: { firstDay, lastDay } })], notices: [notice] },
      });
    expect(early("2026-12-01", "2026-12-31")).toEqual(["l-1 lapsed: lapsed on 2027-01-01"]);
    expect(early("2026-12-01", "2027-01-01")).toEqual(["l-1 covered-elsewhere: is covered under contract `c-2`"]);
    expect(early("2027-12-31", "2028-01-01")).toEqual([
      "l-1 covered-elsewhere: is covered under contract `c-2` from 2027-12-31 on, within the new term",
    ]);
    expect(early("2028-01-01", "2028-01-01")).toEqual(["l-1 lapsed: lapsed on 2027-01-01"]);
  });
});

describe("days without cover", () => {
  const around = (...terms: [firstDay: string, lastDay: string][]) =>
    lapses({
      dossier: {
        contracts: [
          contract("c-1", ["l-1"], ending),
          ...terms.map(([firstDay, lastDay], index) => contract(`c-${index + 2}`, ["l-1"], { ...ending, term: { firstDay, lastDay } })),
        ],
      },
    })[0]?.uncovered.map(({ firstDay, lastDay }) => `${firstDay}…${lastDay}`);

  test.each([
    ["before them", ["2026-06-01", "2026-12-31"], ["2027-01-01…2027-02-28"]],
    ["the first of them", ["2026-06-01", "2027-01-01"], ["2027-01-02…2027-02-28"]],
    ["in the middle", ["2027-01-10", "2027-01-10"], ["2027-01-01…2027-01-09", "2027-01-11…2027-02-28"]],
    ["the last of them", ["2027-02-28", "2027-02-28"], ["2027-01-01…2027-02-27"]],
    ["all of them", ["2027-01-01", "2027-02-28"], []],
    ["after the new term", ["2028-03-01", "2029-02-28"], ["2027-01-01…2027-02-28"]],
  ] as [string, [string, string], string[]][])("that another contract covered %s", (_, term, left) => {
    expect(around(term)).toEqual(left);
  });
  test("of two contracts beside it", () => {
    expect(around(["2027-01-10", "2027-01-19"], ["2027-02-01", "2027-02-28"])).toEqual(["2027-01-01…2027-01-09", "2027-01-20…2027-01-31"]);
  });
  test("that a cover without an end takes in from its beginning", () => {
    const other = { ...contract("c-2", ["l-1"], { term: { firstDay: "2027-02-01", lastDay: "2028-01-31" } }) };
    expect(lapses({ dossier: { contracts: [contract("c-1", ["l-1"], ending), other] } })[0]?.uncovered).toEqual([
      { firstDay: "2027-01-01", lastDay: "2027-01-31" },
    ]);
  });
  test("are none twice, nor fewer, beside a line that ended before its license was delivered (P19)", () => {
    const beside = (coveredFrom: string, coveredUntil: string) => {
      const lines = contract("c-2", ["l-1"]).lines.map((line) => ({ ...line, coveredFrom, coveredUntil }));
      return lapses({ dossier: { contracts: [contract("c-1", ["l-1"], ending), { ...contract("c-2", []), lines }] } })[0];
    };
    expect(beside("2027-02-02", "2027-01-31")?.uncovered).toEqual([{ firstDay: "2027-01-01", lastDay: "2027-02-28" }]);
    expect(beside("2027-01-20", "2027-01-20")?.uncovered).toHaveLength(2);
    expect(beside("2027-06-02", "2027-05-31")?.state).toBe("lapsed");
    expect(beside("2027-06-01", "2027-06-01")?.state).toBe("covered-elsewhere");
  });
  test("that were paid when the line was bought", () => {
    const paid = (paidThrough: string) => {
      const lines = contract("c-1", ["l-1"]).lines.map((line) => ({ ...line, paidThrough }));
      return lapses({ known: { ...ending, lines } })[0]?.uncovered;
    };
    expect(paid("2026-12-31")).toEqual([{ firstDay: "2027-01-01", lastDay: "2027-02-28" }]);
    expect(paid("2027-01-01")).toEqual([{ firstDay: "2027-01-02", lastDay: "2027-02-28" }]);
    expect(paid("2027-02-27")).toEqual([{ firstDay: "2027-02-28", lastDay: "2027-02-28" }]);
    expect(paid("2027-02-28")).toEqual([]);
  });
});

test("only the lines asked for", () => {
  const dossier = { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", ["l-1", "l-2"], ending)] };
  expect([states({ dossier }).length, states({ dossier, only: ["l-2"] })]).toEqual([2, ["l-2 lapsed: lapsed on 2027-01-01"]]);
});
