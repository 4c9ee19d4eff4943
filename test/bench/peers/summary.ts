/** What a rules engine has to be told about one request: counts, kinds and yes or no, summed up from the facts by hand. */
import type { HeldLicense } from "../../../domain/facts.ts";
import { daysBetween } from "../../../domain/time/calendar-date.ts";
import type { Case, Product } from "../by-hand/case.ts";
import { contractFor } from "../by-hand/choose-contract.ts";
import { technicalContacts } from "../by-hand/contacts.ts";
import { covers, coversByLicense, held } from "../by-hand/cover.ts";
import { isGap, isSold } from "../by-hand/gaps.ts";
import { isOverdue } from "../by-hand/invoices.ts";
import { dateInZurich } from "../by-hand/zurich-hours.ts";
import { type Asked, catalog } from "../portfolio.ts";

const products = new Map(catalog.products.map((product) => [product.productId, product]));
const never = 1_000_000;

export type Summary = ReturnType<typeof summaryOf>;

/** The request names a license that the account has, and the account has a contract. */
export function summaryOf({ dossier, request, instant }: Asked) {
  const day = dateInZurich(instant);
  const license = dossier.licenses.find(({ licenseId }) => licenseId === request.licenseId) as HeldLicense;
  const covers = coversByLicense(dossier, products, day);
  const about = { dossier, catalog, products, covers, request, day };
  const { contract } = contractFor({ ...about, contract: dossier.contracts[0] as Case["contract"] }, license);
  const judging: Case = { ...about, contract };
  const product = products.get(license.productId);
  const overdue = dossier.invoices.filter((invoice) => invoice.kind === "support" && isOverdue(invoice, day));
  const version = product?.versions?.find((one) => one.version === request.productVersion);
  const bundle = groupOf(judging, license, ["perpetual", "subscription"], (one) => one.bundleId ?? null);
  const line = groupOf(judging, license, ["perpetual"], (one) => products.get(one.productId)?.productLine);
  const deployment = groupOf(judging, license, ["perpetual", "subscription"], (one) => one.deploymentId ?? null);
  const counts = technicalContacts(dossier.contacts, day).some(({ contactId }) => contactId === request.contactId);
  return {
    requestKind: request.kind,
    language: request.language?.split("-")[0]?.toLowerCase() ?? "en",
    circumstances: request.circumstances,
    contact: request.contactId === undefined ? "not-named" : counts ? "counts" : "other",
    licenseKind: license.kind,
    coverage: coverageOf(judging, license),
    overdue: overdue.filter(({ contractId }) => contractId === contract.contractId).length,
    overdueUnplaced: overdue.filter(({ contractId }) => contractId === undefined).length,
    soldBy: contract.soldBy === "direct" ? "vendor" : "reseller",
    productRecorded: product !== undefined,
    productKind: product?.kind ?? "not-recorded",
    library: libraryOf(product, request.productVersion),
    daysToEndOfLife: product?.endOfLifeOn === undefined ? never : daysBetween(day, product.endOfLifeOn),
    versionListed: request.productVersion === undefined || !product?.versions?.length || version !== undefined,
    daysToVersionEnd: version?.supportEndsOn === undefined ? never : daysBetween(day, version.supportEndsOn),
    bundleGaps: bundle.gaps,
    bundleGapIsOwn: bundle.own,
    bundleCovered: bundle.covered,
    bundleUnknown: bundle.unknown,
    bundlePrograms: programsOf(judging, license.bundleId),
    lineGaps: line.gaps,
    lineGapIsOwn: line.own,
    lineCovered: line.covered,
    lineUnknown: line.unknown,
    deploymentGaps: deployment.gaps,
    deploymentGapIsOwn: deployment.own,
    deploymentCovered: deployment.covered,
    deploymentUnknown: deployment.unknown,
  };
}

function coverageOf(about: Case, license: HeldLicense): "covered" | "none" | "unknown" {
  if (!held(license, about.day)) return "none";
  if (license.kind !== "subscription")
    return (about.covers.get(license.licenseId) ?? []).some((cover) => cover.contract === about.contract && covers(cover, about.day))
      ? "covered"
      : "none";
  if (license.termLastDay === undefined) return "unknown";
  return about.day <= license.termLastDay ? "covered" : "none";
}

function groupOf(about: Case, license: HeldLicense, kinds: readonly string[], nameOf: (license: HeldLicense) => string | null | undefined) {
  const name = nameOf(license);
  const none = { gaps: 0, own: false, covered: 0, unknown: 0 };
  if (name === null || isSold(about, license) === false) return none;
  if (name === undefined || isSold(about, license) === undefined) return { ...none, unknown: 1 };
  const endUnknown = ({ kind, termLastDay }: HeldLicense) => kind === "subscription" && termLastDay === undefined;
  const members = about.dossier.licenses.filter((one) => kinds.includes(one.kind) && held(one, about.day) && isSold(about, one) !== false);
  const isOpen = (one: HeldLicense) => nameOf(one) === undefined || (nameOf(one) === name && isSold(about, one) === undefined);
  const its = members.filter((one) => nameOf(one) === name && !isOpen(one));
  const gaps = its.filter((one) => isGap(about, one, about.day));
  return {
    gaps: gaps.length,
    own: gaps.includes(license),
    covered: its.filter((one) => !endUnknown(one) && !isGap(about, one, about.day)).length,
    unknown: its.filter(endUnknown).length + members.filter((one) => isOpen(one) && isGap(about, one, about.day)).length,
  };
}

function programsOf({ dossier, covers: all, day }: Case, bundleId: string | undefined): number {
  if (bundleId === undefined) return 0;
  const its = dossier.licenses.filter((one) => one.bundleId === bundleId).flatMap(({ licenseId }) => all.get(licenseId) ?? []);
  return new Set(its.filter((cover) => covers(cover, day)).map(({ contract }) => contract.program)).size;
}

function libraryOf(product: Product | undefined, version: string | undefined): string {
  if (product?.kind !== "open-source-library") return "none";
  if (product.supportedLibrary === undefined) return "unknown";
  if (!product.supportedLibrary) return "not-listed";
  if (product.latestVersion === undefined || version === undefined) return "unknown";
  return version === product.latestVersion ? "newest" : "not-newest";
}
