/** A quote of 31 lines: the money functions alone, and the whole quote with its sentences and alternatives, against bigint fractions by hand. */
import type { Dossier, HeldContract } from "../../domain/facts.ts";
import { addFractions, basisPointsOf, fromMinor, roundHalfUp, shareOf, toMinor } from "../../domain/money.ts";
import { shippedPolicies } from "../../domain/policies/index.ts";
import type { QuoteAnswer } from "../../domain/questions/quote.ts";
import { quoteReinstatement } from "../../domain/questions/reinstatement.ts";
import { addDays, addMonths, type CalendarDate } from "../../domain/time/calendar-date.ts";
import { chanceFrom } from "../../infra/local/demo/chance.ts";
import { type Amounts, quoteByHand } from "./by-hand/quote.ts";
import { compare } from "./measure.ts";
import { catalog } from "./portfolio.ts";
import { assertSame } from "./same-answer.ts";
import { atMost, informs, type Row } from "./table.ts";

interface Asked {
  dossier: Dossier;
  contract: HeldContract;
  reinstateOn: CalendarDate;
}

const licensesPerQuote = 15;
const checked = 4_000;
/** design: decimal.js 308 µs, bigint 3.8 µs; "at least 50 times as fast as decimal.js" is at most 1.6 times bigint. */
const mostTimesBigint = 1.6;

export async function benchQuote(say: (line: string) => void): Promise<Row[]> {
  const quotes = Array.from({ length: checked }, (_, n) => generate(n));
  for (const asked of quotes) assertSame(plain(byHand(asked)), plain(amountsIn(whole(asked))), asked.dossier.accountId);
  const sums = quotes.map((_, n) => sumsOf(n));
  for (const one of sums) assertSame(plain(one.map(byHandInBigint)), plain(one.map(withMoneyFunctions)));
  say(`${checked} quotes and ${checked * 30} amounts equal exact fractions in bigint`);
  const arithmetic = await compare(
    sums.slice(0, 300),
    (one) => one.map(byHandInBigint),
    (one) => one.map(withMoneyFunctions),
  );
  const quote = await compare(quotes.slice(0, 200), byHand, whole, { itemsPerRound: 40 });
  return [
    atMost("30 amounts with the money functions ÷ bigint by hand (decimal.js is not installed: see below)", arithmetic.ratio, mostTimesBigint),
    informs("— a whole quote of 31 lines, sentences and alternatives ÷ its amounts by hand", `${quote.ratio.toFixed(1)} ×`),
  ];
}

const byHand = (asked: Asked) => quoteByHand({ dossier: asked.dossier, catalog }, asked.contract, asked.reinstateOn);

function whole({ dossier, contract, reinstateOn }: Asked): QuoteAnswer {
  const facts = { dossier, catalog, policies: shippedPolicies };
  return quoteReinstatement(facts, { contractId: contract.contractId, reinstateOn }, { date: addDays(contract.term.lastDay, 1) });
}

function amountsIn({ lines, total, indicative, alternatives }: QuoteAnswer): Amounts {
  const sum = total ?? indicative;
  if (sum === null) throw new Error("the quote has no total");
  return {
    lines: lines.map(({ amount }) => toMinor(amount)),
    total: toMinor(sum),
    alternatives: Object.fromEntries(alternatives.flatMap(({ option, total }) => (total === null ? [] : [[option, toMinor(total)]]))),
  };
}

const plain = (amounts: unknown) => JSON.parse(JSON.stringify(amounts, (_, value) => (typeof value === "bigint" ? String(value) : value)));

/** A contract of fifteen licenses that lapsed, up to two years before it is brought back, and one that runs on. */
function generate(n: number): Asked {
  const chance = chanceFrom(n);
  const firstDay = addDays("2023-01-05", chance.between(0, 700)).replace("-02-29", "-02-28");
  const term = { firstDay, lastDay: addDays(addMonths(firstDay, 12), -1) };
  const products = catalog.products.filter(({ kind }) => kind === "software");
  const licenses = Array.from({ length: licensesPerQuote + 3 }, (_, l) => ({
    licenseId: `l-${String(l).padStart(2, "0")}`,
    productId: chance.oneOf(products).productId,
    kind: "perpetual" as const,
    seats: chance.between(1, 500),
    deliveredOn: firstDay,
    soldBy: "direct" as const,
  }));
  const lines = licenses.map(({ licenseId }) => ({ licenseId, annualFee: fromMinor(BigInt(chance.between(1, 90_000_000)), "CHF") }));
  const contract = { policyId: "ebiexperts-support", program: "enterprise", currency: "CHF", soldBy: "direct" as const, term };
  const lapsed: HeldContract = { ...contract, contractId: "c-1", settings: { autoRenew: false }, lines: lines.slice(0, licensesPerQuote) };
  const running: HeldContract = { ...contract, contractId: "c-2", lines: lines.slice(licensesPerQuote) };
  const nothing = { premises: [], contacts: [], invoices: [], notices: [], quotes: [], exceptions: [] };
  const dossier: Dossier = { accountId: `account-${n}`, account: { name: "Account" }, licenses, contracts: [lapsed, running], ...nothing };
  return { dossier, contract: lapsed, reinstateOn: addDays(term.lastDay, chance.between(2, 700)) };
}

interface Part {
  annual: bigint;
  pieces: { days: number; of: number }[];
}

/** Ten times: part of a year, a year in full, a quarter of both. */
function sumsOf(n: number): Part[] {
  const chance = chanceFrom(1_000_000 + n);
  return Array.from({ length: 10 }, () => ({
    annual: BigInt(chance.between(1, 900_000_000)),
    pieces: [
      { days: chance.between(1, 365), of: 365 },
      { days: chance.between(1, 366), of: 366 },
    ].slice(0, chance.between(1, 2)),
  }));
}

function withMoneyFunctions({ annual, pieces }: Part): bigint[] {
  const back = roundHalfUp(addFractions(...pieces.map(({ days, of }) => shareOf(annual, BigInt(days), BigInt(of)))));
  return [back, annual, roundHalfUp(basisPointsOf(back + annual, 2_500))];
}

function byHandInBigint({ annual, pieces }: Part): bigint[] {
  let numerator = 0n;
  let denominator = 1n;
  for (const { days, of } of pieces) {
    numerator = numerator * BigInt(of) + annual * BigInt(days) * denominator;
    denominator *= BigInt(of);
  }
  const back = (2n * numerator + denominator) / (2n * denominator);
  return [back, annual, (2n * (back + annual) + 4n) / 8n];
}
