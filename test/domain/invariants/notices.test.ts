/** P7, P8, P9: which notices of non-renewal are in time, what they bring about, and that none takes out a part. */
import fc from "fast-check";
import { describe, expect } from "vitest";
import { anchorOf, contractTermOn } from "../../../domain/contract-terms.ts";
import type { HeldContract, HeldLicense, RecordedNotice } from "../../../domain/facts.ts";
import { type NoticeRuling, ruleNotice } from "../../../domain/questions/notice.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { outlookRenewal, type RenewalAnswer } from "../../../domain/questions/renewal.ts";
import { addDays, type CalendarDate, daysBetween } from "../../../domain/time/calendar-date.ts";
import { invariant } from "../property.ts";
import { runs } from "./asking.ts";
import { factsOf, type Portfolio, portfolios } from "./portfolio.ts";

const dayOf = ({ receivedOn, receivedAt }: RecordedNotice): CalendarDate => receivedOn ?? String(receivedAt).slice(0, 10);
const inWriting = ["letter", "email", "portal"];

/** A portfolio with one notice of its own for one contract, whole and in writing, of which only the day varies. */
const withNotice = fc
  .record({
    portfolio: portfolios({ steady: true, defaultReadings: true, notices: ["price-increase"] }),
    which: fc.nat(2),
    term: fc.nat(2),
    before: fc.oneof(fc.constantFrom(44, 45, 46), fc.nat(364)),
  })
  .map(({ portfolio, which, term, before }) => {
    const { contracts } = portfolio.dossier;
    const contract = contracts[which % contracts.length] as HeldContract;
    let its = contractTermOn(contract, contract.term.firstDay) as { firstDay: string; lastDay: string };
    for (let i = 0; i < term; i++) its = contractTermOn(contract, addDays(its.lastDay, 1)) as typeof its;
    // Every license is on this contract only, so that the notice takes in whole lines and bundles.
    const licenses = portfolio.dossier.licenses
      .filter(({ licenseId }) => contract.lines.some((line) => line.licenseId === licenseId))
      .map(({ retiredOn: _, ...license }) => license);
    const { settings: _, ...renewing } = contract;
    const receivedOn = addDays(its.lastDay, -before);
    const notice: RecordedNotice = { noticeId: "n-9", contractId: contract.contractId, kind: "non-renewal", form: "email", receivedOn };
    return { ...portfolio, dossier: { ...portfolio.dossier, licenses, contracts: [renewing], notices: [notice] }, notice };
  })
  .filter(
    ({
      dossier: {
        contracts: [contract],
      },
      notice,
    }) => contract !== undefined && contract.lines.length > 0 && dayOf(notice) >= contract.term.firstDay,
  );

type Outlook = (facts: KnownFacts, contractId: string, day: CalendarDate) => RenewalAnswer;
const outlook: Outlook = (facts, contractId, day) => outlookRenewal(facts, contractId, { date: day });

/** Terms shorter than the days for notice have a rule of their own (reading `short-term-notice`). */
const shortBy = (lastDay: CalendarDate, firstDay: CalendarDate) => daysBetween(firstDay, lastDay) < 45;

describe("P7", () => {
  const inTimeExactly = (ask: Outlook) =>
    fc.property(withNotice, ({ dossier, catalog, notice }) => {
      const [contract] = dossier.contracts as [HeldContract];
      const facts = factsOf({ dossier, catalog });
      const silent = factsOf({ dossier: { ...dossier, notices: [] }, catalog });
      const receivedOn = dayOf(notice);
      const seen = ask(silent, contract.contractId, receivedOn);
      const { firstDay, lastDay } = contractTermOn(contract, receivedOn) as { firstDay: string; lastDay: string };
      expect(seen.nonRenewal?.lastDayOn).toBe(addDays(lastDay, -45));
      expect(seen.nonRenewal?.daysLeft).toBe(daysBetween(receivedOn, addDays(lastDay, -45)));
      expect((seen.nonRenewal?.safeOn ?? "") <= addDays(lastDay, -45)).toBe(true);
      expect(seen.priceIncrease?.lastNoticeOn).toBe(addDays(lastDay, -60));
      const next = contractTermOn(contract, addDays(lastDay, 1)) as { firstDay: string; lastDay: string };
      if (shortBy(lastDay, firstDay) || shortBy(next.lastDay, next.firstDay)) return;
      const { ruling } = ruleNotice(facts, contract.contractId, notice, { date: receivedOn });
      expect(ruling).toBe(receivedOn <= (seen.nonRenewal?.lastDayOn ?? "") ? "valid" : "late");
    });

  invariant(
    "P7: the last day is that of the running term less 45, and a notice is in time exactly through it",
    inTimeExactly,
    outlook,
    {
      "counted from the recorded term (glpi#23084)": (facts, contractId, day) => {
        const seen = outlook(facts, contractId, day);
        const contract = facts.dossier.contracts.find((one) => one.contractId === contractId) as HeldContract;
        return seen.nonRenewal === null ? seen : { ...seen, nonRenewal: { ...seen.nonRenewal, lastDayOn: addDays(contract.term.lastDay, -45) } };
      },
      "counted from the next first day": (facts, contractId, day) => {
        const seen = outlook(facts, contractId, day);
        return seen.nonRenewal === null ? seen : { ...seen, nonRenewal: { ...seen.nonRenewal, lastDayOn: addDays(seen.nonRenewal.lastDayOn, 1) } };
      },
      "the last day for an increase rolled to a business day": (facts, contractId, day) => {
        const seen = outlook(facts, contractId, day);
        return seen.priceIncrease === null ? seen : { ...seen, priceIncrease: { ...seen.priceIncrease, lastNoticeOn: seen.priceIncrease.safeOn } };
      },
    },
    runs(150),
  );
});

type Rule = (facts: KnownFacts, contractId: string, notice: RecordedNotice, day: CalendarDate) => NoticeRuling;
const rule: Rule = (facts, contractId, notice, day) => ruleNotice(facts, contractId, notice, { date: day });

describe("P8", () => {
  const inTimeNeverRenews = (ask: Rule) =>
    fc.property(withNotice, fc.nat(900), ({ dossier, catalog, notice }, later) => {
      const [contract] = dossier.contracts as [HeldContract];
      const facts = factsOf({ dossier, catalog });
      const receivedOn = dayOf(notice);
      const { ruling, effectiveOn } = ask(facts, contract.contractId, notice, receivedOn);
      const { lastDay } = contractTermOn(contract, receivedOn) as { lastDay: string };
      const seenLater = outlookRenewal(facts, contract.contractId, { date: addDays(receivedOn, later) });
      if (ruling === "valid") {
        expect(effectiveOn !== null && effectiveOn >= lastDay).toBe(true);
        const last = outlookRenewal(facts, contract.contractId, { date: effectiveOn as string });
        expect(last.next).toEqual({ renews: false, term: null, fee: null, lines: [], lineCount: 0 });
        expect(outlookRenewal(facts, contract.contractId, { date: addDays(effectiveOn as string, 1) }).lapsedOn).toBe(
          addDays(effectiveOn as string, 1),
        );
        if (addDays(receivedOn, later) > (effectiveOn as string)) expect(seenLater.currentTerm).toBeNull();
      } else {
        expect(effectiveOn).toBeNull();
        expect(seenLater.currentTerm).toEqual(contractTermOn(contract, addDays(receivedOn, later)));
        expect(seenLater.next.renews).toBe(true);
      }
    });

  invariant(
    "P8: in time, it never renews; late, it renews as if nothing had come, then and at every later end",
    inTimeNeverRenews,
    rule,
    {
      "in time a day longer": (facts, contractId, notice, day) => {
        const [contract] = facts.dossier.contracts as [HeldContract];
        const term = contractTermOn(contract, dayOf(notice)) as { lastDay: string };
        return dayOf(notice) === addDays(term.lastDay, -44)
          ? { ...rule(facts, contractId, notice, day), ruling: "valid", effectiveOn: term.lastDay }
          : rule(facts, contractId, notice, day);
      },
      "a late notice counts for the next term": (facts, contractId, notice, day) => {
        const [contract] = facts.dossier.contracts as [HeldContract];
        const ruled = rule(facts, contractId, notice, day);
        const term = contractTermOn(contract, dayOf(notice)) as { lastDay: string };
        return ruled.ruling === "late" ? { ...ruled, effectiveOn: contractTermOn(contract, addDays(term.lastDay, 1))?.lastDay ?? null } : ruled;
      },
      "ends a day early": (facts, contractId, notice, day) => {
        const ruled = rule(facts, contractId, notice, day);
        return ruled.effectiveOn === null ? ruled : { ...ruled, effectiveOn: addDays(ruled.effectiveOn, -1) };
      },
    },
    runs(150),
  );

  type After = (facts: KnownFacts, contractId: string, day: CalendarDate) => { renews: boolean | null; endsOn: CalendarDate | null };
  const after: After = (facts, contractId, day) => {
    const { next, lapsedOn, currentTerm } = outlookRenewal(facts, contractId, { date: day });
    return { renews: next.renews, endsOn: lapsedOn !== null ? addDays(lapsedOn, -1) : next.renews ? null : (currentTerm?.lastDay ?? null) };
  };
  // However many notices there are, older or later, whole ones received in time end the contract with the first term they reach.
  const manyNotices = fc
    .tuple(
      withNotice,
      fc.array(fc.record({ before: fc.nat(1_200), form: fc.constantFrom<RecordedNotice["form"]>("email", "letter", "phone") }), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([portfolio, others]) => {
      const [contract] = portfolio.dossier.contracts as [HeldContract];
      const notices = others.map(
        ({ before, form }, index): RecordedNotice => ({
          ...portfolio.notice,
          noticeId: `n-${index + 1}`,
          form,
          receivedOn: addDays(contract.term.lastDay, 365 - before),
        }),
      );
      return { ...portfolio, dossier: { ...portfolio.dossier, notices: [...notices, portfolio.notice] } };
    });
  const firstInTimeEnds = (ask: After) =>
    fc.property(manyNotices, ({ dossier, catalog }) => {
      const [contract] = dossier.contracts as [HeldContract];
      const facts = factsOf({ dossier, catalog });
      // Notices from before the recorded term were overtaken by the term that was recorded after them.
      const reached = dossier.notices
        .filter(({ form }) => inWriting.includes(form))
        .map((notice) => ({ on: dayOf(notice), term: contractTermOn(contract, dayOf(notice)) ?? contractTermOn(contract, anchorOf(contract)) }))
        .filter(({ on, term }) => term !== null && term.lastDay >= contract.term.firstDay && on <= addDays(term.lastDay, -45))
        .map(({ term }) => term?.lastDay as string)
        .sort();
      // Stubs shorter than the days for notice are the worked cases' business.
      fc.pre(!shortBy(contract.term.lastDay, contract.term.firstDay));
      const [first] = reached;
      if (first === undefined) return;
      expect(ask(facts, contract.contractId, first)).toEqual({ renews: false, endsOn: first });
      expect(ask(facts, contract.contractId, addDays(first, 200))).toEqual({ renews: false, endsOn: first });
    });

  invariant(
    "P8: of many notices, the first that is in time ends the contract",
    firstInTimeEnds,
    after,
    {
      "the last notice alone counts": (facts, contractId, day) => {
        const notices = [...facts.dossier.notices].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1)).filter((notice) => dayOf(notice) <= day);
        return after({ ...facts, dossier: { ...facts.dossier, notices: notices.slice(-1) } }, contractId, day);
      },
      "the first notice alone counts": (facts, contractId, day) => {
        const notices = [...facts.dossier.notices].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
        return after({ ...facts, dossier: { ...facts.dossier, notices: notices.slice(0, 1) } }, contractId, day);
      },
    },
    runs(150),
  );
});

describe("P9", () => {
  /** Perpetual licenses with their product line, and any license with its bundle: what must go together. */
  const groupsOf = ({ catalog }: Portfolio, license: HeldLicense): string[] => {
    const line = catalog.products.find(({ productId }) => productId === license.productId)?.productLine;
    return [
      ...(license.kind === "perpetual" && line !== undefined ? [`line ${line}`] : []),
      ...(license.bundleId === undefined ? [] : [`bundle ${license.bundleId}`]),
    ];
  };
  const namedBy = (portfolio: Portfolio, notice: RecordedNotice) =>
    notice.licenseIds ??
    portfolio.dossier.contracts.find(({ contractId }) => contractId === notice.contractId)?.lines.map(({ licenseId }) => licenseId) ??
    [];

  const whollyOrNot = (ask: Rule) =>
    fc.property(portfolios({ steady: true, notices: ["non-renewal"] }), (portfolio) => {
      const facts = factsOf(portfolio);
      const { notices, licenses, contracts } = portfolio.dossier;
      const counted = notices.filter(({ withdrawn }) => !withdrawn);
      const latest = counted.map(dayOf).sort().at(-1);
      if (latest === undefined) return;
      const ruled = counted.map((notice) => ({ notice, ...ask(facts, notice.contractId, notice, latest) }));
      const given = new Set(ruled.filter(({ effectiveOn }) => effectiveOn !== null).flatMap(({ notice }) => namedBy(portfolio, notice)));
      for (const { notice, ruling, effectiveOn } of ruled) {
        if (effectiveOn === null) continue;
        expect(ruling === "valid" || ruling === "late").toBe(true);
        const named = new Set(namedBy(portfolio, notice));
        const groups = new Set(licenses.filter(({ licenseId }) => named.has(licenseId)).flatMap((license) => groupsOf(portfolio, license)));
        for (const license of licenses) {
          const renews = contracts.some(
            ({ settings, lines }) => settings?.autoRenew !== false && lines.some(({ licenseId }) => licenseId === license.licenseId),
          );
          const held = license.deliveredOn <= dayOf(notice) && (license.retiredOn ?? "9") > latest;
          if (!renews || !held || !groupsOf(portfolio, license).some((group) => groups.has(group))) continue;
          // Whatever goes with a license that is given up and would renew is given up too.
          expect(given.has(license.licenseId)).toBe(true);
        }
      }
      // One without effect changes nothing.
      for (const { notice, effectiveOn } of ruled) {
        if (effectiveOn !== null) continue;
        const without = factsOf({ ...portfolio, dossier: { ...portfolio.dossier, notices: notices.filter((one) => one !== notice) } });
        for (const { contractId } of contracts) {
          const [a, b] = [facts, without].map((known) => outlookRenewal(known, contractId, { date: latest }));
          expect([a?.status, a?.currentTerm, a?.lapsedOn, a?.next]).toEqual([b?.status, b?.currentTerm, b?.lapsedOn, b?.next]);
        }
      }
    });

  const alone: Rule = (facts, contractId, notice, day) => {
    const lines = facts.dossier.contracts.map((contract) => (contract.contractId === contractId ? contract : { ...contract, lines: [] }));
    return rule({ ...facts, dossier: { ...facts.dossier, contracts: lines } }, contractId, notice, day);
  };
  const named: Rule = (facts, contractId, notice, day) => {
    const licenses = facts.dossier.licenses.filter(({ licenseId }) => notice.licenseIds?.includes(licenseId) ?? true);
    return rule({ ...facts, dossier: { ...facts.dossier, licenses } }, contractId, notice, day);
  };
  invariant(
    "P9: a notice that counts takes in whole product lines and bundles; another changes nothing",
    whollyOrNot,
    rule,
    {
      "the line is looked at on one contract only": alone,
      "only the licenses named are looked at": named,
      "a partial notice ends what it names": (facts, contractId, notice, day) => {
        const ruled = rule(facts, contractId, notice, day);
        return ruled.ruling === "partial" ? { ...ruled, effectiveOn: day } : ruled;
      },
    },
    runs(200),
  );
});
