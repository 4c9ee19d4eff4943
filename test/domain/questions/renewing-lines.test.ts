/** Which lines of a contract renew: perpetual licenses that are still held (Ebiexperts 7.1, 7.2), each from its first covered day. */
import { describe, expect, test } from "vitest";
import { contradictionsOf } from "../../../domain/contradictions.ts";
import type { Dossier, HeldContract, HeldLicense, RecordedNotice } from "../../../domain/facts.ts";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import { ruleNotice } from "../../../domain/questions/notice.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { quoteRenewal } from "../../../domain/questions/renewal-quote.ts";
import { chf, contract, license } from "../conditions/asked.ts";
import { factsOf } from "./asked.ts";

const perpetual = license("l-1", { deliveredOn: "2026-01-01" });
const subscribed = (termLastDay: string) => license("s-1", { kind: "subscription", deliveredOn: "2026-01-01", termLastDay });
const under = (lines: Record<string, string>, more: Partial<HeldContract> = {}): HeldContract => ({
  ...contract("c-1", []),
  policyId: "ebiexperts-support",
  program: "enterprise",
  currency: "CHF",
  term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
  lines: Object.entries(lines).map(([licenseId, fee]) => ({ licenseId, annualFee: chf(fee) })),
  ...more,
});
const known = (licenses: HeldLicense[], held: HeldContract, more: Partial<Dossier> = {}): KnownFacts =>
  factsOf(shippedPolicies, { licenses, contracts: [held], ...more });
const both = { "l-1": "1000.00", "s-1": "400.00" };
const onDay = (facts: KnownFacts, date: string) => outlookRenewal(facts, "c-1", { date });
const notice = (more: Partial<RecordedNotice>): RecordedNotice => ({
  noticeId: "n-1",
  contractId: "c-1",
  kind: "non-renewal",
  form: "email",
  receivedOn: "2026-06-15",
  ...more,
});

describe("a subscription beside a perpetual license", () => {
  const facts = known([perpetual, subscribed("2028-06-15")], under(both));

  test("is in no next term, no fee and no maximum: 5 % of 1,000.00 are 50.00", () => {
    const { next, priceIncrease } = onDay(facts, "2026-06-15");
    expect(next.lines.map(({ licenseId }) => licenseId)).toEqual(["l-1"]);
    expect([next.fee, priceIncrease?.currentFee, priceIncrease?.maximumFee]).toEqual([chf("1000.00"), chf("1000.00"), chf("1050.00")]);
  });

  test("nor in the renewal quote", () => expect(quoteRenewal(facts, { contractId: "c-1" }, { date: "2026-06-15" }).total).toEqual(chf("1000.00")));

  test("a notice for it alone is needed by nobody; it runs as long as it was bought for", () => {
    const ruled = ruleNotice(facts, "c-1", notice({ licenseIds: ["s-1"] }), { date: "2026-06-15" });
    const effect = "Support of s-1 ends with 2028-06-15 and does not renew.";
    expect(ruled).toMatchObject({ ruling: "valid", effectiveOn: "2028-06-15", effect });
  });

  test("a notice for the whole contract ends what renews", () => {
    const given = known(facts.dossier.licenses as HeldLicense[], under(both), { notices: [notice({})] });
    expect(onDay(given, "2026-06-15")).toMatchObject({ status: "notice-given", next: { renews: false } });
    expect(onDay(given, "2027-06-15")).toMatchObject({ nonRenewal: null, priceIncrease: null, next: { renews: false } });
  });
});

describe("a contract of subscriptions only", () => {
  const facts = known([subscribed("2026-12-15")], under({ "s-1": "400.00" }, { term: { firstDay: "2026-07-01", lastDay: "2027-06-30" } }));
  const nothing = { nonRenewal: null, priceIncrease: null, next: { renews: false, fee: null, lines: [] }, reinstatement: null };

  test("while one runs", () => expect(onDay(facts, "2026-12-15")).toMatchObject({ ...nothing, status: "current" }));
  test("when none runs there is nothing to reinstate", () => expect(onDay(facts, "2026-12-16")).toMatchObject({ ...nothing, status: "ended" }));
});

describe("a retired license counts until the day before", () => {
  const facts = known([perpetual, license("ret", { retiredOn: "2026-12-10" })], under({ "l-1": "1000.00", ret: "200.00" }));
  const fees = (date: string) => onDay(facts, date).priceIncrease?.currentFee;

  test("the day before, and the day", () => expect([fees("2026-12-09"), fees("2026-12-10")]).toEqual([chf("1200.00"), chf("1000.00")]));
  test("it is in no later term", () => expect(onDay(facts, "2026-11-01").next.fee).toEqual(chf("1000.00")));
  test("nor in a quote", () => expect(quoteRenewal(facts, { contractId: "c-1" }, { date: "2027-01-05" }).total).toEqual(chf("1000.00")));
  test("where it was the only one, nothing is left to reinstate", () => {
    const alone = known([license("ret", { retiredOn: "2026-12-10" })], under({ ret: "200.00" }));
    expect(onDay(alone, "2026-12-09")).toMatchObject({ status: "current", next: { renews: false } });
    expect(onDay(alone, "2026-12-10")).toMatchObject({ status: "ended", reinstatement: null });
  });
});

test("before the recorded term its lines are ahead: 41 of 365 days of 1,000.00 are 112.33", () => {
  const term = { firstDay: "2026-01-01", lastDay: "2026-02-10" };
  const facts = known([perpetual], under({ "l-1": "1000.00" }, { anchorOn: "2025-01-01", term }));
  expect(onDay(facts, "2025-12-25").next).toMatchObject({ term, fee: chf("112.33"), lines: [{ licenseId: "l-1", term, fee: chf("112.33") }] });
  // A year earlier nothing of it is recorded.
  expect(onDay(facts, "2024-12-25").next).toMatchObject({ fee: chf("0.00"), lines: [] });
});

describe("the currency of a contract stays that of the increases announced for it", () => {
  const held = under({ "l-1": "1000.00" });
  const fees = { kind: "price-increase" as const, newFees: [{ licenseId: "l-1", annualFee: chf("1040.00") }] };
  const changed = { ...held, currency: "EUR", lines: [{ licenseId: "l-1", annualFee: { amount: "1000.00", currency: "EUR" } }] };
  const problems = (document: object, withdrawn?: boolean) => {
    const facts = known([perpetual], held, { notices: [notice({ ...fees, ...(withdrawn ? { withdrawn } : {}) })] });
    return contradictionsOf("contracts/c-1", document, facts);
  };
  const { contractId: _, ...same } = held;
  const { contractId: __, ...other } = changed;

  test("another one is refused", () =>
    expect(problems(other)).toEqual([{ pointer: "/currency", detail: "notice `n-1` announces fees of the contract in `CHF`, got `EUR`" }]));
  test("the same is not, nor another one beside a notice that was withdrawn", () =>
    expect([problems(same), problems(other, true)]).toEqual([[], []]));
});
