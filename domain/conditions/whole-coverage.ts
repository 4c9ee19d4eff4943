/** "Is the whole product line, deployment or bundle under support?" Some vendors serve none of it unless all of it is covered. */
import { heldOn } from "../cover.ts";
import type { HeldLicense } from "../facts.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { membershipOf, type WholeGroupRule } from "../whole-groups.ts";
import { type Inquiry, type Judge, type Judgement, listed, sooner } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

type Group = WholeGroupRule["group"];

/** Trial, beta and free licenses are not sold with support and are never a gap. */
export const wholeCoverage: Judge<ParametersOf<"whole-coverage">> = (rule, inquiry) => {
  const { group, of, products, otherwise } = rule;
  const { license, facts } = inquiry;
  if (license === null) return { result: "pass", finding: `no license to look at the ${words[group]} of` };
  const its = membershipOf(rule, license, facts.catalog);
  if (its === null) return { result: "pass", finding: `license \`${license.licenseId}\` belongs to no ${words[group]}` };
  const { name, missing } = its;
  if (missing !== null) return { result: "unknown", finding: `the ${missing} is not recorded`, missing, cure: toRecord(missing) };
  return judge(
    { group, name, license, inquiry, otherwise },
    inquiry.coverage.once(`${group} ${of.join(" ")} ${products?.join(" ")} ${name}`, () => membersOf(rule, name, inquiry)),
  );
};

const words: Record<Group, string> = { "product-line": "product line", deployment: "deployment", bundle: "bundle" };

interface Members {
  gaps: string[];
  covered: number;
  /** Licenses that may be a gap of the group, and the fact that would tell. */
  unknown: { licenseId: string; missing: string }[];
  until: CalendarDate | null;
}

/** Nothing has to be bought: what is not recorded may show that all is covered. */
const toRecord = (missing: string) => ({ says: `record ${missing}`, here: true }) as const;

function membersOf(rule: ParametersOf<"whole-coverage">, name: string, inquiry: Inquiry): Members {
  const { day, coverage, facts } = inquiry;
  const members: Members = { gaps: [], covered: 0, unknown: [], until: null };
  const own: HeldLicense[] = [];
  const unknownUntil: (CalendarDate | null | undefined)[] = [];
  for (const held of coverage.licenses) {
    if (!rule.of.some((kind) => kind === held.kind)) continue;
    const its = membershipOf(rule, held, facts.catalog);
    if (its === null || (its.name !== null && its.name !== name)) continue;
    if (its.missing !== null) unknownUntil.push(coverage.gapChangesOn(held));
    else {
      members.until = sooner(members.until, coverage.gapChangesOn(held));
      own.push(held);
    }
    unknownUntil.push(coverage.doubtChangesOn(held));
    if (!heldOn(held, day)) continue;
    const gap = coverage.isGap(held);
    if (coverage.mayBeGap(held)) members.unknown.push({ licenseId: held.licenseId, missing: `termLastDay of license \`${held.licenseId}\`` });
    else if (its.missing !== null && gap) members.unknown.push({ licenseId: held.licenseId, missing: its.missing });
    else if (gap) members.gaps.push(held.licenseId);
    else if (its.missing === null) members.covered += 1;
  }
  // What is not known shows only where nothing is known to be missing; the last covered member, only where something is.
  if (members.gaps.length > 0) members.until = sooner(members.until, anyCoveredChangesOn(own, members.covered > 0, inquiry));
  else for (const turn of unknownUntil) members.until = sooner(members.until, turn);
  return members;
}

/**
 * In an incomplete group the license without support is refused, and those with support are at the vendor's mercy
 * (reading `ebx-incomplete-line`). A group none of which is covered is not incomplete: the license's own cover decides.
 */
function judge(
  {
    group,
    name,
    license,
    inquiry,
    otherwise,
  }: { group: Group; name: string; license: HeldLicense; inquiry: Inquiry; otherwise: "discretion" | "fail" },
  { gaps, covered, unknown, until }: Members,
): Judgement {
  const is = gaps.length === 1 ? "has" : "have";
  const facts = gaps.slice(0, 50).map((licenseId) => ({ path: `licenses/${licenseId}`, value: null }));
  if (covered === 0 && gaps.includes(license.licenseId)) {
    return {
      result: "info",
      finding: `no license of ${words[group]} \`${name}\` has support on ${inquiry.day}`,
      facts,
      cure: { of: gaps, prices: gaps },
      until,
    };
  }
  if (gaps.length > 0) {
    return {
      result: gaps.includes(license.licenseId) ? "fail" : otherwise,
      finding: `${words[group]} \`${name}\` is incomplete: ${listed(gaps)} ${is} no support on ${inquiry.day}`,
      facts,
      cure: { of: gaps, prices: gaps },
      until,
    };
  }
  const [first] = unknown;
  if (first !== undefined) {
    const finding = `whether ${words[group]} \`${name}\` is covered as a whole is not known: ${listed(unknown.map(({ licenseId }) => licenseId))}`;
    return { result: "unknown", finding, missing: first.missing, cure: toRecord(first.missing), until };
  }
  return { result: "pass", finding: `${words[group]} \`${name}\` is covered as a whole`, until };
}

/** First day on which the last covered member has gone, or the first one has come. */
function anyCoveredChangesOn(own: readonly HeldLicense[], now: boolean, { coverage, day }: Inquiry): CalendarDate | null {
  const turns = own
    .flatMap((held) => [held.deliveredOn, held.retiredOn, coverage.doubtChangesOn(held)])
    .filter((turn): turn is CalendarDate => turn != null && turn > day);
  const anyCovered = (turn: CalendarDate) => own.some((held) => heldOn(held, turn) && !coverage.mayBeGap(held, turn) && !coverage.isGap(held, turn));
  return turns.sort().find((turn) => anyCovered(turn) !== now) ?? null;
}
