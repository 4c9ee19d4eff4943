/** "Is this license under support today?" A license in a covered term, or a subscription that runs. */
import { carriesSupport, heldOn, lineOf } from "../cover.ts";
import type { FactUsed } from "../decision.ts";
import type { HeldContract, HeldLicense } from "../facts.ts";
import { agreedToEnd } from "../what-follows.ts";
import { coverBegins, type Inquiry, type Judge, type Judgement, listed, sooner } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const covered: Judge<ParametersOf<"covered">> = ({ otherwise, afterTerm, cure }, inquiry) => {
  const { license } = inquiry;
  if (license === null) return noneRecorded(inquiry);
  if (!heldOn(license, inquiry.day)) return notHeld(license, inquiry);
  const carries = carriesSupport(license, inquiry.day);
  if (carries === true) return carriedBy(license, inquiry);
  if (inquiry.cover !== null) return coveredBy(inquiry.cover, license, inquiry);
  if (license.kind === "subscription") return notRunning(license, carries, inquiry, otherwise);
  const unpaid = inquiry.coverage.coversOf(license.licenseId).find(({ paidFrom, firstDay }) => paidFrom <= inquiry.day && inquiry.day < firstDay);
  if (unpaid !== undefined) return broughtBackOnPayment(unpaid, license, inquiry);
  const result = afterTerm !== undefined && followsTerm(license, inquiry) ? afterTerm : otherwise;
  return uncovered(license, inquiry, result, cure !== undefined);
};

/** No license of the account fits what the request names. Only those held on the day can be named instead. */
function noneRecorded({ productId, request, facts, day }: Inquiry): Judgement {
  const { licenseId, deploymentId } = request;
  const product = productId === null ? "no license" : `no license of \`${productId}\``;
  const what =
    licenseId !== undefined ? `no license \`${licenseId}\`` : deploymentId === undefined ? product : `${product} in deployment \`${deploymentId}\``;
  const place = (of: HeldLicense) => (deploymentId === undefined ? "" : `, in ${of.deploymentId === undefined ? "none" : `\`${of.deploymentId}\``}`);
  const held = facts.dossier.licenses.filter((one) => heldOn(one, day)).map((one) => `${one.licenseId} (\`${one.productId}\`${place(one)})`);
  const says = held.length === 0 ? "record the license" : `name a license that the account holds: ${listed(held)}`;
  return { result: "fail", finding: `the account holds ${what}`, facts: [{ path: "licenses", value: null }], cure: { says, here: true } };
}

/** Whether cover ran to the end of the recorded term, and neither the text nor the parties say what came after. */
function followsTerm({ licenseId }: HeldLicense, { contract, day }: Inquiry): boolean {
  const line = lineOf(contract, licenseId);
  if (line === undefined || agreedToEnd(contract)) return false;
  return contract.term.lastDay < day && (line.coveredUntil === undefined || line.coveredUntil >= contract.term.lastDay);
}

function coveredBy({ contract, lastDay, firstDay }: NonNullable<Inquiry["cover"]>, license: HeldLicense, inquiry: Inquiry): Judgement {
  inquiry.readings.use("term-days");
  const through = lastDay === null ? "and renews by itself" : `through ${lastDay}`;
  return {
    result: "pass",
    finding: `license \`${license.licenseId}\` is covered under contract \`${contract.contractId}\` since ${firstDay} ${through}`,
    facts: [{ path: `contracts/${contract.contractId}/lines/${license.licenseId}`, value: firstDay }],
    until: inquiry.coverage.coverChangesOn(license),
  };
}

/** Bringing support back is subject to payment, and a payment counts from the day it is paid. */
function broughtBackOnPayment({ contract, firstDay, paidFrom }: NonNullable<Inquiry["cover"]>, license: HeldLicense, inquiry: Inquiry): Judgement {
  return {
    result: "fail",
    finding: `license \`${license.licenseId}\` was brought back under contract \`${contract.contractId}\` for ${paidFrom} on, but that is paid only on ${firstDay}`,
    facts: [{ path: `contracts/${contract.contractId}/lines/${license.licenseId}`, value: firstDay }],
    cure: { says: "pay what was quoted: support is back from that day on" },
    until: inquiry.coverage.coverChangesOn(license),
  };
}

function uncovered(license: HeldLicense, inquiry: Inquiry, otherwise: "fail" | "unknown", comesBack: boolean): Judgement {
  const { contract } = inquiry;
  const isOpen = otherwise === "unknown" && followsTerm(license, inquiry);
  const { finding, facts } = isOpen
    ? {
        finding: `what follows the recorded term of contract \`${contract.contractId}\`, which ended on ${contract.term.lastDay}, is in an agreement that is not part of the policy`,
        facts: [lineFact(license, contract)],
      }
    : withoutCover(license, inquiry);
  return {
    result: otherwise,
    finding,
    facts,
    cure: isOpen ? { says: "record the term that follows, once the parties say which" } : coverIt(license, inquiry, comesBack),
    ...(otherwise === "unknown" ? { missing: "agreement" } : {}),
    until: inquiry.coverage.coverChangesOn(license),
  };
}

const lineFact = ({ licenseId }: HeldLicense, { contractId }: HeldContract): FactUsed => ({
  path: `contracts/${contractId}/lines/${licenseId}`,
  value: null,
});

/** No line names the license, or the one that does covers other days; with the parties' agreement where that ended it. */
function withoutCover(license: HeldLicense, { contract, coverage, day }: Inquiry): { finding: string; facts: FactUsed[] } {
  const { licenseId } = license;
  const { contractId, term } = contract;
  const cover = coverage.coversOf(licenseId).find((one) => one.contract === contract);
  if (cover === undefined)
    return { finding: `license \`${licenseId}\` is on no support contract`, facts: [{ path: `licenses/${licenseId}`, value: null }] };
  const { firstDay, lastDay } = cover;
  const finding = `license \`${licenseId}\` has no cover under contract \`${contractId}\` on ${day}`;
  const facts = [lineFact(license, contract)];
  if (lastDay === null || lastDay < firstDay || day <= lastDay) return { finding, facts };
  const ended = `${finding}: it ended on ${lastDay}`;
  if (!agreedToEnd(contract) || lastDay < term.lastDay) return { finding: ended, facts };
  return {
    finding: `${ended}, since the parties agreed that the contract does not renew by itself`,
    facts: [...facts, { path: `contracts/${contractId}/settings/autoRenew`, value: false }],
  };
}

/** What lapsed comes back as the policy says, where it says so; what never had support gets it on a contract. Null where its kind has none on any. */
function coverIt(license: HeldLicense, inquiry: Inquiry, comesBack: boolean): NonNullable<Judgement["cure"]> | null {
  if (isShutOut(license, inquiry)) return null;
  const { licenseId } = license;
  const { coverage, day } = inquiry;
  const lapsed = coverage.coversOf(licenseId).some(({ lastDay }) => lastDay !== null && lastDay < day);
  return lapsed && comesBack ? { prices: [licenseId] } : { says: `put ${licenseId} on a support contract`, prices: [licenseId], here: true };
}

/** Whether the policy refuses support to licenses of the kind, on a contract or not. */
const isShutOut = ({ kind }: HeldLicense, { policy, readings }: Inquiry): boolean =>
  policy.conditions.some(
    ({ parameters, when }) =>
      parameters.condition === "license-kind" && parameters.otherwise === "fail" && parameters.kinds.includes(kind) && readings.holds(when),
  );

/** Support is included while the subscription runs. */
function carriedBy(license: HeldLicense, { coverage }: Inquiry): Judgement {
  return {
    result: "pass",
    finding: `support is included in subscription \`${license.licenseId}\`, which runs through ${license.termLastDay}`,
    facts: [termFact(license)],
    until: coverage.coverChangesOn(license),
  };
}

const termFact = ({ licenseId, termLastDay }: HeldLicense): FactUsed => ({ path: `licenses/${licenseId}/termLastDay`, value: termLastDay ?? null });

/** On no contract on the day, and over; or not known to run. Nothing is brought back: that is for perpetual licenses. */
function notRunning(license: HeldLicense, carries: false | null, { coverage }: Inquiry, otherwise: "fail" | "unknown"): Judgement {
  const { licenseId, termLastDay, retiredOn } = license;
  const facts = [termFact(license)];
  if (carries === null) {
    return {
      result: "unknown",
      finding: `the last day of subscription \`${licenseId}\` is not recorded`,
      facts,
      missing: `termLastDay of license \`${licenseId}\``,
      cure: { says: `record the last day of subscription ${licenseId}`, here: true },
      until: sooner(coverage.coverChangesOn(license), retiredOn),
    };
  }
  return {
    result: otherwise,
    finding: `subscription \`${licenseId}\` ended on ${termLastDay}`,
    facts,
    cure: { says: `renew subscription ${licenseId}, or record its new last day`, here: true },
    ...(otherwise === "unknown" ? { missing: "agreement" } : {}),
    until: coverage.coverChangesOn(license),
  };
}

/** Before its delivery cover is still to begin; after it was retired there is nothing to cover. */
function notHeld(license: HeldLicense, inquiry: Inquiry): Judgement {
  const { day, coverage } = inquiry;
  const { licenseId, kind, deliveredOn, retiredOn } = license;
  if (day >= deliveredOn) {
    const finding = `license \`${licenseId}\` was retired on ${retiredOn}`;
    return { result: "fail", finding, facts: [{ path: `licenses/${licenseId}/retiredOn`, value: retiredOn ?? null }], cure: null };
  }
  const next = coverage.nextCover(license);
  const says =
    kind === "subscription"
      ? `support of ${licenseId} begins with the subscription on ${deliveredOn}`
      : next === null
        ? `put ${licenseId} on a support contract from ${deliveredOn} on`
        : coverBegins(licenseId, next);
  return {
    result: "fail",
    finding: `license \`${licenseId}\` is delivered only on ${deliveredOn}`,
    facts: [{ path: `licenses/${licenseId}/deliveredOn`, value: deliveredOn }],
    cure: isShutOut(license, inquiry) ? null : { says, here: true },
    until: deliveredOn,
  };
}
