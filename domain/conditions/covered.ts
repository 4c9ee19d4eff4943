/** "Is this license under support today?" A license in a covered term, or a running subscription. */
import { heldOn } from "../cover.ts";
import type { HeldLicense } from "../facts.ts";
import { addDays, type CalendarDate } from "../time/calendar-date.ts";
import { coverBegins, type Inquiry, type Judge, type Judgement, listed } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const covered: Judge<ParametersOf<"covered">> = ({ otherwise, afterTerm }, inquiry) => {
  const { license, productId } = inquiry;
  if (license === null) {
    const named = inquiry.request.licenseId;
    const what = named !== undefined ? `no license \`${named}\`` : productId === null ? "no license" : `no license of \`${productId}\``;
    const held = inquiry.facts.dossier.licenses.map((one) => `${one.licenseId} (\`${one.productId}\`)`);
    const says = held.length === 0 ? "record the license" : `name a license that the account holds: ${listed(held)}`;
    return { result: "fail", finding: `the account holds ${what}`, facts: [{ path: "licenses", value: null }], cure: { says, here: true } };
  }
  if (!heldOn(license, inquiry.day)) return notHeld(license, inquiry);
  if (license.kind === "subscription") return subscription(license, inquiry.day, otherwise);
  if (inquiry.cover !== null) return coveredBy(inquiry.cover, license, inquiry);
  const unpaid = inquiry.coverage.coversOf(license.licenseId).find(({ paidFrom, firstDay }) => paidFrom <= inquiry.day && inquiry.day < firstDay);
  if (unpaid !== undefined) return broughtBackOnPayment(unpaid, license, inquiry);
  return uncovered(license, inquiry, afterTerm !== undefined && endedWithTerm(license, inquiry) ? afterTerm : otherwise);
};

/** Whether cover ran to the end of the recorded term and nothing says what came after. */
function endedWithTerm({ licenseId }: HeldLicense, { contract, day }: Inquiry): boolean {
  const line = contract.lines.find((one) => one.licenseId === licenseId);
  if (line === undefined) return false;
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

function uncovered(license: HeldLicense, inquiry: Inquiry, otherwise: "fail" | "unknown"): Judgement {
  const { contract, day } = inquiry;
  const named = contract.lines.some(({ licenseId }) => licenseId === license.licenseId);
  const followsTerm = otherwise === "unknown" && endedWithTerm(license, inquiry);
  const finding = followsTerm
    ? `what follows the recorded term of contract \`${contract.contractId}\`, which ended on ${contract.term.lastDay}, is in an agreement that is not part of the policy`
    : named
      ? `license \`${license.licenseId}\` has no cover under contract \`${contract.contractId}\` on ${day}`
      : `license \`${license.licenseId}\` is on no support contract`;
  const path = named ? `contracts/${contract.contractId}/lines/${license.licenseId}` : `licenses/${license.licenseId}`;
  return {
    result: otherwise,
    finding,
    facts: [{ path, value: null }],
    cure: followsTerm ? { says: "record the term that follows, once the parties say which" } : coverIt(license, inquiry),
    ...(otherwise === "unknown" ? { missing: "agreement" } : {}),
    until: inquiry.coverage.coverChangesOn(license),
  };
}

/** What lapsed comes back as the policy says; what never had support gets it on a contract. */
function coverIt({ licenseId }: HeldLicense, { coverage, day }: Inquiry): NonNullable<Judgement["cure"]> {
  const lapsed = coverage.coversOf(licenseId).some(({ lastDay }) => lastDay !== null && lastDay < day);
  return lapsed ? { prices: [licenseId] } : { says: `put ${licenseId} on a support contract`, prices: [licenseId], here: true };
}

/** Support is included while the subscription runs. */
function subscription(license: HeldLicense, day: CalendarDate, otherwise: "fail" | "unknown"): Judgement {
  const { licenseId, termLastDay } = license;
  const facts = [{ path: `licenses/${licenseId}/termLastDay`, value: termLastDay ?? null }];
  if (termLastDay === undefined) {
    return {
      result: "unknown",
      finding: `the last day of subscription \`${licenseId}\` is not recorded`,
      facts,
      missing: `termLastDay of license \`${licenseId}\``,
      cure: { says: `record the last day of subscription ${licenseId}`, here: true },
      until: license.retiredOn ?? null,
    };
  }
  if (day > termLastDay) {
    const missing = otherwise === "unknown" ? { missing: "agreement" } : {};
    // Nothing is brought back: that is for perpetual licenses.
    const cure = { says: `renew subscription ${licenseId}, or record its new last day`, here: true } as const;
    return { result: otherwise, finding: `subscription \`${licenseId}\` ended on ${termLastDay}`, facts, cure, ...missing };
  }
  return {
    result: "pass",
    finding: `support is included in subscription \`${licenseId}\`, which runs through ${termLastDay}`,
    facts,
    until: license.retiredOn !== undefined && license.retiredOn <= termLastDay ? license.retiredOn : addDays(termLastDay, 1),
  };
}

/** Before its delivery cover is still to begin; after it was retired there is nothing to cover. */
function notHeld(license: HeldLicense, { day, coverage }: Inquiry): Judgement {
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
    cure: { says, here: true },
    until: deliveredOn,
  };
}
