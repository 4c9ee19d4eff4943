/** "Where does this customer stand?" Every contract with its status, gaps in whole coverage, what is overdue, what they may use. */
import type { CompiledPolicy } from "../compiled-policy.ts";
import { type ContractLife, type ContractStatus, firstDayWithout, lifeOf } from "../contract-life.ts";
import { coversDay, type Ends } from "../cover.ts";
import { Coverage } from "../coverage.ts";
import type { Missing } from "../decision.ts";
import type { HeldContract, HeldLicense, NamedInvoice } from "../facts.ts";
import { isLeftWithout } from "../left-without.ts";
import type { Money } from "../money.ts";
import { nonRenewalsOn } from "../notice-rulings.ts";
import { daysOverdue, isOverdue, openBalance } from "../open-balance.ts";
import type { BenefitEntry } from "../policy.ts";
import { Readings } from "../readings.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { formatInstant } from "../time/instant.ts";
import type { Term } from "../time/term.ts";
import { saysNothingElse } from "../what-follows.ts";
import { groupOf } from "../whole-groups.ts";
import { cameBackAs } from "./came-back.ts";
import { type Under, underAt, type Which } from "./choose-contract.ts";
import { type AsOf, daysOf, instantOfAsOf, type KnownFacts } from "./question.ts";
import { coveredClause } from "./renewal-reason.ts";
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
    /** First day that is known to be without cover. */
    lapsedOn: CalendarDate | null;
    reinstatementUntil: CalendarDate | null;
    /** Once its recorded term is over and nobody knows what followed: the agreement that would tell. */
    missing: Missing[];
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
/** What has not begun hides nothing that runs. */
const worstFirst: AccountStatus[] = ["past-due", "lapsed", "notice-given", "ended", "current", "not-started", "none"];

/** Describes an account at `asOf`: everything in it is derived from recorded facts. Where no zone is given it is that of the earliest possible day. */
export function describeStanding(facts: KnownFacts, asOf: AsOf): StandingAnswer {
  const first = describeOn(facts, asOf, "first");
  const under = underAt(facts, asOf, "first", facts.dossier.premises);
  const certain = "date" in asOf || facts.dossier.contracts.every((contract) => under(contract).zone !== null);
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
  // An invoice is overdue by the days of its own contract, as where its license is asked about.
  const dayOf = (invoice: NamedInvoice) => lives.find(({ life }) => life.contract.contractId === invoice.contractId)?.day ?? today;
  const overdue = dossier.invoices.filter((invoice) => isOverdue(invoice, dayOf(invoice)));
  // What is asked of a request, and what comes with support, stands in the version in force, as where a case is checked.
  const asked = lives.map(({ life, policy }) => ({ ...life, policy }));
  const gaps = gapsOf(facts, asked, today, ends);
  return {
    accountId: dossier.accountId,
    status: worst(facts, lives),
    contracts: lives.map(({ life, ends }) => ({
      ...contractOf(life),
      ...(cameBackAs(facts, life, ends).length > 0 && { reinstatementUntil: null }),
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
    benefits: benefitsOf(asked, overdue.length === 0),
    dependsOnZone: [],
    asOf: formatInstant(instantOfAsOf(asOf, lives[0]?.zone ?? null)),
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

interface Lived extends Under {
  life: ContractLife;
  ends: Ends;
}

function livesOf(facts: KnownFacts, asOf: AsOf, which: Which): Lived[] {
  const underContract = underAt(facts, asOf, which, facts.dossier.premises);
  return facts.dossier.contracts.map((contract) => {
    const under = underContract(contract);
    const { ends } = nonRenewalsOn(facts, under.day);
    return { ...under, life: lifeOf(facts, contract, under.day, ends), ends };
  });
}

const contractOf = (life: ContractLife): StandingAnswer["contracts"][number] => ({
  contractId: life.contract.contractId,
  policy: { id: life.policy.policy.id, version: life.policy.policy.version },
  program: life.contract.program,
  status: life.status,
  currentTerm: life.currentTerm,
  lapsedOn: firstDayWithout(life),
  reinstatementUntil: life.possibleUntil,
  missing: life.lapsedOn !== null && life.leftOpen ? [{ what: "agreement", clause: coveredClause(life.policy) }] : [],
});

/** A product line, deployment or bundle of which a policy wants all perpetual licenses covered. */
export interface WholeGroup {
  policyId: string;
  clause: string;
  group: "product-line" | "deployment" | "bundle";
  name: string;
  licenses: HeldLicense[];
  /** Ids of the contracts that ask it, under the options that they chose: what is covered by another is in no group. */
  askedBy: ReadonlySet<string>;
}

/** Every such group among the licenses held, whenever, that any of these contracts under the policy asks for. */
export function wholeGroups(facts: KnownFacts, policy: CompiledPolicy, contracts: readonly HeldContract[]): WholeGroup[] {
  const perpetual = facts.dossier.licenses.filter(({ kind }) => kind === "perpetual");
  const seen = new Set<string>();
  return policy.conditions.flatMap(({ clause, when, parameters }) => {
    if (parameters.condition !== "whole-coverage" || seen.has(parameters.group)) return [];
    const asking = contracts.filter((contract) => {
      const readings = new Readings(policy, contract);
      return readings.isUnder(parameters.programs) && readings.holds(when);
    });
    if (asking.length === 0) return [];
    seen.add(parameters.group);
    const { group } = parameters;
    const askedBy = new Set(asking.map(({ contractId }) => contractId));
    const groups = grouped(perpetual, (license) => groupOf(parameters, license, facts.catalog));
    return [...groups].map(([name, licenses]) => ({ policyId: policy.policy.id, clause, group, name, licenses, askedBy }));
  });
}

/** Groups of which some license is without support on the day while some has it. */
function gapsOf(facts: KnownFacts, lives: ContractLife[], day: CalendarDate, ends: Ends): StandingAnswer["gaps"] {
  const gaps: StandingAnswer["gaps"] = [];
  for (const policy of policiesOf(lives)) {
    const coverage = new Coverage(facts, ends, policy.policy.id, day);
    const its = lives.filter((life) => life.policy.policy === policy.policy).map(({ contract }) => contract);
    for (const { licenses, askedBy, ...group } of wholeGroups(facts, policy, its)) {
      const without = licenses.filter((license) => coverage.isGap(license)).map(({ licenseId }) => licenseId);
      const covered = licenses.some(({ licenseId }) =>
        coverage.coversOf(licenseId).some((cover) => askedBy.has(cover.contract.contractId) && coversDay(cover, day)),
      );
      if (without.length > 0 && covered) gaps.push({ ...group, licenseIds: without.slice(0, mostListed), count: without.length });
    }
  }
  return gaps;
}

function grouped(licenses: readonly HeldLicense[], nameOf: (license: HeldLicense) => string | undefined): Map<string, HeldLicense[]> {
  const groups = new Map<string, HeldLicense[]>();
  for (const license of licenses) {
    const group = nameOf(license);
    if (group === undefined) continue;
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [license]);
    else known.push(license);
  }
  return groups;
}

const policiesOf = (lives: ContractLife[]): CompiledPolicy[] => [...new Set(lives.map(({ policy }) => policy))];

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
        available: isAvailable(
          entry,
          own.filter((life) => keeps(entry, life)),
          nothingOverdue,
        ),
      })),
    );
  });
}

/** Whether the contract keeps the benefit while a support invoice of it is overdue. */
const keeps = ({ owing = "current-agreement" }: BenefitEntry, { status, policy, contract }: ContractLife): boolean =>
  status !== "past-due" || new Readings(policy, contract).method(owing) === "current-agreement";

/** Null where the part of the text that would say so is lost and nothing was agreed instead, or where nobody knows what followed the contract. */
function isAvailable({ benefit, needs, programs, missing }: BenefitEntry, lives: ContractLife[], nothingOverdue: boolean): boolean | null {
  const offered = lives.filter(({ contract }) => programs === undefined || programs.includes(contract.program));
  const having = offered.filter(({ status }) => needs !== "contract" || running.includes(status));
  if (having.length === 0) return offered.some(mayGoOn) ? null : false;
  if (needs === "good-standing" && !nothingOverdue) return false;
  if (missing === undefined) return true;
  const agreed = having.map(({ contract }) => contract.settings?.benefits?.[benefit]).filter((one) => one !== undefined);
  return agreed.length > 0 ? agreed.includes(true) : null;
}

/** Whether support may go on after the contract, by an agreement that is not recorded: its licenses are undetermined then. */
const mayGoOn = ({ lapsedOn, goesOn, leftOpen, policy }: ContractLife): boolean =>
  lapsedOn !== null && (leftOpen || (saysNothingElse(policy) && (goesOn === null || goesOn.contractIds.length === 0)));
