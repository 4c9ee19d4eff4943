/** What a decision and a quote say, one statement each: what of two answers is held against each other. */
import type { Missing, ReadingUsed, Reason } from "../decision.ts";
import { formatMoney, type Money } from "../money.ts";
import type { Term } from "../time/term.ts";
import type { EntitlementAnswer } from "./entitlement.ts";
import type { Statement } from "./what-changed.ts";

export function statementsOfDecision(answer: Omit<EntitlementAnswer, "asOf">): Statement[] {
  const { policy, contractId, considered, serviceLevel, deadlines, obligations, validUntil } = answer;
  return [
    { about: "outcome", says: answer.outcome },
    { about: "policy", says: policy === null ? "none" : `${policy.id} ${policy.version}` },
    { about: "contract", says: contractId ?? "none" },
    ...groundsOf(answer),
    ...considered.map((one) => ({ about: `contract ${one.contractId}`, says: one.because })),
    { about: "program", says: serviceLevel.program ?? "none" },
    { about: "severity", says: serviceLevel.effectiveSeverity ?? "none" },
    ...deadlines.map((one) => ({
      about: `deadline ${one.kind}`,
      says: `${one.dueAt ?? "not known"}, ${one.commitment} (${one.clause}, ${one.clock} hours by the ${one.source})`,
    })),
    ...obligations.map((one) => ({ about: "obligation", says: `${one.what}${one.dueAt === null ? "" : ` by ${one.dueAt}`} (${one.clause})` })),
    { about: "valid until", says: validUntil ?? "nothing changes by time alone" },
  ];
}

/** Of a quote of any kind: what they have in common. */
export interface QuoteSaid {
  status: string;
  lines: readonly { part: string; licenseId: string | null; formula: string; amount: Money; clause: string }[];
  total: Money | null;
  waived: Money | null;
  indicative: Money | null;
  payBy: string | null;
  newTerm: Term | null;
  alternatives: readonly { reading: string; option: string; total: Money | null }[];
  reasons: readonly Reason[];
  missing: readonly Missing[];
  readings: readonly ReadingUsed[];
}

export function statementsOfQuote(quote: QuoteSaid): Statement[] {
  const { status, lines, total, waived, indicative, payBy, newTerm, alternatives } = quote;
  return [
    { about: "status", says: status },
    { about: "total", says: moneyOrNone(total) },
    { about: "waived", says: moneyOrNone(waived) },
    { about: "indicative total", says: moneyOrNone(indicative) },
    { about: "pay by", says: payBy ?? "none" },
    { about: "new term", says: newTerm === null ? "none" : `${newTerm.firstDay} to ${newTerm.lastDay}` },
    ...lines.map(({ part, licenseId, formula, amount, clause }) => ({
      about: `line ${part}${licenseId === null ? "" : ` of ${licenseId}`}`,
      says: `${formatMoney(amount)}: ${formula} (${clause})`,
    })),
    ...alternatives.map(({ reading, option, total }) => ({ about: `reading ${reading}, read as ${option}`, says: moneyOrNone(total) })),
    ...groundsOf(quote),
  ];
}

function groundsOf({
  reasons,
  missing,
  readings,
}: {
  reasons: readonly Reason[];
  missing: readonly Missing[];
  readings: readonly ReadingUsed[];
}): Statement[] {
  return [
    ...reasons.map((reason) => ({ about: `reason ${reason.clause} ${reason.condition}`, says: groundInWords(reason) })),
    ...missing.map(({ what, clause }) => ({ about: "missing", says: `${what} (${clause})` })),
    ...readings.map(({ id, chosen }) => ({ about: `reading ${id}`, says: chosen })),
  ];
}

function groundInWords({ result, finding, cure }: Reason): string {
  if (cure === null) return `${result}, ${finding}`;
  return `${result}, ${finding}; cure: ${cure.says}${cure.price === null ? "" : `, ${formatMoney(cure.price)}`}`;
}

const moneyOrNone = (money: Money | null) => (money === null ? "none" : formatMoney(money));
