/** "Where does this customer stand?" Every contract with its status, gaps in whole coverage, what is overdue, what they may use. */
import { type CompiledPolicy, compile } from "../compiled-policy.ts";
import { type ContractLife, type ContractStatus, lifeOf } from "../contract-life.ts";
import type { Ends } from "../cover.ts";
import { Coverage, productOf } from "../coverage.ts";
import type { HeldContract, HeldLicense, NamedInvoice } from "../facts.ts";
import { isLeftWithout } from "../left-without.ts";
import type { Money } from "../money.ts";
import { nonRenewalsOn, zoneOf } from "../notice-rulings.ts";
import { daysOverdue, isOverdue, openBalance } from "../open-balance.ts";
import type { BenefitEntry } from "../policy.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { formatInstant } from "../time/instant.ts";
import type { Term } from "../time/term.ts";
import { cameBackAs } from "./came-back.ts";
import { processPolicy } from "./choose-contract.ts";
import { type AsOf, daysOf, instantOfAsOf, type KnownFacts } from "./question.ts";
import { onEitherDay } from "./standing-on-two-days.ts";

export interface StandingAnswer {
  accountId: string;
  status: AccountStatus;
  contracts: {
    contractId: string;
    policy: { id: string; version: string };
    program: string;
    status: ContractStatus;
    currentTerm: Term | null;
    lapsedOn: CalendarDate | null;
    reinstatementUntil: CalendarDate | null;
  }[];
  contractCount: number;
  gaps: { policyId: string; clause: string; group: "product-line" | "deployment" | "bundle"; name: string; licenseIds: string[]; count: number }[];
  gapCount: number;
  overdue: { invoiceId: string; contractId: string | null; kind: string; dueOn: CalendarDate; daysOverdue: number; open: Money; disputed: boolean }[];
  overdueCount: number;
  benefits: { policyId: string; clause: string; benefit: string; says: string; available: boolean | null }[];
  /** What would be otherwise on the latest possible day, a sentence each; empty where a zone is given. */
  dependsOnZone: string[];
  asOf: string;
}

export type AccountStatus = ContractStatus | "none";

/** Lists inside answers stop here, with a count. */
const mostListed = 50;
const worstFirst: AccountStatus[] = ["past-due", "lapsed", "notice-given", "ended", "not-started", "current", "none"];

/** Describes an account at `asOf`: everything in it is derived from recorded facts. Where no zone is given it is that of the earliest possible day. */
export function describeStanding(facts: KnownFacts, asOf: AsOf): StandingAnswer {
  const first = describeOn(facts, asOf, "first");
  const certain = facts.dossier.contracts.every((contract) => daysUnder(facts, contract, asOf).length === 1);
  return listed(certain ? first : onEitherDay(first, describeOn(facts, asOf, "last")));
}

const listed = (standing: StandingAnswer): StandingAnswer => ({
  ...standing,
  contracts: standing.contracts.slice(0, mostListed),
  gaps: standing.gaps.slice(0, mostListed),
  overdue: standing.overdue.slice(0, mostListed),
});

function describeOn(facts: KnownFacts, asOf: AsOf, which: Which): StandingAnswer {
  const { dossier } = facts;
  const lives = livesOf(facts, asOf, which);
  const [latest] = lives
    .map(({ day }) => day)
    .sort()
    .reverse();
  const today = latest ?? daysOf(asOf, null)[0];
  const { ends } = nonRenewalsOn(facts, today);
  const zone = lives[0] === undefined ? null : zoneOf(lives[0].life.policy, lives[0].life.contract);
  // An invoice is overdue by the days of its own contract, as where its license is asked about.
  const dayOf = (invoice: NamedInvoice) => lives.find(({ life }) => life.contract.contractId === invoice.contractId)?.day ?? today;
  const overdue = dossier.invoices.filter((invoice) => isOverdue(invoice, dayOf(invoice)));
  const gaps = gapsOf(
    facts,
    lives.map(({ life }) => life),
    today,
    ends,
  );
  return {
    accountId: dossier.accountId,
    status: worst(facts, lives),
    contracts: lives.map(({ life, day, ends }) => ({
      ...contractOf(life),
      ...(cameBackAs(facts, life, day, ends).length > 0 && { reinstatementUntil: null }),
    })),
    contractCount: lives.length,
    gaps,
    gapCount: gaps.length,
    overdue: overdue.map((invoice) => ({
      invoiceId: invoice.invoiceId,
      contractId: invoice.contractId ?? null,
      kind: invoice.kind,
      dueOn: invoice.dueOn,
      daysOverdue: daysOverdue(invoice, dayOf(invoice)),
      open: openBalance(invoice, dayOf(invoice)),
      disputed: invoice.disputed ?? false,
    })),
    overdueCount: overdue.length,
    benefits: benefitsOf(
      lives.map(({ life }) => life),
      overdue.length === 0,
    ),
    dependsOnZone: [],
    asOf: formatInstant(instantOfAsOf(asOf, zone)),
  };
}

/** The worst of an account's contract statuses; "none" without a contract. */
export function accountStatus(facts: KnownFacts, asOf: AsOf): AccountStatus {
  return worst(facts, livesOf(facts, asOf, "first"));
}

/** A contract that ended counts no more once all that it covered is covered otherwise, as after a reinstatement. */
function worst(facts: KnownFacts, lives: Lived[]): AccountStatus {
  const counting = lives.length === 1 ? lives : lives.filter((lived) => !isReplaced(facts, lived));
  const statuses = (counting.length === 0 ? lives : counting).map(({ life }): AccountStatus => life.status);
  return worstFirst.find((status) => statuses.includes(status)) ?? "none";
}

const isReplaced = (facts: KnownFacts, { life, day, ends }: Lived): boolean =>
  (life.status === "lapsed" || life.status === "ended") && life.covers.length > 0 && !isLeftWithout(facts, life.contract, life.covers, ends, day);

interface Lived {
  life: ContractLife;
  day: CalendarDate;
  ends: Ends;
}

/** Which of the possible local days, where no zone is given. */
type Which = "first" | "last";

const daysUnder = (facts: KnownFacts, contract: HeldContract, asOf: AsOf) => daysOf(asOf, zoneOf(processPolicy(facts, contract, asOf), contract));

function livesOf(facts: KnownFacts, asOf: AsOf, which: Which): Lived[] {
  return facts.dossier.contracts.map((contract) => {
    const [first, last = first] = daysUnder(facts, contract, asOf);
    const day = which === "first" ? first : last;
    const { ends } = nonRenewalsOn(facts, day);
    return { life: lifeOf(facts, contract, day, ends), day, ends };
  });
}

const contractOf = ({ contract, policy, status, currentTerm, lapsedOn, possibleUntil }: ContractLife): StandingAnswer["contracts"][number] => ({
  contractId: contract.contractId,
  policy: { id: policy.policy.id, version: policy.policy.version },
  program: contract.program,
  status,
  currentTerm,
  lapsedOn,
  reinstatementUntil: possibleUntil,
});

/** A product line, deployment or bundle of which a policy wants all perpetual licenses covered. */
export interface WholeGroup {
  policyId: string;
  clause: string;
  group: "product-line" | "deployment" | "bundle";
  name: string;
  licenses: HeldLicense[];
}

/** Every such group among the licenses held, whenever. */
export function wholeGroups(facts: KnownFacts, { policy, conditions }: CompiledPolicy): WholeGroup[] {
  const perpetual = facts.dossier.licenses.filter(({ kind }) => kind === "perpetual");
  const seen = new Set<string>();
  return conditions.flatMap(({ clause, parameters }) => {
    if (parameters.condition !== "whole-coverage" || seen.has(parameters.group)) return [];
    seen.add(parameters.group);
    const { group } = parameters;
    const groups = grouped(perpetual, (license) => groupOf(facts, group, license));
    return [...groups].map(([name, licenses]) => ({ policyId: policy.id, clause, group, name, licenses }));
  });
}

/** Groups of which some license is without support on the day while some has it. */
function gapsOf(facts: KnownFacts, lives: ContractLife[], day: CalendarDate, ends: Ends): StandingAnswer["gaps"] {
  const gaps: StandingAnswer["gaps"] = [];
  for (const policy of policiesOf(lives)) {
    const coverage = new Coverage(facts, ends, policy.policy.id, day);
    for (const { licenses, ...group } of wholeGroups(facts, policy)) {
      const without = licenses.filter((license) => coverage.isGap(license)).map(({ licenseId }) => licenseId);
      const covered = licenses.some(({ licenseId }) => coverage.isCovered(licenseId));
      if (without.length > 0 && covered) gaps.push({ ...group, licenseIds: without.slice(0, mostListed), count: without.length });
    }
  }
  return gaps;
}

function grouped(licenses: readonly HeldLicense[], groupOf: (license: HeldLicense) => string | undefined): Map<string, HeldLicense[]> {
  const groups = new Map<string, HeldLicense[]>();
  for (const license of licenses) {
    const group = groupOf(license);
    if (group === undefined) continue;
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [license]);
    else known.push(license);
  }
  return groups;
}

const groupOf = (facts: KnownFacts, group: "product-line" | "deployment" | "bundle", license: HeldLicense) =>
  group === "deployment" ? license.deploymentId : group === "bundle" ? license.bundleId : productOf(facts.catalog, license.productId)?.productLine;

const policiesOf = (lives: ContractLife[]): CompiledPolicy[] => [...new Set(lives.map(({ policy }) => compile(policy.policy)))];

const running: ContractStatus[] = ["current", "past-due", "notice-given"];

function benefitsOf(lives: ContractLife[], nothingOverdue: boolean): StandingAnswer["benefits"] {
  return policiesOf(lives).flatMap(({ policy }) => {
    const own = lives.filter((life) => life.policy.policy === policy);
    return policy.clauses.flatMap(({ id, benefits }) =>
      (benefits ?? []).map((entry) => ({
        policyId: policy.id,
        clause: id,
        benefit: entry.benefit,
        says: entry.says,
        available: isAvailable(entry, own, nothingOverdue),
      })),
    );
  });
}

/** Null where the part of the text that would say so is lost and nothing was agreed instead. */
function isAvailable({ benefit, needs, programs, missing }: BenefitEntry, lives: ContractLife[], nothingOverdue: boolean): boolean | null {
  if (needs === "nothing") return true;
  if (needs === "good-standing") return nothingOverdue;
  const having = lives.filter(({ status, contract }) => running.includes(status) && (programs === undefined || programs.includes(contract.program)));
  if (missing === undefined) return having.length > 0;
  const agreed = having.map(({ contract }) => contract.settings?.benefits?.[benefit]).filter((one) => one !== undefined);
  return agreed.length > 0 ? agreed.includes(true) : having.length > 0 ? null : false;
}
