/** A made-up policy that sells cover, renews it and brings it back, and an account whose contract over 2026 does not renew. */
import type { Catalog, Dossier, HeldContract } from "../../../domain/facts.ts";
import type { FormulaEntry } from "../../../domain/policy.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { contract, prices } from "../conditions/asked.ts";
import { bookOf, factsOf, type PolicyText } from "./asked.ts";

const reading = (id: string, ...options: string[]) => ({
  id,
  question: id,
  options: options.map((option) => ({ id: option, says: option })),
  default: options[0] as string,
});

/** What the clauses compute, in the order of the text. */
const computed: [clause: string, entry: FormulaEntry][] = [
  ["7.1", { formula: "initial-period", months: 12, outlasts: "initial-period" }],
  ["7.1", { formula: "additional-purchase", currentOn: "product-line" }],
  ["7.2", { formula: "renewal", months: 12, noticeDays: 45, forms: ["email"] }],
  ["7.2(b)", { formula: "co-term", by: { reading: "align" } }],
  ["7.3", { formula: "reinstatement", licenseKinds: ["perpetual"], anchor: { reading: "anchor-of" } }],
  ["7.3(a)", { formula: "forward-fees", months: 12, withoutList: { reading: "list-less" } }],
  ["7.3(b)", { formula: "back-fees", accrual: { reading: "accrual" }, rate: { reading: "rate" } }],
  ["7.3(i)", { formula: "reinstatement-window", months: 12, afterwards: "discretion" }],
  ["7.3(ii)", { formula: "reinstatement-fee", basisPoints: 2_500, base: { reading: "base" }, early: { reading: "early" } }],
  ["7.6", { formula: "price-cap", noticeDays: 60, mostBasisPoints: 500, testedOn: "lines-named" }],
];

type Instead = Partial<Record<FormulaEntry["formula"], FormulaEntry | null>>;

/** The policy; `instead` puts another formula in the place of one, or none, at the same clause. */
export function seller(instead: Instead = {}, more: NonNullable<PolicyText["clauses"]> = []): PolicyText {
  const entries = computed.flatMap(([id, entry]) => {
    const other = instead[entry.formula];
    return other === null ? [] : [{ id, entry: other ?? entry }];
  });
  const ids = [...new Set(entries.map(({ id }) => id))];
  return {
    readings: [
      reading("align", "stub", "literal"),
      reading("anchor-of", "own", "common"),
      reading("list-less", "last-fee"),
      reading("accrual", "daily", "as-billed"),
      reading("rate", "last-fee", "literal"),
      reading("base", "back-and-forward", "forward", "back", "all-applicable"),
      reading("early", "assessed", "waived"),
    ],
    clauses: [
      {
        id: "2.1",
        says: "cover",
        conditions: [
          { condition: "product-recorded", otherwise: "unknown" },
          { condition: "covered", otherwise: "fail" },
          { condition: "sold-by-vendor", of: ["contract"], otherwise: "redirect" },
        ],
      },
      ...ids.map((id) => ({ id, says: id, formulas: entries.filter((one) => one.id === id).map(({ entry }) => entry) })),
      ...more,
    ],
  };
}

/** The price of `p-1`: CHF 150.00 a seat from the first day of 2026. */
export const listPrice: Partial<Catalog> = { priceLists: prices({ "p-1": "150.00" }) };

export interface Sold {
  policy?: PolicyText;
  known?: Partial<HeldContract>;
  dossier?: Partial<Dossier>;
  catalog?: Partial<Catalog>;
}

/** The account holds `l-1`, ten seats of `p-1`, under `c-1` over 2026 for CHF 1,000.00 a year. */
export const sold = ({ policy = seller(), known, dossier, catalog = listPrice }: Sold = {}): KnownFacts =>
  factsOf(bookOf(policy), { contracts: [{ ...contract("c-1", ["l-1"]), ...known }], ...dossier }, catalog);

/** The parties agreed that the contract ends with 2026: it lapses on 2027-01-01. */
export const ending = { settings: { autoRenew: false } };

export const year = (n: number) => ({ firstDay: `${n}-01-01`, lastDay: `${n}-12-31` });
