/**
 * The Ebiexperts policy as a list of rules over flat facts: what each rules engine is given, in its own language.
 *
 * The engines cannot look into lists of licenses, terms and invoices, so what is known of them is summed up first
 * (`summary.ts`), and that counts for each engine. They answer only which clauses stand against the request.
 */
import type { Outcome, Result } from "../../../domain/decision.ts";
import type { Summary } from "./summary.ts";

type Fact = keyof Summary;
type Test = "is" | "isNot" | "isOneOf" | "holds" | "isAbove" | "isBelow";
export type Condition = readonly [Fact, Test, string | number | boolean | readonly string[]];

export interface Rule {
  clause: string;
  result: Exclude<Result, "pass" | "info">;
  when: readonly Condition[];
}

const rule = (clause: string, result: Rule["result"], ...when: Condition[]): Rule => ({ clause, result, when });
const circumstance = (clause: string, result: Rule["result"], ...tags: string[]) =>
  tags.map((tag) => rule(clause, result, ["circumstances", "holds", tag]));

/** An incomplete group: the license without support is refused, the others are at the vendor's mercy. */
const whole = (clause: string, gaps: Fact, own: Fact, covered: Fact, unknown: Fact): Rule[] => [
  rule(clause, "discretion", ["licenseKind", "isNot", "freeware"], [gaps, "isAbove", 0], [own, "is", false]),
  rule(clause, "fail", ["licenseKind", "isNot", "freeware"], [gaps, "isAbove", 0], [own, "is", true], [covered, "isAbove", 0]),
  rule(clause, "unknown", ["licenseKind", "isNot", "freeware"], [gaps, "is", 0], [unknown, "isAbove", 0]),
];

export const rules: readonly Rule[] = [
  rule("1", "unknown", ["productRecorded", "is", false]),
  rule("1", "redirect", ["productKind", "is", "cloud-service"]),
  rule("1", "fail", ["licenseKind", "isOneOf", ["trial", "beta"]]),
  rule("1", "fail", ["requestKind", "isOneOf", ["service", "work-order"]]),
  rule("2.1", "fail", ["licenseKind", "isNot", "freeware"], ["coverage", "is", "none"]),
  rule("2.1", "unknown", ["licenseKind", "isNot", "freeware"], ["coverage", "is", "unknown"]),
  rule("2.1", "fail", ["licenseKind", "isNot", "freeware"], ["overdue", "isAbove", 0]),
  rule("2.1", "unknown", ["licenseKind", "isNot", "freeware"], ["overdue", "is", 0], ["overdueUnplaced", "isAbove", 0]),
  rule("2.3", "discretion", ["language", "isNot", "en"]),
  ...circumstance("4.2", "fail", "bundled-third-party", "4.2"),
  ...["4.2(i)", "4.2(ii)", "4.2(iii)", "4.2(iv)", "4.2(v)", "4.2(vi)(a)", "4.2(vi)(b)", "4.2(vi)(c)", "4.2(vi)(d)", "4.2(vi)(e)"].flatMap((clause) =>
    circumstance(clause, "fail", clause),
  ),
  rule("4.2(iii)", "fail", ["licenseKind", "isOneOf", ["trial", "beta"]]),
  rule("4.2(vi)(e)", "fail", ["daysToEndOfLife", "isBelow", 1]),
  rule("4.2(vi)(e)", "unknown", ["daysToEndOfLife", "isAbove", 0], ["versionListed", "is", false]),
  rule("4.2(vi)(e)", "fail", ["daysToEndOfLife", "isAbove", 0], ["daysToVersionEnd", "isBelow", 0]),
  rule("5", "discretion", ["requestKind", "is", "feature-request"]),
  ...circumstance("6.1", "discretion", "customer-not-cooperating", "6.1"),
  rule("6.3", "unknown", ["contact", "is", "not-named"]),
  rule("6.3", "fail", ["contact", "is", "other"]),
  ...circumstance("6.6", "fail", "virtualization-layer", "6.6"),
  ...whole("7.1", "bundleGaps", "bundleGapIsOwn", "bundleCovered", "bundleUnknown"),
  rule("7.1", "discretion", ["bundlePrograms", "isAbove", 1]),
  ...whole("7.1(i)", "lineGaps", "lineGapIsOwn", "lineCovered", "lineUnknown"),
  ...whole("7.1(ii)", "deploymentGaps", "deploymentGapIsOwn", "deploymentCovered", "deploymentUnknown"),
  rule("7.4", "fail", ["productKind", "is", "extension"]),
  rule("7.4", "unknown", ["library", "is", "unknown"]),
  rule("7.4", "fail", ["library", "isOneOf", ["not-listed", "not-newest"]]),
  rule("7.5", "discretion", ["licenseKind", "is", "freeware"]),
  rule("7.6", "redirect", ["soldBy", "is", "reseller"]),
];

/** What every peer answers: the outcome, and each clause that is neither passed nor only informs, with its result. */
export interface Verdict {
  outcome: Outcome;
  /** "fail 2.1", sorted, each once. */
  against: string[];
}

const outcomes: [Rule["result"], Outcome][] = [
  ["redirect", "redirected"],
  ["fail", "not-entitled"],
  ["unknown", "undetermined"],
  ["discretion", "discretion"],
];

export function verdictOf(found: readonly Pick<Rule, "clause" | "result">[]): Verdict {
  const outcome = outcomes.find(([result]) => found.some((one) => one.result === result))?.[1] ?? "entitled";
  return { outcome, against: [...new Set(found.map(({ clause, result }) => `${result} ${clause}`))].sort() };
}
