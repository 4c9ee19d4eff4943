/** One condition asked alone: a made-up policy with it as its only condition, and small facts that a test changes where they matter. */
import type * as z from "zod";
import { type PolicyBook, policyBook } from "../../../domain/compiled-policy.ts";
import type { conditionEntry } from "../../../domain/conditions/parameters.ts";
import { emptyDossier } from "../../../domain/dossier.ts";
import {
  type Catalog,
  contract as contractShape,
  type Dossier,
  type HeldContract,
  type HeldLicense,
  invoice as invoiceShape,
  license as licenseShape,
  type NamedContact,
  type NamedInvoice,
  priceList as priceListShape,
  product as productShape,
} from "../../../domain/facts.ts";
import { nonRenewalsOn } from "../../../domain/notice-rulings.ts";
import { policy as policyShape } from "../../../domain/policy.ts";
import { type Choice, chooseContract, processPolicy, underAt } from "../../../domain/questions/choose-contract.ts";
import { entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { judgeLicense } from "../../../domain/questions/judge-license.ts";
import { placeOf } from "../../../domain/questions/place.ts";
import type { AsOf, KnownFacts } from "../../../domain/questions/question.ts";
import { formatInstant, parseInstant } from "../../../domain/time/instant.ts";

export const chf = (amount: string) => ({ amount, currency: "CHF" });

/** A perpetual license of `p-1`, held since the first day of 2026. */
export const license = (licenseId: string, known: Partial<z.input<typeof licenseShape>> = {}): HeldLicense => ({
  licenseId,
  ...licenseShape.parse({ productId: "p-1", kind: "perpetual", seats: 10, deliveredOn: "2026-01-01", ...known }),
});

/** A contract over 2026 that covers these licenses at CHF 1,000.00 each. */
export const contract = (contractId: string, licenseIds: string[], known: Partial<z.input<typeof contractShape>> = {}): HeldContract => ({
  contractId,
  ...contractShape.parse({
    policyId: "acme-support",
    program: "gold",
    currency: "CHF",
    term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
    soldBy: "direct",
    lines: licenseIds.map((licenseId) => ({ licenseId, annualFee: chf("1000.00") })),
    ...known,
  }),
});

/** An unpaid support invoice of `c-1` over CHF 1,200.00, due on 2026-03-02. */
export const invoice = (invoiceId: string, known: Partial<z.input<typeof invoiceShape>> = {}): NamedInvoice => ({
  invoiceId,
  ...invoiceShape.parse({ contractId: "c-1", kind: "support", issuedOn: "2026-02-01", dueOn: "2026-03-02", amount: chf("1200.00"), ...known }),
});

export const technical = (contactId: string, known: Partial<NamedContact> = {}): NamedContact => ({ contactId, role: "technical-contact", ...known });

export const product = (productId: string, known: Partial<z.input<typeof productShape>> = {}): Catalog["products"][number] => ({
  productId,
  ...productShape.parse({ name: productId, productLine: "tools", kind: "software", ...known }),
});

/** A list of the year's fees by seat from the first day of 2026. */
export const prices = (fees: Record<string, string>): Catalog["priceLists"] => [
  {
    priceListId: "pl-1",
    ...priceListShape.parse({
      policyId: "acme-support",
      effectiveFrom: "2026-01-01",
      currency: "CHF",
      items: Object.entries(fees).map(([productId, fee]) => ({ productId, annualFeePerSeat: chf(fee) })),
    }),
  },
];

export interface About {
  /** Lists that stand in for those of an account that holds `l-1` under `c-1`. */
  dossier?: Partial<Dossier> | undefined;
  catalog?: Partial<Catalog> | undefined;
  policy?: Partial<z.input<typeof policyShape>> | undefined;
  /** What other clauses of the policy compute. */
  formulas?: z.input<typeof policyShape>["clauses"][number]["formulas"] | undefined;
  request?: Partial<z.input<typeof entitlementRequest>> | undefined;
  /** Conditions of the policy that are not asked. */
  beside?: Condition[] | undefined;
  /** The license asked about; null: none that the account holds. */
  licenseId?: string | null | undefined;
  /** A day, or an instant. */
  asOf?: string | undefined;
}

export type Condition = z.input<typeof conditionEntry>;

/** An account with one license on one contract, but for what is given, under these policies. */
export function factsUnder(policies: PolicyBook, dossier: Partial<Dossier> = {}, catalog: Partial<Catalog> = {}): KnownFacts {
  return {
    dossier: {
      ...emptyDossier("acme", { name: "Acme" }),
      licenses: [license("l-1")],
      contracts: [contract("c-1", ["l-1"])],
      ...dossier,
    },
    catalog: { products: [product("p-1")], priceLists: [], policies: [], ...catalog },
    policies,
  };
}

export function factsOf(condition: Condition, { dossier, catalog, policy, formulas, beside }: About): KnownFacts {
  return factsUnder(
    policyBook([
      policyShape.parse({
        id: "acme-support",
        version: "1",
        vendor: "Acme",
        title: "Acme Support",
        zone: "Europe/Zurich",
        programs: ["gold", "silver"],
        severities: [{ id: "high", says: "nothing works" }],
        calendars: {},
        readings: [],
        clauses: [
          { id: "4.1", says: "the condition that is asked", conditions: [condition] },
          { id: "7", says: "what the others compute", formulas: formulas ?? [], conditions: beside ?? [], informs: "nothing else" },
        ],
        ...policy,
      }),
    ]),
    dossier,
    catalog,
  );
}

/**
 * What the condition says of the license on 2026-06-15, or as of another day or instant: the reason with all that it carries.
 * Its clause is told where another than the condition's own decides. What is empty is left out, so that a test that states a whole reason also states what is not in it.
 */
export function judge(condition: Condition, about: About = {}): Record<string, unknown> {
  const facts = factsOf(condition, about);
  const request = entitlementRequest.parse({ kind: "error", ...about.request });
  const asked = about.asOf ?? "2026-06-15";
  const asOf: AsOf = asked.includes("T") ? { instant: parseInstant(asked) } : { date: asked };
  const place = placeOf(facts.dossier, request);
  const { ends } = nonRenewalsOn(facts, "2026-12-31");
  const licenseId = about.licenseId === undefined ? "l-1" : about.licenseId;
  const held = facts.dossier.licenses.find((one) => one.licenseId === licenseId) ?? null;
  const under = underAt(facts, asOf, "first", place);
  const choice = held === null ? firstContract(facts, asOf) : chooseContract(facts, held, under, ends);
  const judged = judgeLicense(
    { facts, request, asOf, ends, place, coverages: new Map() },
    held,
    choice,
    under(choice.contract).day,
    ({ clause }) => clause === "4.1",
  );
  const [reason, ...more] = judged.reasons;
  if (reason === undefined || more.length > 0) throw new Error(`got \`${judged.reasons.length}\` reasons, expected \`1\``);
  const { clause, condition: name, ...said } = reason;
  if (name !== condition.condition) throw new Error(`got a reason of \`${name}\`, expected \`${condition.condition}\``);
  const readings = judged.inquiry.readings.used.map(({ id, chosen }) => `${id}: ${chosen}`);
  const missing = judged.missing.map(({ what }) => what);
  const untilAt = judged.untilAt === null ? null : formatInstant(judged.untilAt);
  return Object.fromEntries(
    Object.entries({ ...said, clause: clause === "4.1" ? null : clause, missing, until: judged.until, untilAt, readings }).filter(
      ([, value]) => !isEmpty(value),
    ),
  );
}

const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);

function firstContract(facts: KnownFacts, asOf: AsOf): Choice {
  const [first] = facts.dossier.contracts;
  if (first === undefined) throw new Error("got no contract, expected at least one");
  return { contract: first, policy: processPolicy(facts, first, asOf), cover: null, considered: [] };
}
