/** What falls due for an account, and when: each day worked by hand from the clause. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyDossier } from "../../../domain/dossier.ts";
import { contract as contractShape, license, notice, product } from "../../../domain/facts.ts";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import { deadlinesOf } from "../../../domain/questions/deadlines.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { addDays, addMonths, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import { seller, sold } from "./quotable.ts";

const fee = { amount: "1000.00", currency: "CHF" };
const term2026 = { firstDay: "2026-01-01", lastDay: "2026-12-31" };

interface Given {
  contract?: object;
  contracts?: Record<string, object>;
  notices?: object[];
  licenses?: Record<string, object>;
  quotes?: object[];
}

function facts({ contract = {}, contracts = { "c-1": contract }, notices = [], licenses = {}, quotes = [] }: Given): KnownFacts {
  const held = { "l-1": {}, ...licenses };
  const dossier = {
    ...emptyDossier("acme", { name: "Acme AG" }),
    licenses: Object.entries(held).map(([licenseId, own]) => ({
      licenseId,
      ...license.parse({ productId: "qs", kind: "perpetual", seats: 1, deliveredOn: "2020-01-01", ...own }),
    })),
    contracts: Object.entries(contracts).map(([contractId, own]) => ({
      contractId,
      ...contractShape.parse({
        policyId: "ebiexperts-support",
        program: "enterprise",
        currency: "CHF",
        term: term2026,
        soldBy: "direct",
        lines: [{ licenseId: "l-1", annualFee: fee }],
        ...own,
      }),
    })),
    notices: notices.map((own, n) => ({ noticeId: `ntc_${n}`, contractId: "c-1", ...notice.parse({ kind: "non-renewal", form: "email", ...own }) })),
    quotes,
  };
  const named = (productId: string, productLine: string) => ({ productId, ...product.parse({ name: productId, productLine, kind: "software" }) });
  const catalog = { products: [named("cad", "CAD"), named("qs", "QS")], priceLists: [], policies: [] };
  return { dossier, catalog, policies: shippedPolicies } as KnownFacts;
}

const on = (date: CalendarDate) => ({ date });
/** `day kind clause`, in order. */
const said = (given: Given, today: CalendarDate) => deadlinesOf(facts(given), on(today)).map(({ on, kind, clause }) => `${on} ${kind} ${clause}`);

describe("Ebiexperts: a term that renews", () => {
  test("term 2026: increase by 1 November (a Sunday, safe on Friday), notice by 16 November, renewal on 1 January; then the next terms", () => {
    const found = deadlinesOf(facts({}), on("2026-11-22"));
    expect(found.map(({ on, kind, clause, safeOn }) => [on, kind, clause, safeOn])).toEqual([
      ["2026-11-01", "price-notice-window", "7.6", "2026-10-30"],
      ["2026-11-16", "non-renewal-window", "7.2", "2026-11-16"],
      ["2027-01-01", "renewal", "7.2", null],
      ["2027-11-01", "price-notice-window", "7.6", "2027-11-01"],
      ["2027-11-16", "non-renewal-window", "7.2", "2027-11-16"],
      ["2028-01-01", "renewal", "7.2", null],
      ["2028-11-01", "price-notice-window", "7.6", "2028-11-01"],
      ["2028-11-16", "non-renewal-window", "7.2", "2028-11-16"],
      ["2029-01-01", "renewal", "7.2", null],
      ["2029-11-01", "price-notice-window", "7.6", "2029-11-01"],
      ["2029-11-16", "non-renewal-window", "7.2", "2029-11-16"],
    ]);
    expect(found[1]).toEqual({
      key: "non-renewal-window/c-1/2026-01-01",
      kind: "non-renewal-window",
      on: "2026-11-16",
      at: null,
      timeZone: "Europe/Zurich",
      policyId: "ebiexperts-support",
      accountId: "acme",
      accountName: "Acme AG",
      contractId: "c-1",
      clause: "7.2",
      what: "last day on which a notice of non-renewal of `c-1` is in time for the term 2026-01-01 to 2026-12-31",
      safeOn: "2026-11-16",
      term: term2026,
    });
    expect(found[2]).toMatchObject({ term: { firstDay: "2027-01-01", lastDay: "2027-12-31" }, key: "renewal/c-1/2027-01-01" });
  });

  test("anchored on 29 February: days follow the terms, which come back to it", () => {
    const contract = { anchorOn: "2024-02-29", term: { firstDay: "2024-02-29", lastDay: "2025-02-27" } };
    expect(said({ contract }, "2026-03-10")).toEqual([
      "2025-12-29 price-notice-window 7.6",
      "2026-01-13 non-renewal-window 7.2",
      "2026-02-28 renewal 7.2",
      "2026-12-29 price-notice-window 7.6",
      "2027-01-13 non-renewal-window 7.2",
      "2027-02-28 renewal 7.2",
      "2027-12-30 price-notice-window 7.6",
      "2028-01-14 non-renewal-window 7.2",
      "2028-02-29 renewal 7.2",
      "2028-12-29 price-notice-window 7.6",
      "2029-01-13 non-renewal-window 7.2",
      "2029-02-28 renewal 7.2",
    ]);
  });

  test("a first term of 36 months: its own end, then twelve months at a time", () => {
    const contract = { term: { firstDay: "2024-04-01", lastDay: "2027-03-31" } };
    expect(said({ contract }, "2026-11-22")).toEqual([
      "2027-01-30 price-notice-window 7.6",
      "2027-02-14 non-renewal-window 7.2",
      "2027-04-01 renewal 7.2",
      "2028-01-31 price-notice-window 7.6",
      "2028-02-15 non-renewal-window 7.2",
      "2028-04-01 renewal 7.2",
      "2029-01-30 price-notice-window 7.6",
      "2029-02-14 non-renewal-window 7.2",
      "2029-04-01 renewal 7.2",
    ]);
  });

  test("a contract that has not begun has the deadlines of its first terms; nothing lies before it", () => {
    expect(said({ contract: { term: { firstDay: "2027-06-01", lastDay: "2028-05-31" } } }, "2026-11-22")).toEqual([
      "2028-04-01 price-notice-window 7.6",
      "2028-04-16 non-renewal-window 7.2",
      "2028-06-01 renewal 7.2",
      "2029-04-01 price-notice-window 7.6",
      "2029-04-16 non-renewal-window 7.2",
      "2029-06-01 renewal 7.2",
    ]);
  });

  test("what happened before the recorded term is not among the facts", () => {
    expect(said({ contract: { anchorOn: "2020-01-01" } }, "2026-01-02")[0]).toBe("2026-11-01 price-notice-window 7.6");
  });

  test("without a cap there is no day by which an increase must be announced", () => {
    const kinds = deadlinesOf(sold({ policy: seller({ "price-cap": null }) }), on("2026-11-22")).map(({ kind }) => kind);
    expect([...new Set(kinds)]).toEqual(["non-renewal-window", "renewal"]);
  });

  test("a term that begins on the first day of the list is in it", () => {
    expect(said({}, "2028-01-01")[0]).toBe("2027-01-01 renewal 7.2");
    expect(said({}, "2028-01-02")[0]).toBe("2027-11-01 price-notice-window 7.6");
  });

  test("the list reaches from twelve months back, that day included, to 36 ahead, that day included", () => {
    const days = (today: CalendarDate) => deadlinesOf(facts({}), on(today)).map((one) => one.on);
    expect(days("2027-11-01")[0]).toBe("2026-11-01");
    expect(days("2027-11-02")[0]).toBe("2026-11-16");
    expect(days("2025-11-16").at(-1)).toBe("2028-11-16");
    expect(days("2025-11-15").at(-1)).toBe("2028-11-01");
  });
});

describe("Ebiexperts: notices (7.2) and reinstatement (7.3 i)", () => {
  test("a notice in time takes the renewal away, its windows with it, and adds the lapse and the window to reinstate", () => {
    expect(said({ notices: [{ receivedOn: "2026-11-16" }] }, "2026-11-22")).toEqual([
      "2027-01-01 lapse 7.2",
      "2027-12-31 reinstatement-window 7.3(i)",
    ]);
  });

  test("a day later it is late, and nothing changes", () => {
    expect(said({ notices: [{ receivedOn: "2026-11-17" }] }, "2026-11-22")).toEqual(said({}, "2026-11-22"));
  });

  test("a notice that is recorded for a day to come has no effect until that day", () => {
    const given = { notices: [{ receivedOn: "2026-11-16" }] };
    expect(said(given, "2026-11-15")).toEqual(said({}, "2026-11-15"));
    expect(said(given, "2026-11-16")[0]).toBe("2027-01-01 lapse 7.2");
  });

  test("a notice for one of two product lines ends that one's cover alone; the contract goes on", () => {
    const given = {
      contract: { lines: ["l-1", "l-2"].map((licenseId) => ({ licenseId, annualFee: fee })) },
      licenses: { "l-2": { productId: "cad" } },
      notices: [{ receivedOn: "2026-11-16", licenseIds: ["l-2"] }],
    };
    const found = deadlinesOf(facts(given), on("2026-11-22"));
    expect(found.map(({ kind }) => kind)).toContain("renewal");
    const lapse = found.find(({ kind }) => kind === "lapse");
    expect(lapse).toMatchObject({
      on: "2027-01-01",
      key: "lapse/c-1/2026-01-01/2026-12-31",
      what: "first day without cover of 1 of 2 licenses of `c-1`",
    });
  });

  test("what another contract covers from then on has not lapsed: no window, though the contract itself has ended", () => {
    const second = { term: { firstDay: "2027-03-01", lastDay: "2028-02-29" } };
    const given = { contracts: { "c-1": {}, "c-2": second }, notices: [{ receivedOn: "2026-11-16" }] };
    const of = (today: CalendarDate) => deadlinesOf(facts(given), on(today)).filter(({ contractId }) => contractId === "c-1");
    expect(of("2026-11-22").map(({ kind }) => kind)).toEqual(["lapse"]);
  });

  test("only perpetual licenses are reinstated (7.1, 7.3)", () => {
    const given = { licenses: { "l-1": { kind: "subscription" } }, notices: [{ receivedOn: "2026-11-16" }] };
    expect(said(given, "2026-11-22")).toEqual(["2027-01-01 lapse 2.1"]);
  });

  test("where the parties agreed that it does not renew, it lapses", () => {
    expect(said({ contract: { settings: { autoRenew: false } } }, "2026-11-22")).toEqual([
      "2027-01-01 lapse 2.1",
      "2027-12-31 reinstatement-window 7.3(i)",
    ]);
  });
});

describe("other policies do not renew by themselves", () => {
  test("Ensim lapses with the recorded term; a year later the licenses are to be bought again; no zone is stated", () => {
    const contract = { policyId: "ensim-support", program: "24x7" };
    const found = deadlinesOf(facts({ contract }), on("2026-11-22"));
    expect(found.map(({ on, kind, clause, timeZone }) => [on, kind, clause, timeZone])).toEqual([
      ["2027-01-01", "lapse", "eligibility.product", null],
      ["2027-12-31", "reinstatement-window", "reinstatement.repurchase", null],
    ]);
    expect(found[1]?.what).toContain("afterwards the licenses are to be bought again");
  });

  test.each(["psigen-support", "wolfram-enterprise-support", "essensys-customer-success"])("%s: what follows the term is not guessed", (policyId) => {
    const program = shippedPolicies.get(policyId)?.[0]?.programs[0] ?? "standard";
    const found = deadlinesOf(facts({ contract: { policyId, program } }), on("2026-11-22"));
    expect(found.map(({ on, kind }) => [on, kind])).toEqual([["2027-01-01", "lapse"]]);
    expect(found[0]?.what).toContain("what follows is in an agreement that is not part of the policy");
  });
});

describe("offers, obligations, calendars", () => {
  const offer = { quoteId: "qt_1", kind: "reinstatement", contractId: "c-1", payBy: "2026-12-31" };
  const expiries = (quotes: object[]) => deadlinesOf(facts({ quotes }), on("2026-11-22")).filter(({ kind }) => kind === "quote-expiry");

  test("an open offer expires on its last day to pay; one that is accepted, void or without such a day does not", () => {
    expect(expiries([offer])).toMatchObject([{ key: "quote-expiry/qt_1", on: "2026-12-31", clause: "7.3(i)", contractId: "c-1", term: null }]);
    const { payBy: _, ...undated } = offer;
    expect(expiries([{ ...offer, acceptedPaidOn: "2026-11-20" }, { ...offer, voidedAt: "2026-11-20T08:00:00Z" }, undated])).toEqual([]);
  });

  test("only the offer of a reinstatement has its day from the window's clause", () => {
    expect(expiries([{ ...offer, kind: "renewal" }])).toMatchObject([{ on: "2026-12-31", clause: null, contractId: "c-1" }]);
  });

  test("an offer under a contract that was taken back still expires", () => {
    expect(expiries([{ ...offer, contractId: "gone" }])).toMatchObject([{ on: "2026-12-31", contractId: null, policyId: null, clause: null }]);
  });

  test("an obligation falls due at an instant, on the local day of the policy", () => {
    const due = { key: "case-1", contractId: "c-1", what: "phone the case in", clause: "3.1.4", dueAt: Date.parse("2026-11-22T23:15:00Z") };
    const found = deadlinesOf(facts({}), { instant: Date.parse("2026-11-22T22:00:00Z") }, [due]).filter(({ kind }) => kind === "obligation");
    expect(found).toMatchObject([{ on: "2026-11-23", at: "2026-11-22T23:15:00Z", what: "phone the case in", clause: "3.1.4", contractId: "c-1" }]);
  });

  test("agreed holidays run out with their last year; the policy's own in 2040, once for all contracts", () => {
    const holidays = { firstYear: 2026, lastYear: 2027, dates: ["2026-12-25"] };
    const ends = (given: Given, today: CalendarDate) => deadlinesOf(facts(given), on(today)).filter(({ kind }) => kind === "calendar-end");
    expect(ends({ contract: { settings: { calendars: { "standard-business-hours": { holidays } } } } }, "2026-11-22")).toMatchObject([
      { key: "calendar-end/c-1/standard-business-hours", on: "2027-12-31", contractId: "c-1", clause: "3.1.4" },
    ]);
    expect(ends({}, "2026-11-22")).toEqual([]);
    expect(ends({ contracts: { "c-1": {}, "c-2": {} } }, "2039-06-01")).toMatchObject([
      { key: "calendar-end/ebiexperts-support/standard-business-hours", on: "2040-12-31", contractId: null },
    ]);
  });
});

test("as days pass, no deadline of an untouched contract changes while it is in reach", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 1, max: 300 }), fc.boolean(), (offset, days, noticed) => {
      const known = facts(noticed ? { notices: [{ receivedOn: "2026-11-16" }] } : {});
      const [today, later] = [addDays("2026-11-16", offset), addDays("2026-11-16", offset + days)];
      const inBoth = (one: { on: CalendarDate }) => one.on >= addMonths(later, -12) && one.on <= addMonths(today, 36);
      const before = deadlinesOf(known, on(today)).filter(inBoth);
      expect(deadlinesOf(known, on(later)).filter(inBoth)).toEqual(before);
      if (!noticed) expect(before.length).toBeGreaterThanOrEqual(3);
    }),
  );
});
