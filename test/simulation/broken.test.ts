/** Each invariant has a broken variant of the service that the simulation catches, by the check that is there for it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { NamedInvoice } from "../../domain/facts.ts";
import { fromMinor, toMinor } from "../../domain/money.ts";
import { decideEntitlement } from "../../domain/questions/entitlement.ts";
import { outlookRenewal, type RenewalAnswer } from "../../domain/questions/renewal.ts";
import { addDays } from "../../domain/time/calendar-date.ts";
import type { Effects, Found, Store } from "../../functions/store/store.ts";
import { type Asked, allChecks } from "./checks/index.ts";
import { withoutWaiting } from "./clock.ts";
import { realParts, simulate } from "./simulate.ts";
import type { Observer, Parts } from "./world.ts";

let restore: () => void;
beforeAll(() => {
  restore = withoutWaiting();
});
afterAll(() => restore());

interface Variant {
  /** The beginning of the check that catches it. */
  by: string;
  parts?: Partial<Parts>;
  asked?: Asked;
  /** Instead of all checks. */
  observers?: (parts: Parts) => Observer[];
}

const renewal = (change: (answer: RenewalAnswer) => RenewalAnswer): Asked => ({
  outlook: (facts, id, asOf) => change(outlookRenewal(facts, id, asOf)),
});

/** A store that does everything as the real one, but for what is given. */
const storeWith = (change: (store: Store) => Partial<Store>): Partial<Parts> => ({ store: (store) => ({ ...store, ...change(store) }) });

/** What a command brings about, changed before it is written. */
const effectsChanged = (change: (effects: Effects<unknown>) => Effects<unknown>) =>
  storeWith((store) => ({
    change: ((owner: never, command: { decide(current: never): Effects<unknown> }) =>
      store.change(owner, { ...command, decide: (current: never) => change(command.decide(current)) } as never)) as Store["change"],
  }));

/** What a visit finds, changed before it is announced. */
const foundChanged = (change: (found: Found) => Found) =>
  storeWith((store) => ({ visit: (owner, look) => store.visit(owner, async (visited) => change(await look(visited))) }));

/** A quote whose text is changed before it is stored and answered. */
const quoteChanged = (change: (quote: Record<string, never>) => object) =>
  effectsChanged((effects) => {
    const given = effects.answer as { json?: string } | null;
    if (!given?.json?.startsWith('{"id":"qt_') || effects.records === undefined) return effects;
    const json = JSON.stringify(change(JSON.parse(given.json)));
    const records = effects.records.map((record) => ({ ...record, answer: json }));
    return { ...effects, records, answer: { ...given, json }, ...(effects.reply === undefined ? {} : { reply: { ...effects.reply, body: json } }) };
  });

const oneMore = (money: never) => fromMinor(toMinor(money) + 1n, (money as { currency: string }).currency);
let made = 0;

/** What is unpaid counts as paid, and the other way round. */
const turnedRound = (invoice: NamedInvoice): NamedInvoice => ({
  ...invoice,
  payments: invoice.payments.length > 0 ? [] : [{ paidOn: invoice.issuedOn, amount: invoice.amount }],
});

const variants: Record<string, Variant> = {
  "P2: a term that ends a day early": {
    by: "oracle: renewal",
    asked: renewal((answer) => ({
      ...answer,
      currentTerm: answer.currentTerm && { ...answer.currentTerm, lastDay: addDays(answer.currentTerm.lastDay, -1) },
    })),
  },
  "P6: a cap rounded up": {
    by: "oracle: renewal",
    asked: renewal((answer) => ({
      ...answer,
      priceIncrease: answer.priceIncrease && { ...answer.priceIncrease, maximumFee: oneMore(answer.priceIncrease.maximumFee as never) },
    })),
  },
  "P7: a day for notice that is a day late": {
    by: "oracle: renewal",
    asked: renewal((answer) => ({
      ...answer,
      nonRenewal: answer.nonRenewal && { ...answer.nonRenewal, lastDayOn: addDays(answer.nonRenewal.lastDayOn, 1) },
    })),
  },
  "P8: notices that nobody reads": {
    by: "oracle: renewal",
    asked: { outlook: (facts, id, asOf) => outlookRenewal({ ...facts, dossier: { ...facts.dossier, notices: [] } }, id, asOf) },
  },
  "P11: a notice that is forgotten": {
    by: "P11",
    asked: {
      // Every seventh day the notices are not there; nobody but the passing days is asked.
      outlook: (facts, id, asOf) =>
        outlookRenewal("date" in asOf && asOf.date.endsWith("7") ? { ...facts, dossier: { ...facts.dossier, notices: [] } } : facts, id, asOf),
    },
  },
  "P10: debt that helps": {
    by: "P10",
    asked: {
      decide: ({ dossier, ...facts }, request, asOf) =>
        decideEntitlement({ ...facts, dossier: { ...dossier, invoices: dossier.invoices.map(turnedRound) } }, request, asOf),
    },
  },
  "P4: a total that is a cent too much": {
    by: "P4",
    parts: quoteChanged((quote) => (quote.total ? { ...quote, total: oneMore(quote.total) } : quote)),
  },
  "P5: a stub a cent too dear": {
    by: "oracle",
    parts: quoteChanged((quote) => {
      const lines = quote.lines as unknown as { part: string; amount: never }[];
      const wrong = lines.find(({ part }) => part === "stub" || part === "back-fees");
      if (wrong === undefined || !quote.total) return quote;
      return {
        ...quote,
        lines: lines.map((line) => (line === wrong ? { ...line, amount: oneMore(line.amount) } : line)),
        total: oneMore(quote.total),
      };
    }),
  },
  "P12: facts that are known before they were recorded": {
    by: "P12",
    parts: storeWith((store) => ({ readFacts: (accountId) => store.readFacts(accountId, null) })),
  },
  "P13: a decision that is not as it was": {
    by: "P13",
    parts: storeWith((store) => ({
      async getRecord(kind, id) {
        const record = await store.getRecord(kind, id);
        return record === null || kind !== "decision" ? record : { ...record, answer: record.answer.replace('"asOf"', '"asOf" ') };
      },
    })),
  },
  "P14: keys that are not kept": {
    by: "P14",
    parts: storeWith((store) => ({ findReply: async () => null, ...effectsChanged(({ reply: _, ...effects }) => effects).store?.(store) })),
  },
  "P22: a write that is lost": {
    by: "P22 facts",
    parts: effectsChanged((effects) => (++made % 50 === 0 ? { ...effects, writes: effects.writes.slice(1) } : effects)),
  },
  "P1, P15: a sweep that forgets what it said": {
    by: "P16 once",
    parts: storeWith((store) => ({
      visit: (owner, look) =>
        store.visit(owner, async (visited) => {
          const found = await look({ ...visited, isDone: () => false });
          return {
            ...found,
            announcements: found.announcements.map((one) => ({ ...one, event: { ...one.event, id: `${one.event.id}-${++made}` } })),
          };
        }),
    })),
  },
  "P16: a sweep that does not catch up": {
    by: "P16 nothing goes silent",
    parts: {
      sweep: (store, now, options) =>
        realParts.sweep(
          foundChanged((found) => ({ ...found, announcements: found.announcements.filter(({ event }) => event.time > now - 86_400_000) })).store?.(
            store,
          ) ?? store,
          now,
          options,
        ),
    },
  },
  "P17: reminders that are sent too late": {
    by: "P17",
    parts: foundChanged((found) => ({ ...found, announcements: found.announcements.map((one) => ({ ...one, missed: false })) })),
  },
  "P18: an offer that is not accepted as it was made": {
    by: "P18",
    parts: storeWith((store) => ({
      async getRecord(kind, id) {
        const record = await store.getRecord(kind, id);
        if (record === null || kind !== "quote") return record;
        const quote = JSON.parse(record.answer);
        return quote.total === null ? record : { ...record, answer: JSON.stringify({ ...quote, total: oneMore(quote.total as never) }) };
      },
    })),
  },
  "P23: an event that gets no number": {
    by: "P23",
    parts: {
      async number(store) {
        const waiting = await store.events.waiting(1_000);
        await store.events.number(waiting.slice(1));
      },
    },
  },
  "P15: a sweep that ends at the first account that it cannot read": {
    by: "P15",
    parts: storeWith((store) => ({ sweeps: { ...store.sweeps, quarantine: () => Promise.reject(new Error("cannot be read")) } })),
    observers: (parts) => allChecks(parts).observers.slice(-1),
  },
  "P22: an entry of the log that is taken away": {
    by: "P22 the log",
    observers: (parts) => [
      {
        after(world, step) {
          const entries = world.table.all().filter(({ sk }) => sk?.S?.startsWith("log#"));
          if (step.do === "end") world.table.remove(entries[Math.floor(entries.length / 2)] ?? {});
        },
      },
      ...allChecks(parts).observers.slice(-3, -2),
    ],
  },
  "P12: a list of deadlines that is not derived": {
    by: "P12 made again",
    observers: (parts) => [
      {
        after(world, step) {
          const deadline = world.table
            .all()
            .find(({ sk, text }) => sk?.S?.startsWith("deadline#") && text?.S?.includes('"canceledAt":null') && text.S.includes(`"on":"2025`));
          if (step.do === "end" && deadline !== undefined)
            world.table.plant({ ...deadline, text: { S: String(deadline.text?.S).replace('"what":"', '"what":"not ') } });
        },
      },
      ...allChecks(parts).observers.slice(-2, -1),
    ],
  },
};

describe("the simulation catches", () => {
  for (const [name, { by, parts: changed, asked, observers }] of Object.entries(variants)) {
    test(name, { timeout: 120_000 }, async () => {
      const parts = { ...realParts, ...changed };
      for (let seed = 1; seed <= 6; seed++) {
        const checks = observers?.(parts) ?? allChecks(parts, asked).observers;
        const { failure } = await simulate({ seed, firstDay: "2024-01-10", days: 400, accounts: 4, faults: false }, parts, checks);
        if (failure === null) continue;
        expect(failure.violation.message.slice(0, 600)).toMatch(new RegExp(`^${by}`));
        return;
      }
      throw new Error("nothing was caught");
    });
  }
});
