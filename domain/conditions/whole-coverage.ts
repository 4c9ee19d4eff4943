/** "Is the whole product line, deployment or bundle under support?" Some vendors serve none of it unless all of it is covered. */
import { heldOn } from "../cover.ts";
import { productOf } from "../coverage.ts";
import type { HeldLicense } from "../facts.ts";
import type { CalendarDate } from "../time/calendar-date.ts";
import { type Inquiry, type Judge, type Judgement, listed, sooner } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

type Group = ParametersOf<"whole-coverage">["group"];

/** Trial, beta and free licenses are not sold with support and are never a gap. */
export const wholeCoverage: Judge<ParametersOf<"whole-coverage">> = ({ group, of, otherwise }, inquiry) => {
  const { license } = inquiry;
  if (license === null) return { result: "pass", finding: `no license to look at the ${words[group]} of` };
  const name = groupOf(group, license, inquiry);
  if (name === null) return { result: "pass", finding: `license \`${license.licenseId}\` belongs to no ${words[group]}` };
  if (name === undefined) {
    const finding = `the product line of \`${license.productId}\` is not recorded`;
    return { result: "unknown", finding, missing: `product line of \`${license.productId}\`` };
  }
  return judge(
    { group, name, license, inquiry, otherwise },
    inquiry.coverage.once(`${group} ${of.join(" ")} ${name}`, () => membersOf(group, name, of, inquiry)),
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

function membersOf(group: Group, name: string, of: readonly string[], inquiry: Inquiry): Members {
  const { day, coverage } = inquiry;
  const members: Members = { gaps: [], covered: 0, unknown: [], until: null };
  const own: HeldLicense[] = [];
  const unknownUntil: (CalendarDate | null | undefined)[] = [];
  for (const held of coverage.licenses) {
    if (!of.includes(held.kind)) continue;
    const its = groupOf(group, held, inquiry);
    if (its !== undefined && its !== name) continue;
    if (its === undefined) unknownUntil.push(coverage.gapChangesOn(held));
    else {
      members.until = sooner(members.until, coverage.gapChangesOn(held));
      own.push(held);
    }
    if (isUnknown(held) && held.deliveredOn > day) unknownUntil.push(held.deliveredOn);
    if (!heldOn(held, day)) continue;
    const gap = coverage.isGap(held);
    if (isUnknown(held)) {
      members.unknown.push({ licenseId: held.licenseId, missing: `termLastDay of license \`${held.licenseId}\`` });
      unknownUntil.push(held.retiredOn);
    } else if (its === undefined && gap) members.unknown.push({ licenseId: held.licenseId, missing: `product line of \`${held.productId}\`` });
    else if (gap) members.gaps.push(held.licenseId);
    else if (its !== undefined) members.covered += 1;
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
    return { result: "unknown", finding, missing: first.missing, until };
  }
  return { result: "pass", finding: `${words[group]} \`${name}\` is covered as a whole`, until };
}

/** The group's name; null where the license belongs to none, undefined where that is not recorded. */
function groupOf(group: Group, license: HeldLicense, { facts, product }: Inquiry): string | null | undefined {
  if (group === "deployment") return license.deploymentId ?? null;
  if (group === "bundle") return license.bundleId ?? null;
  if (product !== null && product.productId === license.productId) return product.productLine;
  return productOf(facts.catalog, license.productId)?.productLine;
}

const isUnknown = ({ kind, termLastDay }: HeldLicense) => kind === "subscription" && termLastDay === undefined;

/** First day on which the last covered member has gone, or the first one has come. */
function anyCoveredChangesOn(own: readonly HeldLicense[], now: boolean, { coverage, day }: Inquiry): CalendarDate | null {
  const turns = own
    .flatMap(({ deliveredOn, retiredOn }) => (retiredOn === undefined ? [deliveredOn] : [deliveredOn, retiredOn]))
    .filter((turn) => turn > day);
  const anyCovered = (turn: CalendarDate) => own.some((held) => heldOn(held, turn) && !isUnknown(held) && !coverage.isGap(held, turn));
  return turns.sort().find((turn) => anyCovered(turn) !== now) ?? null;
}
