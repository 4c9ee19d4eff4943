/** Which cover ends, on which day, and until when it can be brought back: by line, by contract, and by what else covers the license. */
import { describe, expect, test } from "vitest";
import { lifeOf } from "../../../domain/contract-life.ts";
import type { Dossier, HeldContract } from "../../../domain/facts.ts";
import { nonRenewalsOn } from "../../../domain/notice-rulings.ts";
import { deadlinesOf } from "../../../domain/questions/deadlines.ts";
import { lapses } from "../../../domain/questions/deadlines-of-lapses.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { chf, contract, license } from "../conditions/asked.ts";
import type { PolicyText } from "./asked.ts";
import { ending, seller, sold } from "./quotable.ts";

/** `day kind key`, of what ends and what can be brought back. */
const said = (facts: KnownFacts, today = "2026-11-22") =>
  deadlinesOf(facts, { date: today })
    .filter(({ kind, contractId }) => (kind === "lapse" || kind === "reinstatement-window") && contractId === "c-1")
    .map(({ on, key }) => `${on} ${key}`);
const whatOf = (facts: KnownFacts) => deadlinesOf(facts, { date: "2026-11-22" }).find(({ kind }) => kind === "lapse")?.what;

const lapse = "2027-01-01 lapse/c-1/2026-01-01";
const window = "2027-12-31 reinstatement-window/c-1/2026-01-01";
const known = (dossier: Partial<Dossier>) => sold({ known: ending, dossier });
const line = (licenseId: string, more: object = {}) => ({ licenseId, annualFee: chf("1000.00"), ...more });

describe("a contract that ends with 2026", () => {
  test("its first day without cover, and twelve months to bring it back", () => {
    expect(said(known({}))).toEqual([lapse, window]);
    expect(whatOf(known({}))).toBe("first day without cover under `c-1`");
  });
  test("with all licenses retired by then, or of none that is recorded", () => {
    expect(said(known({ licenses: [license("l-1", { retiredOn: "2027-01-01" })] }))).toEqual([lapse]);
    expect(said(known({ licenses: [license("l-1", { retiredOn: "2027-01-02" })] }))).toEqual([lapse, window]);
    expect(said(known({ licenses: [] }))).toEqual([lapse, window]);
  });
  test("none with another contract that covers the license on the day after, from then on or for a day", () => {
    const both = (firstDay: string, lastDay: string) =>
      known({ contracts: [contract("c-1", ["l-1"], ending), contract("c-2", ["l-1"], { ...ending, term: { firstDay, lastDay } })] });
    expect(said(both("2026-02-01", "2027-01-31"))).toEqual([]);
    expect(said(both("2026-01-02", "2027-01-01"))).toEqual([]);
    // A day too late.
    expect(said(both("2027-01-02", "2028-01-01"))).toEqual([lapse]);
    expect(said(both("2026-01-01", "2026-12-31"))).toEqual([lapse, window]);
  });
  test("with another that renews, so that its cover has no end", () => {
    expect(said(known({ contracts: [contract("c-1", ["l-1"], ending), contract("c-2", ["l-1"])] }))).toEqual([]);
  });
  test("without a line", () => {
    expect(said(known({ contracts: [contract("c-1", [], ending)] }))).toEqual([lapse, window]);
  });
  test("one without a line that renews ends in nothing", () => {
    expect(said(sold({ dossier: { contracts: [contract("c-1", [])] } }))).toEqual([]);
  });
  test("where the text brings back no kind more than another, or has no window", () => {
    const subscription = { licenses: [license("l-1", { kind: "subscription", termLastDay: "2026-12-31" })] };
    expect(said(known(subscription))).toEqual([lapse]);
    expect(said(sold({ policy: seller({ reinstatement: null }), known: ending, dossier: subscription }))).toEqual([lapse, window]);
    expect(said(sold({ policy: seller({ "reinstatement-window": null }), known: ending }))).toEqual([lapse]);
  });
});

describe("a subscription, which carries its own support while it runs", () => {
  const until = (termLastDay?: string) => ({ licenses: [license("l-1", { kind: "subscription" as const, ...(termLastDay && { termLastDay }) })] });
  test("beyond the contract: nothing lapses with that", () => {
    expect(said(known(until("2027-06-30")))).toEqual([]);
    expect(said(known(until("2027-01-01")))).toEqual([]);
    expect(said(known(until("2026-12-31")))).toEqual([lapse]);
  });
  test("until nobody knows when: the contract ends, and there is no window", () => expect(said(known(until()))).toEqual([lapse]));
  test("as one of two lines: only the other one is told of", () => {
    const dossier = { ...until("2027-06-30"), contracts: [contract("c-1", ["l-1", "l-2"], ending)] };
    const both = { ...dossier, licenses: [...dossier.licenses, license("l-2")] };
    expect(said(known(both))).toEqual([lapse, window]);
    const lines = [line("l-1", { coveredUntil: "2026-06-30" }), line("l-2")];
    expect(said(known({ ...both, contracts: [contract("c-1", [], { ...ending, lines })] }))).toEqual([lapse, window]);
  });
});

describe("where the text leaves open what follows the recorded term", () => {
  const cover = (entry: object) =>
    ({ clauses: [{ id: "2.1", says: "cover", conditions: [{ condition: "covered" as const, ...entry }] }] }) as PolicyText;
  const afterTerm = cover({ otherwise: "fail", afterTerm: "unknown" });
  const whats = (policy: PolicyText, ...lines: { licenseId: string }[]) => {
    const licenses = [license("l-1"), license("l-2")];
    return deadlinesOf(sold({ policy, dossier: { licenses, contracts: [contract("c-1", [], { lines: lines as HeldContract["lines"] })] } }), {
      date: "2026-11-22",
    }).map(({ on, what }) => `${on} ${what}`);
  };
  const open = ": what follows is in an agreement that is not part of the policy";

  test("no day is called one without cover", () => {
    expect(whats(afterTerm, line("l-1"))).toEqual([`2027-01-01 first day after the recorded term of \`c-1\`${open}`]);
  });
  test("but that after a line that ended before: each is said once", () => {
    const early = line("l-1", { coveredUntil: "2026-06-30" });
    expect(whats(afterTerm, early)).toEqual(["2026-07-01 first day without cover under `c-1`"]);
    expect(whats(afterTerm, early, line("l-2"))).toEqual([
      "2026-07-01 first day without cover of 1 of 2 licenses of `c-1`",
      `2027-01-01 first day after the recorded term of \`c-1\`${open}`,
    ]);
  });
  test("unless it leaves open what a license without a contract means: then neither is that", () => {
    const unknown = cover({ otherwise: "unknown" });
    const early = line("l-1", { coveredUntil: "2026-06-30" });
    expect(whats(unknown, early)).toEqual([`2026-07-01 first day after the recorded cover under \`c-1\`${open}`]);
    expect(whats(unknown, early, line("l-2"))).toEqual([
      `2026-07-01 first day after the recorded cover of 1 of 2 licenses of \`c-1\`${open}`,
      `2027-01-01 first day after the recorded term of \`c-1\`${open}`,
    ]);
  });
  test("nor where the parties agreed that nothing follows", () => {
    const contracts = [contract("c-1", ["l-1"], ending)];
    expect(whatOf(sold({ policy: afterTerm, dossier: { contracts } }))).toBe("first day without cover under `c-1`");
  });
});

describe("lines that end before the contract", () => {
  const licenses = ["l-1", "l-2", "l-3"].map((id) => license(id));
  const with3 = (...own: object[]) =>
    sold({ dossier: { licenses, contracts: [contract("c-1", [], { lines: ["l-1", "l-2", "l-3"].map((id, n) => line(id, own[n])) })] } });

  test("two on one day, while the third goes on: told together, with a window", () => {
    const facts = with3({}, { coveredUntil: "2026-06-30" }, { coveredUntil: "2026-06-30" });
    expect(said(facts)).toEqual(["2026-07-01 lapse/c-1/2026-01-01/2026-06-30", "2027-06-30 reinstatement-window/c-1/2026-01-01/2026-06-30"]);
    expect(whatOf(facts)).toBe("first day without cover of 2 of 3 licenses of `c-1`");
  });
  test("on two days: each for itself", () => {
    expect(said(with3({}, { coveredUntil: "2026-06-30" }, { coveredUntil: "2026-07-31" }))).toEqual([
      "2026-07-01 lapse/c-1/2026-01-01/2026-06-30",
      "2026-08-01 lapse/c-1/2026-01-01/2026-07-31",
      "2027-06-30 reinstatement-window/c-1/2026-01-01/2026-06-30",
      "2027-07-31 reinstatement-window/c-1/2026-01-01/2026-07-31",
    ]);
  });
  test("covered for a single day: it ended; taken off before its first: it ended nothing", () => {
    expect(said(with3({}, {}, { coveredFrom: "2026-06-30", coveredUntil: "2026-06-30" }))).toEqual([
      "2026-07-01 lapse/c-1/2026-01-01/2026-06-30",
      "2027-06-30 reinstatement-window/c-1/2026-01-01/2026-06-30",
    ]);
    expect(
      said(
        sold({
          dossier: {
            licenses: [license("l-1"), license("l-2", { deliveredOn: "2026-08-01" })],
            contracts: [contract("c-1", [], { lines: [line("l-1"), line("l-2", { coveredUntil: "2026-06-30" })] })],
          },
        }),
      ),
    ).toEqual([]);
  });
  test("of a license given up then: nothing is without cover", () => {
    const contracts = [contract("c-1", [], { lines: [line("l-1"), line("l-2", { coveredUntil: "2026-06-30" })] })];
    const facts = sold({ dossier: { licenses: [license("l-1"), license("l-2", { retiredOn: "2026-07-01" })], contracts } });
    const { ends } = nonRenewalsOn(facts, "2026-11-22");
    expect(lapses(facts, lifeOf(facts, contracts[0]!, "2026-11-22", ends), ends)).toEqual([]);
  });
});

describe("a lapse has the name of the term that it ends", () => {
  test("a later one, where a notice ended that", () => {
    const notices: Dossier["notices"] = [{ noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", receivedOn: "2027-03-01" }];
    expect(said(sold({ dossier: { notices } }), "2027-04-01")).toEqual([
      "2028-01-01 lapse/c-1/2027-01-01",
      "2028-12-31 reinstatement-window/c-1/2027-01-01",
    ]);
  });
  test("the recorded one, where all was taken off before the first", () => {
    const contracts = [contract("c-1", [], { ...ending, lines: [line("l-1", { coveredUntil: "2025-12-15" })] })];
    const licenses = [license("l-1", { deliveredOn: "2025-01-01" })];
    expect(said(sold({ dossier: { licenses, contracts } }), "2025-12-01")).toEqual([
      "2025-12-16 lapse/c-1/2026-01-01",
      "2026-12-15 reinstatement-window/c-1/2026-01-01",
    ]);
  });
});
