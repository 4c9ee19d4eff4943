/** How a decision grows with the licenses of the account: ten times the licenses may cost ten times as much, no more. */
import type { Dossier } from "../../domain/facts.ts";
import { addDays } from "../../domain/time/calendar-date.ts";
import { ours } from "./decision.ts";
import { compare } from "./measure.ts";
import { type Asked, catalog } from "./portfolio.ts";
import { atMost, type Row } from "./table.ts";

interface Shape {
  what: string;
  /** One in so many licenses is on no contract; 0: none. */
  uncovered: number;
  /** Whether the request says which license it is about, or only the product. */
  named: boolean;
}

const shapes: Shape[] = [
  { what: "all covered", uncovered: 0, named: true },
  { what: "one in ten without support, priced", uncovered: 10, named: true },
  { what: "the request names only the product", uncovered: 0, named: false },
];

const software = catalog.products.filter(
  ({ kind, versions, endOfLifeOn }) => kind === "software" && versions === undefined && endOfLifeOn === undefined,
);
const money = { amount: "1200.00", currency: "CHF" };
const firstDay = "2025-02-05";

export async function benchGrowth(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const shape of shapes) {
    for (const more of [10, 100]) {
      const pairs = Array.from({ length: 12 }, (_, n) => ({ few: account(10, n, shape), many: account(10 * more, n, shape) }));
      const { ratio } = await compare(
        pairs,
        ({ few }) => ours(few),
        ({ many }) => ours(many),
        { rounds: 15 },
      );
      rows.push(atMost(`${more} × the licenses (10 → ${10 * more}), ${shape.what}`, ratio, more));
    }
  }
  return rows;
}

function account(licenses: number, n: number, { uncovered, named }: Shape): Asked {
  const held = Array.from({ length: licenses }, (_, l) => ({
    licenseId: `l-${l}`,
    productId: software[l % software.length]?.productId as string,
    kind: "perpetual" as const,
    seats: 5,
    deliveredOn: firstDay,
    soldBy: "direct" as const,
  }));
  const supported = held.filter((_, l) => uncovered === 0 || l % uncovered !== uncovered - 1);
  // A contract for every hundred licenses.
  const contracts = Array.from({ length: Math.ceil(licenses / 100) }, (_, c) => ({
    contractId: `c-${c}`,
    policyId: "ebiexperts-support",
    program: "enterprise",
    currency: "CHF",
    term: { firstDay, lastDay: addDays("2026-02-05", -1) },
    soldBy: "direct" as const,
    lines: supported.slice(c * 100, (c + 1) * 100).map(({ licenseId }) => ({ licenseId, annualFee: money })),
  }));
  const dossier: Dossier = {
    accountId: "account",
    account: { name: "Account" },
    licenses: held,
    premises: [],
    contracts,
    contacts: [{ contactId: "p-1", role: "technical-contact" }],
    invoices: contracts.map(({ contractId }) => ({
      invoiceId: `i-${contractId}`,
      contractId,
      kind: "support",
      issuedOn: firstDay,
      dueOn: "2026-02-05",
      amount: money,
      payments: [{ paidOn: firstDay, amount: money }],
    })),
    notices: [],
    quotes: [],
    exceptions: [],
  };
  const license = held[(n * 7) % 9];
  const about = named ? { licenseId: license?.licenseId } : { productId: license?.productId };
  return {
    dossier,
    request: {
      kind: "error",
      ...about,
      severity: "severity-2",
      contactId: "p-1",
      channel: "portal",
      provides: [],
      circumstances: [],
      attestations: {},
    } as Asked["request"],
    instant: Date.UTC(2026, 2, 2 + n, 9, 30),
  };
}
