/** P8, P24: what must change no answer: the order of facts, other ids, other machines, a shift by 400 years, and the same said in pieces. */
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { RecordedNotice } from "../../../domain/facts.ts";
import { fromMinor, toMinor } from "../../../domain/money.ts";
import type { EntitlementRequest } from "../../../domain/questions/entitlement.ts";
import { ruleNotice } from "../../../domain/questions/notice.ts";
import type { AsOf } from "../../../domain/questions/question.ts";
import { addDays } from "../../../domain/time/calendar-date.ts";
import { invariant } from "../property.ts";
import { type Answers, askAll, type Questions, requests, runs } from "./asking.ts";
import { factsOf, type Portfolio, portfolios } from "./portfolio.ts";

type Known = Pick<Portfolio, "dossier" | "catalog">;

/** What an answer comes to, without the words and the order of lists. */
const gist = ({ decision, standing, renewals, quotes, rulings }: Answers) => ({
  decision: [
    decision.outcome,
    decision.contractId,
    decision.validUntil,
    decision.reasons.map(({ clause, condition, result }) => `${clause} ${condition} ${result}`),
  ],
  standing: [
    standing.status,
    standing.contracts,
    standing.gaps.map(({ clause, group, name, licenseIds }) => [clause, group, name, [...licenseIds].sort()]),
  ],
  renewals: renewals.map(({ status, currentTerm, lapsedOn, next, priceIncrease }) => [
    status,
    currentTerm,
    lapsedOn,
    next.renews,
    next.term,
    next.fee,
    priceIncrease?.currentFee,
  ]),
  quotes: quotes.map(({ status, total, indicative, payBy }) => [status, total, indicative, payBy]),
  rulings: rulings.map(({ ruling, effectiveOn, maximum }) => [ruling, effectiveOn, maximum]),
});

const shuffled = <T>(list: readonly T[], keys: readonly number[]): T[] =>
  list
    .map((item, index) => ({ item, key: keys[index % keys.length] ?? 0, index }))
    .sort((a, b) => a.key - b.key || b.index - a.index)
    .map(({ item }) => item);

describe("P8, P24: order", () => {
  const orderFree = (ask: Questions) =>
    fc.property(portfolios(), requests, fc.array(fc.nat(100), { minLength: 6, maxLength: 6 }), (portfolio, request, keys) => {
      const { dossier, catalog } = portfolio;
      const asOf: AsOf = { date: portfolio.focus };
      const inOrder = ask(factsOf(portfolio), request, asOf);
      // Order of processing: the notices as they happened to come in.
      const processed = ask(factsOf({ catalog, dossier: { ...dossier, notices: shuffled(dossier.notices, keys) } }), request, asOf);
      expect({ ...processed, rulings: [] }).toEqual({ ...inOrder, rulings: [] });
      // Lists inside a document have no order.
      const inside = factsOf({
        catalog: { ...catalog, priceLists: catalog.priceLists.map((list) => ({ ...list, items: shuffled(list.items, keys) })) },
        dossier: {
          ...dossier,
          contracts: dossier.contracts.map((contract) => ({ ...contract, lines: shuffled(contract.lines, keys) })),
          invoices: dossier.invoices.map((invoice) => ({ ...invoice, payments: shuffled(invoice.payments, keys) })),
          notices: dossier.notices.map(({ licenseIds, newFees, ...notice }) => ({
            ...notice,
            ...(licenseIds === undefined ? {} : { licenseIds: shuffled(licenseIds, keys) }),
            ...(newFees === undefined ? {} : { newFees: shuffled(newFees, keys) }),
          })),
        },
      });
      expect(gist(ask(inside, request, asOf))).toEqual(gist(inOrder));
    });

  const latestByPlace: Questions = (facts, request, asOf) => {
    const before = facts.dossier.notices.filter(({ receivedOn = "9" }) => "date" in asOf && receivedOn <= asOf.date);
    return askAll({ ...facts, dossier: { ...facts.dossier, notices: before.slice(-1) } }, request, asOf);
  };
  invariant(
    "neither the order of processing nor the order inside a document matters",
    orderFree,
    askAll,
    {
      "the notice processed last wins": latestByPlace,
      "the first line speaks for the contract": (facts, request, asOf) => {
        const contracts = facts.dossier.contracts.map((contract) => ({ ...contract, lines: contract.lines.slice(0, 1) }));
        const notices = facts.dossier.notices.filter(({ kind }) => kind === "cancellation");
        return askAll({ ...facts, dossier: { ...facts.dossier, contracts, notices } }, request, asOf);
      },
      "only the first payment is looked at": (facts, request, asOf) => {
        const invoices = facts.dossier.invoices.map((invoice) => ({ ...invoice, payments: invoice.payments.slice(0, 1) }));
        return askAll({ ...facts, dossier: { ...facts.dossier, invoices } }, request, asOf);
      },
    },
    runs(70),
  );
});

const id = /\b(l|c|n|i|t|p|pl|d|b|y)-(\d+)\b/g;
const rewritten = <T>(value: T, pattern: RegExp, by: (...match: string[]) => string): T =>
  value === undefined ? value : JSON.parse(JSON.stringify(value).replace(pattern, by));
const renamed = <T>(value: T): T => rewritten(value, id, (_all, kind, n) => `${kind}:renamed.${n}`);

describe("P24: ids", () => {
  const nameFree = (ask: Questions) =>
    fc.property(portfolios(), requests, (portfolio, request) => {
      const asOf: AsOf = { date: portfolio.focus };
      expect(ask(factsOf(renamed<Known>(portfolio)), renamed(request), asOf)).toEqual(renamed(ask(factsOf(portfolio), request, asOf)));
    });

  invariant(
    "other ids in the same order give the same answers under those ids",
    nameFree,
    askAll,
    {
      "an id is looked into": (facts, request, asOf) =>
        facts.dossier.licenses.some(({ licenseId }) => licenseId.startsWith("l-"))
          ? askAll(facts, request, asOf)
          : askAll({ ...facts, dossier: { ...facts.dossier, invoices: [], notices: [] } }, request, asOf),
      "ids are compared by their length": (facts, request, asOf) => {
        const licenses = facts.dossier.licenses.filter(({ licenseId }) => licenseId.length < 8);
        return askAll({ ...facts, dossier: { ...facts.dossier, licenses } }, request, asOf);
      },
    },
    runs(70),
  );
});

const years400 = 146_097;
const date = /\b(\d{4}-\d{2}-\d{2})/g;
const later = <T>(value: T): T => rewritten(value, date, (_all, day) => addDays(day as string, years400));

/** Without what depends on holidays, which are listed through 2040 only: deadlines, safe days, and the words that quote them. */
const withoutHolidays = ({ decision, standing, renewals, quotes, rulings }: Answers) => ({
  decision: {
    ...decision,
    deadlines: [],
    missing: [],
    headline: "",
    reasons: decision.reasons.map((reason) => ({ ...reason, finding: reason.finding.replace(/; first response due .*/, "") })),
  },
  standing,
  renewals: renewals.map(({ nonRenewal, priceIncrease, ...rest }) => ({
    ...rest,
    nonRenewal: nonRenewal && { ...nonRenewal, safeOn: "" },
    priceIncrease: priceIncrease && { ...priceIncrease, safeOn: "" },
  })),
  quotes,
  rulings,
});

describe("P24: 400 years", () => {
  const shiftFree = (ask: Questions) =>
    fc.property(
      portfolios(),
      requests,
      fc.option(fc.constantFrom("T00:30:00Z", "T12:00:00Z", "T22:30:00Z", "T23:30:00Z")),
      (portfolio, request, time) => {
        const now = time === null ? portfolio.focus : `${portfolio.focus}${time}`;
        const asOf = (text: string): AsOf => (time === null ? { date: text } : { instant: Date.parse(text) });
        const then = ask(factsOf(later<Known>(portfolio)), request, asOf(later(now)));
        expect(withoutHolidays(then)).toEqual(later(withoutHolidays(ask(factsOf(portfolio), request, asOf(now)))));
      },
    );

  const in2100 = "2100-01-01";
  invariant(
    "the same days 400 years later give the same answers",
    shiftFree,
    askAll,
    {
      "every fourth year is a leap year": (facts, request, asOf) => {
        const far = "date" in asOf && asOf.date > in2100;
        return askAll(facts, request, far && "date" in asOf ? { date: addDays(asOf.date, 3) } : asOf);
      },
      "two digits for the year": (facts, request, asOf) =>
        "date" in asOf && asOf.date > in2100 ? askAll(facts, request, { date: `20${asOf.date.slice(2)}` }) : askAll(facts, request, asOf),
      "the offset of the days of summer time's beginnings": (facts, request, asOf) =>
        askAll(facts, request, "instant" in asOf && asOf.instant > Date.parse(in2100) ? { instant: asOf.instant - 7_200_000 } : asOf),
    },
    runs(70),
  );
});

describe("P24: the machine's zone", () => {
  const own = process.env.TZ;
  afterAll(() => {
    if (own === undefined) delete process.env.TZ;
    else process.env.TZ = own;
  });
  const inZone = (zone: string, facts: Parameters<Questions>[0], request: EntitlementRequest, asOf: AsOf, ask: Questions) => {
    process.env.TZ = zone;
    return ask(facts, request, asOf);
  };
  const zoneFree = (ask: Questions) =>
    fc.property(portfolios(), requests, fc.option(fc.constantFrom("T00:30:00Z", "T22:30:00Z", "T23:30:00Z")), (portfolio, request, time) => {
      const facts = factsOf(portfolio);
      const asOf: AsOf = time === null ? { date: portfolio.focus } : { instant: Date.parse(`${portfolio.focus}${time}`) };
      const filed = { ...request, filedAt: `${portfolio.focus}T08:00:00Z` };
      const [first, ...others] = ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"].map((zone) => inZone(zone, facts, filed, asOf, ask));
      for (const other of others) expect(other).toEqual(first);
    });
  test("can be changed here", () => {
    const hours = ["UTC", "Pacific/Kiritimati"].map((zone) => {
      process.env.TZ = zone;
      return new Date(2026, 0, 1).getTimezoneOffset() / 60;
    });
    expect(hours.map(Math.abs)).toEqual([0, 14]);
  });
  const localDay = (ms: number) => {
    const now = new Date(ms);
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  };
  invariant(
    "no answer depends on it",
    zoneFree,
    askAll,
    {
      "the machine's local day (sourcegraph#60409)": (facts, request, asOf) =>
        askAll(facts, request, "instant" in asOf ? { date: localDay(asOf.instant) } : asOf),
      "the term's end at the machine's midnight": (facts, request, asOf) =>
        askAll(facts, request, "date" in asOf ? { date: localDay(Date.parse(asOf.date)) } : asOf),
    },
    runs(40),
  );
});

describe("P24: the same in pieces", () => {
  /** A notice of non-renewal that counts as several, a license each; an invoice as two halves with half of each payment. */
  const inPieces = ({ dossier, catalog, focus }: Portfolio): Known => {
    const counts = (notice: RecordedNotice) =>
      notice.withdrawn !== true && ruleNotice(factsOf({ dossier, catalog }), notice.contractId, notice, { date: focus }).ruling === "valid";
    const notices = dossier.notices.flatMap((notice): RecordedNotice[] => {
      // One that leaves out a license has no effect as a whole; in pieces it may have some.
      if (!counts(notice)) return [notice];
      const its =
        notice.licenseIds ??
        dossier.contracts.find(({ contractId }) => contractId === notice.contractId)?.lines.map(({ licenseId }) => licenseId) ??
        [];
      return notice.kind !== "non-renewal" || its.length === 0
        ? [notice]
        : its.map((licenseId, index) => ({ ...notice, noticeId: `${notice.noticeId}-${index}`, licenseIds: [licenseId] }));
    });
    const invoices = dossier.invoices.flatMap((invoice) =>
      [0n, 1n].map((part) => {
        const piece = ({ amount, currency }: { amount: string; currency: string }) =>
          fromMinor((toMinor({ amount, currency }) + part) / 2n, currency);
        return {
          ...invoice,
          invoiceId: `${invoice.invoiceId}-${part}`,
          amount: piece(invoice.amount),
          payments: invoice.payments.map((payment) => ({ ...payment, amount: piece(payment.amount) })),
        };
      }),
    );
    return { catalog, dossier: { ...dossier, notices, invoices } };
  };
  /** Payments of a whole number of units that halve without a rest, so that the halves are paid when the whole is. */
  const halving = portfolios({ defaultReadings: true }).map((portfolio) => {
    const invoices = portfolio.dossier.invoices.map((invoice) => ({
      ...invoice,
      payments: invoice.payments.filter(({ amount }) => amount.amount === invoice.amount.amount),
    }));
    return { ...portfolio, dossier: { ...portfolio.dossier, invoices } };
  });
  const pieceFree = (ask: Questions) =>
    fc.property(halving, requests, (portfolio, request) => {
      const asOf: AsOf = { date: portfolio.focus };
      const [whole, pieces] = [portfolio, inPieces(portfolio)].map((known) => gist(ask(factsOf(known), request, asOf)));
      expect({ ...pieces, rulings: [] }).toEqual({ ...whole, rulings: [] });
    });
  invariant(
    "a notice that counts a license at a time, and an invoice in two halves, come to the same",
    pieceFree,
    askAll,
    {
      "each notice is judged alone": (facts, request, asOf) => {
        const { notices } = facts.dossier;
        const alone = notices.filter(
          (notice) =>
            notice.kind !== "non-renewal" ||
            askAll({ ...facts, dossier: { ...facts.dossier, notices: [notice] } }, request, asOf).rulings[0]?.ruling === "valid",
        );
        return askAll({ ...facts, dossier: { ...facts.dossier, notices: alone } }, request, asOf);
      },
      "small debts are let off": (facts, request, asOf) => {
        const invoices = facts.dossier.invoices.filter(({ amount }) => toMinor(amount) > 800_000n);
        return askAll({ ...facts, dossier: { ...facts.dossier, invoices } }, request, asOf);
      },
    },
    runs(70),
  );
});
