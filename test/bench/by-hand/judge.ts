/** Every condition of the Ebiexperts policy for one license, in the order of its text. */
import type { Cure, FactUsed, Reason, Result } from "../../../domain/decision.ts";
import type { HeldLicense, NamedInvoice } from "../../../domain/facts.ts";
import { formatMoney } from "../../../domain/money.ts";
import { addDays, type CalendarDate, daysBetween } from "../../../domain/time/calendar-date.ts";
import type { Case, Product } from "./case.ts";
import { contactChanges, technicalContacts, whyNot } from "./contacts.ts";
import { covers, held } from "./cover.ts";
import { beginsOn, firstChange, isCovered, isGap, isSold, withCompanions } from "./gaps.ts";
import { dueDays, isOverdue, openCents, openTotal, overdueChanges } from "./invoices.ts";
import { moneyOf, priceOfGap } from "./price-of-gap.ts";

export interface Judged {
  reasons: Reason[];
  missing: { what: string; clause: string }[];
  readings: { id: string; chosen: string }[];
  until: CalendarDate | null;
  endOfLife: boolean;
}

/** Delivered later, or retired before. */
export function whyNotHeld({ licenseId, kind, deliveredOn, retiredOn }: HeldLicense, day: CalendarDate): Pick<Judged, "reasons" | "until"> {
  const fails = { clause: "2.1", condition: "covered", result: "fail" } as const;
  if (day >= deliveredOn) {
    const facts = [{ path: `licenses/${licenseId}/retiredOn`, value: retiredOn ?? null }];
    return { reasons: [{ ...fails, finding: `license \`${licenseId}\` was retired on ${retiredOn}`, facts, cure: null }], until: null };
  }
  const says = `${kind === "subscription" ? "support begins with the subscription" : "cover begins with the delivery"}, ${deliveredOn}`;
  const facts = [{ path: `licenses/${licenseId}/deliveredOn`, value: deliveredOn }];
  const finding = `license \`${licenseId}\` is delivered only on ${deliveredOn}`;
  // Of trial and early-release code there is no support, delivered or not (1).
  const cure = kind === "trial" || kind === "beta" ? null : { says, clause: "2.1", price: null };
  return { reasons: [{ ...fails, finding, facts, cure }], until: deliveredOn };
}

const billable = "billable: time and materials, after a written request and approval of the charges";
export const reinstate = "bring support back: reinstatement quote";

export function judge(about: Case, license: HeldLicense): Judged {
  const { dossier, products, request, day, contract } = about;
  const { licenseId, productId, kind } = license;
  const product = products.get(productId);
  const judged: Judged = { reasons: [], missing: [], readings: [], until: null, endOfLife: isEndOfLife(product, day) };
  const add = (clause: string, condition: string, result: Result, finding: string, facts: FactUsed[] = [], cure: Cure | null = null) => {
    judged.reasons.push({ clause, condition, result, finding, facts, cure });
  };
  const pass = (clause: string, condition: string, finding: string, facts?: FactUsed[]) => add(clause, condition, "pass", finding, facts);
  const use = (id: string, chosen: string) => {
    if (!judged.readings.some((one) => one.id === id)) judged.readings.push({ id, chosen });
  };
  const changes = (on: CalendarDate | null | undefined) => {
    if (on != null && (judged.until === null || on < judged.until)) judged.until = on;
  };
  const cure = (says: string, clause: string): Cure => ({ says, clause, price: null });
  const ofKind = (clause: string, excluded: readonly string[], says: string, otherwise: Result, remedy: Cure | null = null) => {
    if (!excluded.includes(kind)) return pass(clause, "license-kind", `license \`${licenseId}\` is of kind ${kind}`);
    add(
      clause,
      "license-kind",
      otherwise,
      `license \`${licenseId}\` is of kind ${kind}: ${says}`,
      [{ path: `licenses/${licenseId}/kind`, value: kind }],
      remedy,
    );
  };
  const productOf = (clause: string, excluded: Product["kind"], says: string, otherwise: Result, remedy: Cure | null = null) => {
    if (product === undefined) return pass(clause, "product-kind", "no product of an excluded kind is recorded");
    if (product.kind !== excluded) return pass(clause, "product-kind", `\`${productId}\` is of kind ${product.kind}`);
    add(
      clause,
      "product-kind",
      otherwise,
      `\`${productId}\` is of kind ${excluded}: ${says}`,
      [{ path: `products/${productId}/kind`, value: excluded }],
      remedy,
    );
  };
  const requestOf = (clause: string, excluded: readonly string[], says: string, otherwise: Result, remedy: Cure | null = null) => {
    if (!excluded.includes(request.kind)) return pass(clause, "request-kind", `the request is of kind ${request.kind}`);
    // Updates are owed (2.1, 5).
    if (request.service === "updates") {
      const facts = [
        { path: "request/service", value: "updates" },
        { path: `contracts/${contract.contractId}/program`, value: contract.program },
      ];
      return pass("5", "request-kind", "by 5 updates are included", facts);
    }
    add(
      clause,
      "request-kind",
      otherwise,
      `the request is of kind ${request.kind}: ${says}`,
      [{ path: "request/kind", value: request.kind }],
      remedy,
    );
  };
  const stated = (clause: string, tags: readonly string[], states: string, otherwise: Result, remedy = cure(billable, "4.2")) => {
    const tag = tags.find((one) => request.circumstances.includes(one));
    if (tag === undefined) return pass(clause, "circumstance", `the request does not state that ${states}`);
    add(clause, "circumstance", otherwise, `the request states that ${states}`, [{ path: "request/circumstances", value: tag }], remedy);
  };

  // 1
  if (product === undefined) {
    const remedy = cure(`record product \`${productId}\` with its product line`, "1");
    add("1", "product-recorded", "unknown", `product \`${productId}\` is not recorded`, [{ path: `products/${productId}`, value: null }], remedy);
    judged.missing.push({ what: `product \`${productId}\` and its product line`, clause: "1" });
  } else pass("1", "product-recorded", `\`${productId}\` belongs to product line \`${product.productLine}\``);
  productOf(
    "1",
    "cloud-service",
    "cloud services are supported under an agreement of their own",
    "redirect",
    cure("ask under the service level agreement of the cloud service", "1"),
  );
  ofKind("1", ["trial", "beta"], "trial, evaluation and early-release code is not Software", "fail");
  requestOf(
    "1",
    ["service", "work-order"],
    "on-site work, consulting and education are not support",
    "fail",
    cure("order it as a professional service", "1"),
  );
  // The other option would leave it to the vendor.
  if (request.kind === "question" || request.kind === "how-to") use("ebx-questions", "as-severity-3");

  // 2.1
  if (kind === "freeware") {
    for (const condition of ["covered", "payments-current"]) pass("2.1", condition, "not asked of a license of kind freeware");
  } else {
    judgeCover();
    judgePayments();
  }

  // 2.3
  const language = request.language?.split("-")[0]?.toLowerCase();
  if (language === undefined) pass("2.3", "language", "no other language is asked for");
  else if (language === "en") pass("2.3", "language", `support is given in \`${request.language}\``);
  else {
    const asked = request.language as string;
    add("2.3", "language", "discretion", `support is given in \`en\`, the request is in \`${asked}\``, [{ path: "request/language", value: asked }]);
  }

  // 4.2
  stated("4.2", ["bundled-third-party", "4.2"], "it is about third-party software or data that came with the product", "fail");
  stated("4.2(i)", ["4.2(i)"], "something other than the software causes the issue", "fail");
  stated("4.2(ii)", ["4.2(ii)"], "the software is used against documentation or agreement", "fail");
  ofKind("4.2(iii)", ["trial", "beta"], "it is used on trial, for evaluation or as an early release", "fail", cure(billable, "4.2"));
  stated("4.2(iii)", ["4.2(iii)"], "the software is used on trial or was not paid for", "fail");
  stated("4.2(iv)", ["4.2(iv)"], "the error cannot be reproduced", "fail");
  const territory = cure(`report through the territory assigned on the support portal; otherwise ${billable}`, "4.2");
  stated("4.2(v)", ["4.2(v)"], "it was reported through another territory's number or address", "fail", territory);
  stated("4.2(vi)(a)", ["4.2(vi)(a)"], "it is used with software or hardware that is not made for the approved operating systems", "fail");
  stated("4.2(vi)(b)", ["4.2(vi)(b)"], "the hardware is below the minimum requirements", "fail");
  stated("4.2(vi)(c)", ["4.2(vi)(c)"], "the software was changed without approval", "fail");
  stated("4.2(vi)(d)", ["4.2(vi)(d)"], "a third-party platform is no longer supported by its vendor", "fail");
  judgeVersion();
  stated("4.2(vi)(e)", ["4.2(vi)(e)"], "the version is no longer a supported one", "fail");

  // 5, 6
  requestOf("5", ["feature-request"], "nobody is obliged to develop new functionality", "discretion");
  stated(
    "6.1",
    ["customer-not-cooperating", "6.1"],
    "the customer fails to cooperate",
    "discretion",
    cure("give information and access as asked", "6.1"),
  );
  judgeContact();
  stated(
    "6.6",
    ["virtualization-layer", "6.6"],
    "the issue arises from the virtual environment",
    "fail",
    cure("reproduce it on a native operating system", "6.6"),
  );

  // 7
  judgeGroup("7.1", "bundle", "cover the whole bundle", ["perpetual", "subscription"], (one) => one.bundleId ?? null);
  judgeLevel();
  judgeGroup("7.1(i)", "product line", "cover the whole product line", ["perpetual"], (one) => products.get(one.productId)?.productLine);
  judgeGroup("7.1(ii)", "deployment", "cover the whole deployment", ["perpetual", "subscription"], (one) => one.deploymentId ?? null);
  productOf("7.4", "extension", "extensions are supported by their community or partner", "fail");
  judgeLibrary();
  ofKind("7.5", ["freeware"], "support of free software is at the vendor's discretion", "discretion");
  const { soldBy } = contract;
  if (soldBy === "direct") pass("7.6", "sold-by-vendor", "support was sold by the vendor itself");
  else {
    const finding = `contract \`${contract.contractId}\` was sold by reseller ${soldBy.reseller}, who serves it`;
    const facts = [{ path: `contracts/${contract.contractId}/soldBy`, value: soldBy.reseller }];
    add("7.6", "sold-by-vendor", "redirect", finding, facts, cure(`turn to ${soldBy.reseller}`, "7.6"));
  }
  return judged;

  function judgeCover() {
    const cover = (about.covers.get(licenseId) ?? []).find((one) => one.contract === contract && covers(one, day));
    if (!held(license, day)) return notHeldOnDay();
    const runs = ({ termLastDay }: HeldLicense, on: CalendarDate) => kind === "subscription" && termLastDay !== undefined && on <= termLastDay;
    changes(firstChange(about, license, (one, on) => held(one, on) && (runs(one, on) || isCovered(about, one, on))));
    if (runs(license, day)) {
      const { termLastDay } = license;
      const facts = [{ path: `licenses/${licenseId}/termLastDay`, value: termLastDay ?? null }];
      return pass("2.1", "covered", `support is included in subscription \`${licenseId}\`, which runs through ${termLastDay}`, facts);
    }
    if (cover !== undefined) {
      use("term-days", "both-inside");
      const through = cover.lastDay === null ? "and renews by itself" : `through ${cover.lastDay}`;
      const finding = `license \`${licenseId}\` is covered under contract \`${contract.contractId}\` since ${cover.firstDay} ${through}`;
      return pass("2.1", "covered", finding, [{ path: `contracts/${contract.contractId}/lines/${licenseId}`, value: cover.firstDay }]);
    }
    if (kind === "subscription") return judgeSubscription();
    const named = contract.lines.some((line) => line.licenseId === licenseId);
    const path = named ? `contracts/${contract.contractId}/lines/${licenseId}` : `licenses/${licenseId}`;
    const facts: FactUsed[] = [{ path, value: null }];
    const its = (about.covers.get(licenseId) ?? []).find((one) => one.contract === contract && one.firstDay <= (one.lastDay ?? day));
    const ended = its?.lastDay ?? day;
    const { settings, term, contractId } = contract;
    const agreed = settings?.autoRenew === false && term.lastDay <= ended && ended < day;
    if (agreed) facts.push({ path: `contracts/${contractId}/settings/autoRenew`, value: false });
    const since = agreed ? ", since the parties agreed that the contract does not renew by itself" : "";
    const when = ended < day ? `: it ended on ${ended}${since}` : "";
    const finding = named
      ? `license \`${licenseId}\` has no cover under contract \`${contractId}\` on ${day}${when}`
      : `license \`${licenseId}\` is on no support contract`;
    // Of trial and early-release code there is no support, on whatever contract (1).
    if (kind === "trial" || kind === "beta") return add("2.1", "covered", "fail", finding, facts);
    const lapsed = (about.covers.get(licenseId) ?? []).some(({ lastDay }) => lastDay !== null && lastDay < day);
    if (lapsed) return add("2.1", "covered", "fail", finding, facts, priced(about, reinstate, "7.3", [licenseId], "2.1"));
    const ids = beginsOn(about, license) === undefined ? withCompanions(about, licenseId) : [licenseId];
    add("2.1", "covered", "fail", finding, facts, priced(about, `put ${licenseId} on a support contract`, "2.1", ids));
  }

  function judgeSubscription() {
    const { termLastDay } = license;
    const facts = [{ path: `licenses/${licenseId}/termLastDay`, value: termLastDay ?? null }];
    if (termLastDay === undefined) {
      judged.missing.push({ what: `termLastDay of license \`${licenseId}\``, clause: "2.1" });
      return add(
        "2.1",
        "covered",
        "unknown",
        `the last day of subscription \`${licenseId}\` is not recorded`,
        facts,
        cure(`record the last day of subscription ${licenseId}`, "2.1"),
      );
    }
    add(
      "2.1",
      "covered",
      "fail",
      `subscription \`${licenseId}\` ended on ${termLastDay}`,
      facts,
      cure(`renew subscription ${licenseId}, or record its new last day`, "2.1"),
    );
  }

  function notHeldOnDay() {
    const { reasons, until } = whyNotHeld(license, day);
    changes(until);
    judged.reasons.push(...reasons);
  }

  function judgePayments() {
    use("current", "due-day-in-time");
    if (kind === "subscription") use("ebx-subscription-fees", "support-invoices");
    const inScope = dossier.invoices.filter(
      (invoice) => invoice.kind === "support" && (invoice.contractId === undefined || invoice.contractId === contract.contractId),
    );
    for (const invoice of inScope) changes(overdueChanges(invoice, day));
    const overdue = inScope.filter((invoice) => isOverdue(invoice, day));
    const ours = overdue.filter(({ contractId }) => contractId !== undefined);
    const pay = cure("pay the open balance", "2.1");
    if (ours.length > 0) {
      const price = openTotal(ours, day);
      return add("2.1", "payments-current", "fail", balances(ours), dueDays(ours), { ...pay, price });
    }
    if (overdue.length > 0) {
      judged.missing.push({ what: `contractId of invoice \`${overdue[0]?.invoiceId}\``, clause: "2.1" });
      return add("2.1", "payments-current", "unknown", `${balances(overdue)}, but no contract is recorded for it`, dueDays(overdue), pay);
    }
    pass("2.1", "payments-current", "no support invoice of the contract is overdue");
  }

  function balances(overdue: NamedInvoice[]): string {
    const shown = overdue.slice(0, 5).map((invoice) => {
      const days = daysBetween(invoice.dueOn, day);
      const open = formatMoney(moneyOf(openCents(invoice, day), invoice.amount.currency));
      return `open balance ${open} on \`${invoice.invoiceId}\`, due ${invoice.dueOn}, ${days} ${days === 1 ? "day" : "days"} ago${invoice.disputed ? ", disputed" : ""}`;
    });
    return overdue.length > 5 ? `${shown.join("; ")}; ${overdue.length - 5} more` : shown.join("; ");
  }

  function judgeVersion() {
    const [clause, condition] = ["4.2(vi)(e)", "version-supported"];
    if (product === undefined) return pass(clause, condition, "no product is recorded whose versions could have ended");
    const out = product.endOfLifeOn;
    if (out !== undefined && out <= day) {
      return add(
        clause,
        condition,
        "fail",
        `\`${productId}\` is out of support since ${out}`,
        [{ path: `products/${productId}/endOfLifeOn`, value: out }],
        cure(billable, "4.2"),
      );
    }
    changes(out);
    const { productVersion } = request;
    if (productVersion === undefined) return pass(clause, condition, `the request names no version of \`${productId}\` that has ended`);
    if (product.versions === undefined || product.versions.length === 0) {
      use("version-list", "open");
      return pass(clause, condition, `no version of \`${productId}\` is recorded as ended`);
    }
    const its = product.versions.find(({ version }) => version === productVersion);
    const path = `products/${productId}/versions/${productVersion}`;
    if (its === undefined) {
      judged.missing.push({ what: `version ${productVersion} of \`${productId}\``, clause });
      return add(
        clause,
        condition,
        "unknown",
        `version ${productVersion} of \`${productId}\` is not listed`,
        [{ path, value: null }],
        cure(
          `state a listed version (${product.versions.map(({ version }) => version).join(", ")}), or record version ${productVersion} of \`${productId}\``,
          clause,
        ),
      );
    }
    const lastDay = its.supportEndsOn;
    const facts = [{ path: `${path}/supportEndsOn`, value: lastDay ?? null }];
    if (lastDay !== undefined && lastDay < day) {
      return add(
        clause,
        condition,
        "fail",
        `version ${productVersion} of \`${productId}\` was supported through ${lastDay}`,
        facts,
        cure(billable, "4.2"),
      );
    }
    if (lastDay !== undefined) changes(addDays(lastDay, 1));
    pass(clause, condition, `version ${productVersion} of \`${productId}\` is supported${lastDay === undefined ? "" : ` through ${lastDay}`}`, facts);
  }

  function judgeContact() {
    const { contactId } = request;
    if (contactId === undefined) {
      judged.missing.push({ what: "contactId", clause: "6.3" });
      const remedy = cure("state `contactId`", "6.3");
      return add("6.3", "contact-role", "unknown", "the request does not say which contact reports; it must be a technical contact", [], remedy);
    }
    const contact = dossier.contacts.find((one) => one.contactId === contactId);
    const counting = technicalContacts(dossier.contacts, day);
    const counts = counting.some((one) => one.contactId === contactId);
    changes(contactChanges(dossier.contacts, contactId, day, counts));
    const facts = [{ path: `contacts/${contactId}/role`, value: contact?.role ?? null }];
    if (counts) return pass("6.3", "contact-role", `\`${contactId}\` is a technical contact`, facts);
    const through = counting.length > 0 ? `report through one of ${listed(counting.map((one) => one.contactId))}` : "name a technical contact";
    add("6.3", "contact-role", "fail", whyNot(contactId, contact, day), facts, cure(through, "6.3"));
  }

  function judgeGroup(
    clause: string,
    group: string,
    says: string,
    kinds: readonly string[],
    nameOf: (license: HeldLicense) => string | null | undefined,
  ) {
    const condition = "whole-coverage";
    if (kind === "freeware") return pass(clause, condition, "not asked of a license of kind freeware");
    const groupOf = (one: HeldLicense) => (isSold(about, one) === false ? null : nameOf(one));
    const missingOf = (one: HeldLicense) => {
      if (nameOf(one) === undefined) return `product line of \`${one.productId}\``;
      return products.has(one.productId) ? `supportedLibrary of \`${one.productId}\`` : `product \`${one.productId}\``;
    };
    const name = groupOf(license);
    if (name === null) return pass(clause, condition, `license \`${licenseId}\` belongs to no ${group}`);
    const isOpen = (one: HeldLicense) => isSold(about, one) === undefined;
    if (isOpen(license)) {
      const what = missingOf(license);
      use("ebx-incomplete-line", "discretion");
      judged.missing.push({ what, clause });
      return add(clause, condition, "unknown", `the ${what} is not recorded`, [], cure(`record ${what}`, clause));
    }
    const members = dossier.licenses.filter((one) => kinds.includes(one.kind) && (groupOf(one) === name || groupOf(one) === undefined));
    for (const member of members) changes(firstChange(about, member, (one, on) => isGap(about, one, on)));
    const heldNow = members.filter((one) => held(one, day));
    const endUnknown = (one: HeldLicense) => one.kind === "subscription" && one.termLastDay === undefined && !isCovered(about, one, day);
    const gaps = heldNow.filter((one) => !isOpen(one) && isGap(about, one, day) && !endUnknown(one)).map((one) => one.licenseId);
    const unknown = heldNow.filter((one) => endUnknown(one) || (isOpen(one) && isGap(about, one, day)));
    const facts = gaps.slice(0, 50).map((id) => ({ path: `licenses/${id}`, value: null }));
    if (gaps.length > 0) {
      use("ebx-incomplete-line", "discretion");
      const own = gaps.includes(licenseId);
      const some = heldNow.some((one) => !isOpen(one) && !isGap(about, one, day) && !endUnknown(one));
      const remedy = priced(about, `${says}: ${listed(gaps)}`, clause, gaps);
      if (own && !some) return add(clause, condition, "info", `no license of ${group} \`${name}\` has support on ${day}`, facts, remedy);
      const finding = `${group} \`${name}\` is incomplete: ${listed(gaps)} ${gaps.length === 1 ? "has" : "have"} no support on ${day}`;
      return add(clause, condition, own ? "fail" : "discretion", finding, facts, remedy);
    }
    const [first] = unknown;
    if (first !== undefined) {
      use("ebx-incomplete-line", "discretion");
      const what = endUnknown(first) ? `termLastDay of license \`${first.licenseId}\`` : missingOf(first);
      judged.missing.push({ what, clause });
      const ids = listed(unknown.map((one) => one.licenseId));
      return add(
        clause,
        condition,
        "unknown",
        `whether ${group} \`${name}\` is covered as a whole is not known: ${ids}`,
        [],
        cure(`record ${what}`, clause),
      );
    }
    pass(clause, condition, `${group} \`${name}\` is covered as a whole`);
  }

  function judgeLevel() {
    const { bundleId } = license;
    if (bundleId === undefined) return pass("7.1", "uniform-program", "no bundle is concerned");
    const its = dossier.licenses.filter((one) => one.bundleId === bundleId).flatMap((one) => about.covers.get(one.licenseId) ?? []);
    const programs = new Map(its.filter((cover) => covers(cover, day)).map(({ contract }) => [contract.program, contract.contractId]));
    if (programs.size <= 1) return pass("7.1", "uniform-program", `bundle \`${bundleId}\` is supported at one level`);
    const levels = listed([...programs].map(([program, contractId]) => `${program} under \`${contractId}\``));
    const facts = [...programs].map(([program, contractId]) => ({ path: `contracts/${contractId}/program`, value: program }));
    add("7.1", "uniform-program", "discretion", `bundle \`${bundleId}\` is supported at different levels: ${levels}`, facts);
  }

  function judgeLibrary() {
    const [clause, condition] = ["7.4", "library-supported"];
    if (product?.kind !== "open-source-library") return pass(clause, condition, "no open-source library is concerned");
    const { supportedLibrary, latestVersion } = product;
    const onList = [{ path: `products/${productId}/supportedLibrary`, value: supportedLibrary ?? null }];
    if (supportedLibrary === undefined) {
      judged.missing.push({ what: `supportedLibrary of \`${productId}\``, clause });
      return add(clause, condition, "unknown", `whether \`${productId}\` is a listed library is not recorded`, onList);
    }
    if (!supportedLibrary) return add(clause, condition, "fail", `\`${productId}\` is not a listed library`, onList);
    const newest = [{ path: `products/${productId}/latestVersion`, value: latestVersion ?? null }];
    const { productVersion } = request;
    if (latestVersion === undefined || productVersion === undefined) {
      const what = latestVersion === undefined ? `latestVersion of \`${productId}\`` : "productVersion";
      judged.missing.push({ what, clause });
      return add(clause, condition, "unknown", `only the newest release of \`${productId}\` is supported and ${what} is not known`, newest);
    }
    if (productVersion === latestVersion) return pass(clause, condition, `${latestVersion} is the newest release of \`${productId}\``, newest);
    const finding = `only the newest release ${latestVersion} of \`${productId}\` is supported, the request is about ${productVersion}`;
    add(clause, condition, "fail", finding, newest, cure(`update \`${productId}\` to ${latestVersion}`, clause));
  }
}

export const isEndOfLife = (product: Product | undefined, day: CalendarDate) => {
  const announcedOn = product?.endOfLifeAnnouncedOn ?? product?.endOfLifeOn;
  return announcedOn !== undefined && announcedOn <= day;
};

const listed = (ids: string[]) => (ids.length > 10 ? `${ids.slice(0, 10).join(", ")} and ${ids.length - 10} more` : ids.join(", "));

/** `otherwise`: the condition's own clause, where nothing has to be covered but what is going to be by itself. */
function priced(about: Case, says: string, clause: string, gaps: readonly string[], otherwise = clause): Cure {
  const price = priceOfGap(about, gaps);
  if (price === null) return { says, clause, price: null };
  if (price.toBegin === gaps.length) return { says: price.says, clause: otherwise, price: null };
  return { says: `${says}; ${price.says}`, clause, price: price.total };
}
