/** Notices where nothing renews (7.2, docs/decisions 44), sold by a reseller (7.6), counted for a later term: rulings and outlooks say what is true. */
import { describe, expect, test } from "vitest";
import type { HeldContract, RecordedNotice } from "../../../domain/facts.ts";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import { ruleNotice } from "../../../domain/questions/notice.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { quoteRenewal } from "../../../domain/questions/renewal-quote.ts";
import { Refused } from "../../../domain/refusal.ts";
import { chf, contract, license, product } from "../conditions/asked.ts";
import { asOf, factsOf } from "./asked.ts";

const ebiexperts = { policyId: "ebiexperts-support", program: "enterprise" };

interface Asked {
  known?: Partial<HeldContract>;
  others?: RecordedNotice[];
  on?: string;
}

const factsWith = (known: Partial<HeldContract> = {}, notices: RecordedNotice[] = []) => ({
  ...factsOf(shippedPolicies, { licenses: [license("l-1")], contracts: [contract("c-1", ["l-1"], { ...ebiexperts, ...known })], notices }),
  catalog: { products: [product("p-1")], priceLists: [], policies: [] },
});
const notice = (said: Partial<RecordedNotice>): RecordedNotice => ({
  noticeId: "n-1",
  contractId: "c-1",
  kind: "non-renewal",
  form: "email",
  ...said,
});
const rule = (said: Partial<RecordedNotice>, { known, others, on = said.receivedOn as string }: Asked = {}) =>
  ruleNotice(factsWith(known, others), "c-1", notice(said), asOf(on));
const raise = (receivedOn: string, asked?: Asked) =>
  rule({ kind: "price-increase", receivedOn, newFees: [{ licenseId: "l-1", annualFee: chf("1050.00") }] }, asked);
const look = (on: string, { known, others }: Asked) => outlookRenewal(factsWith(known, others), "c-1", asOf(on));
const timed = ({ reasons }: { reasons: readonly { condition: string; result: string; finding: string; cure: unknown }[] }) =>
  reasons
    .filter(({ condition }) => condition === "notice-time" || condition === "price-notice")
    .map(({ result, finding, cure }) => [result, finding, cure]);

/** In time for the term that ends with 2026. */
const given = notice({ noticeId: "n-0", receivedOn: "2026-09-01" });
const agreed = { known: { settings: { autoRenew: false } } };

describe("where the parties agreed that the contract does not renew", () => {
  test.each(["2026-11-01", "2026-11-16", "2026-11-17", "2026-11-20", "2026-12-31"])("a non-renewal is never late: received on %s", (receivedOn) => {
    const ruled = rule({ receivedOn }, agreed);
    const effect = "Support of the contract ends with 2026-12-31 as agreed, with or without notice.";
    expect(ruled).toMatchObject({ ruling: "valid", effect, effectiveOn: "2026-12-31" });
    const finding = `received on ${receivedOn}; the parties agreed that the contract does not renew by itself: it ends with 2026-12-31, and no notice is needed`;
    expect(timed(ruled)).toEqual([["pass", finding, null]]);
  });
  test("one by phone is not written, and support ends all the same", () =>
    expect(rule({ receivedOn: "2026-11-20", form: "phone" }, agreed)).toMatchObject({
      ruling: "wrong-form",
      effect: expect.stringMatching(/^No effect: .*; support of the contract ends with 2026-12-31 as agreed and does not renew\.$/),
      effectiveOn: null,
    }));
  test("the day after, it is late", () => {
    const ruled = rule({ receivedOn: "2027-01-01" }, agreed);
    expect(ruled).toMatchObject({
      ruling: "late",
      effect: "No effect: support of the contract ended with 2026-12-31 as agreed and does not renew.",
      effectiveOn: null,
    });
    expect(timed(ruled)).toEqual([["fail", "received on 2027-01-01, too late: nothing that it is about renews after 2026-12-31", null]]);
  });
  test("an increase in time has no term to take effect in", () => {
    const finding = "the parties agreed that the contract does not renew by itself: it ends with 2026-12-31, and no term follows";
    const ruled = raise("2026-10-20", agreed);
    expect(ruled).toMatchObject({ ruling: "valid", effect: `No effect: ${finding}.`, effectiveOn: null });
    expect(ruled.reasons).toContainEqual(expect.objectContaining({ condition: "price-next-term", result: "info", finding }));
  });
  test("a late one does not say that it renews", () => {
    const finding = "announced on 2026-11-02, after the last day in time, 2026-11-01";
    expect(timed(raise("2026-11-02", agreed))).toEqual([["fail", finding, null]]);
  });
});

describe("after a valid non-renewal", () => {
  const ended = { others: [given] };
  test("a second one in time says the same end", () =>
    expect(rule({ receivedOn: "2026-11-16" }, ended)).toMatchObject({ ruling: "valid", effectiveOn: "2026-12-31" }));
  test("a late one renews nothing", () => {
    const ruled = rule({ receivedOn: "2026-12-01" }, ended);
    expect(ruled).toMatchObject({
      ruling: "late",
      effect: "No effect: support of the contract ends with 2026-12-31 and does not renew.",
      effectiveOn: null,
    });
    expect(timed(ruled)).toEqual([["fail", "received on 2026-12-01, after the last day in time, 2026-11-16", null]]);
  });
  test("one received once it is over is too late for it, and reaches no term that never was", () => {
    const ruled = rule({ receivedOn: "2027-02-01" }, ended);
    expect(ruled).toMatchObject({
      ruling: "late",
      effect: "No effect: support of the contract ended with 2026-12-31 and does not renew.",
      effectiveOn: null,
    });
    expect(timed(ruled)).toEqual([["fail", "received on 2027-02-01, too late: nothing that it is about renews after 2026-12-31", null]]);
  });
  test("an increase has no next term; it is in time for what would have been payable (7.3)", () => {
    const finding = "support of the lines named ends with 2026-12-31, and no term follows";
    expect(raise("2026-10-01", ended)).toMatchObject({ ruling: "valid", effect: `No effect: ${finding}.`, effectiveOn: null });
    const seen = look("2026-10-02", {
      others: [given, notice({ kind: "price-increase", receivedOn: "2026-10-01", newFees: [{ licenseId: "l-1", annualFee: chf("1050.00") }] })],
    });
    expect(seen.priceIncrease?.notice).toMatchObject({ noticeId: "n-1", ruling: "valid", effectiveOn: null });
  });
  test("an increase announced once it is over is late", () => {
    const ruled = raise("2027-02-01", ended);
    const finding = "announced on 2027-02-01, too late: support of the lines named was over with 2026-12-31";
    expect(ruled).toMatchObject({ ruling: "late", effect: `No effect: ${finding}.`, effectiveOn: null, maximum: null });
    expect(timed(ruled)).toEqual([["fail", finding, null]]);
  });
  test("an increase of a contract that goes on is as it was", () =>
    expect(raise("2026-10-01")).toMatchObject({
      effect: "The fees of the lines named become CHF 1,050.00 a year from 2027-01-01.",
      effectiveOn: "2027-01-01",
    }));
});

describe("a late notice that counts for the next term", () => {
  const asked = { known: { settings: { readings: { "late-notice": "counts-for-next-term" } } }, others: [notice({ receivedOn: "2026-11-20" })] };
  const counted = {
    condition: "notice-time",
    finding: "received on 2026-11-20, after the last day in time, 2026-11-16; it counts for the term after, which it ends with 2027-12-31",
  };

  test.each([
    ["2026-11-25", "current", true],
    ["2026-12-31", "current", true],
    ["2027-01-01", "notice-given", false],
    ["2027-05-01", "notice-given", false],
  ])("on %s the contract is %s", (on, status, renews) => {
    const seen = look(on, asked);
    expect(seen).toMatchObject({ status, next: { renews } });
    expect(seen.reasons).toContainEqual(expect.objectContaining(counted));
    expect(seen.readings).toContainEqual({ id: "late-notice", chosen: "counts-for-next-term" });
  });
});

test("a notice received before the term that it ends is among the outlook's reasons", () =>
  expect(look("2026-06-15", { others: [notice({ receivedOn: "2025-12-15" })] }).reasons).toContainEqual(
    expect.objectContaining({ condition: "notice-time", result: "pass", finding: "received on 2025-12-15, in time through 2026-11-16" }),
  ));

describe("beside what decides", () => {
  const shop = { known: { soldBy: { reseller: "Shop" } } };
  const redirect = { clause: "7.6", condition: "sold-by-vendor", result: "redirect", cure: expect.objectContaining({ says: "turn to Shop" }) };

  test("a contract through a reseller: 7.6 in outlook and rulings, once in the quote", () => {
    expect(look("2026-06-15", shop).reasons).toContainEqual(expect.objectContaining(redirect));
    expect(rule({ receivedOn: "2026-06-15" }, shop).reasons).toContainEqual(expect.objectContaining(redirect));
    expect(raise("2026-06-15", shop).reasons).toContainEqual(expect.objectContaining(redirect));
    const { reasons } = quoteRenewal(factsWith(shop.known), { contractId: "c-1" }, asOf("2026-06-15"));
    expect(reasons.filter(({ result }) => result === "redirect")).toHaveLength(1);
  });
  test("a zone agreed where the policy has its own is told not to count", () => {
    const told = {
      condition: "time-zone",
      result: "info",
      finding: "days begin and end in Europe/Zurich, the zone of the policy; America/Los_Angeles, agreed for the contract, does not count",
    };
    const west = { known: { settings: { timeZone: "America/Los_Angeles" } } };
    expect(look("2026-06-15", west).reasons).toContainEqual(expect.objectContaining(told));
    expect(rule({ receivedOn: "2026-06-15" }, west).reasons).toContainEqual(expect.objectContaining(told));
    const zurich = { known: { settings: { timeZone: "Europe/Zurich" } } };
    for (const asked of [{}, zurich]) expect(look("2026-06-15", asked).reasons.some(({ condition }) => condition === "time-zone")).toBe(false);
  });
});

describe("received before it was sent", () => {
  const sent = (sentAt: string, received: Partial<RecordedNotice>) => () =>
    ruleNotice(factsWith(), "c-1", notice({ sentAt, ...received }), asOf("2026-12-31"));
  const refused = (sentAt: string, received: string) =>
    new Refused("notice-contradicts-contract", [{ pointer: "/sentAt", detail: `sent at \`${sentAt}\`, after it was received on \`${received}\`` }]);

  test("a day that was over everywhere on Earth is refused", () => {
    expect(sent("2026-12-05T09:00:00Z", { receivedOn: "2026-12-01" })).toThrow(refused("2026-12-05T09:00:00Z", "2026-12-01"));
    expect(sent("2026-12-02T12:00:00Z", { receivedOn: "2026-12-01" })).toThrow(refused("2026-12-02T12:00:00Z", "2026-12-01"));
    expect(sent("2026-12-02T11:59:59Z", { receivedOn: "2026-12-01" })).not.toThrow();
  });
  test("an earlier instant is refused, the same is not", () => {
    expect(sent("2026-12-01T09:00:01Z", { receivedAt: "2026-12-01T09:00:00Z" })).toThrow(refused("2026-12-01T09:00:01Z", "2026-12-01T09:00:00Z"));
    expect(sent("2026-12-01T09:00:00Z", { receivedAt: "2026-12-01T09:00:00Z" })).not.toThrow();
  });
});
