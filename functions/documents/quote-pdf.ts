/**
 * A quote as a document that finance can send: what it costs and why, until when it can be paid, by which text and
 * readings, and what it stands on.
 */
import type { ReadingUsed, Reason } from "../../domain/decision.ts";
import { formatMoney, type Money } from "../../domain/money.ts";
import type { Quote } from "../http/quote.ts";
import { pdfKit } from "./pdf-kit.ts";
import { partNames, percentOf, quoteNames, resultNames, statusNames } from "./quote-words.ts";
import { Sheet } from "./sheet.ts";
import { type Column, type Row, sheetWidth } from "./sheet-layout.ts";

export interface QuoteDocument {
  /** As it stands at its `asOf`. */
  quote: Quote & { id: string };
  /** The day or instant for which the status is judged. */
  statusOn: string;
  account: { name: string; customerNumber?: string | undefined };
  contract: { program: string; term: { firstDay: string; lastDay: string } } | null;
  policy: { vendor: string; title: string } | null;
  /** A reading's question, and what the chosen option says; null for one that is not known any more. */
  inWords(reading: ReadingUsed): { question: string; says: string } | null;
}

const lineColumns: readonly Column[] = [
  { width: 28 },
  { width: 134 },
  { width: 122 },
  { width: 30, align: "right" },
  { width: 100, align: "right" },
  { width: 85.28, align: "right" },
];
const detailColumns: readonly Column[] = [{ width: 28 }, { width: sheetWidth - 28 }];
const factColumns: readonly Column[] = [{ width: 118 }, { width: sheetWidth - 118 }];
const totalColumns: readonly Column[] = [
  { width: sheetWidth - 110, align: "right" },
  { width: 110, align: "right" },
];

/** @returns the bytes of a PDF; the same for the same document */
export async function quotePdf(document: QuoteDocument): Promise<Buffer> {
  const { quote } = document;
  const by = `Good Standing ${quote.engineVersion}`;
  const sheet = new Sheet(await pdfKit(), { title: `Quote ${quote.id}`, made: new Date(quote.decidedAt), by });
  head(sheet, document);
  lines(sheet, quote);
  alternatives(sheet, document);
  grounds(sheet, document);
  return sheet.finish(`Quote ${quote.id} · this is a quote, not an invoice · ${by}`);
}

function head(sheet: Sheet, { quote, statusOn, account, contract, policy }: QuoteDocument): void {
  sheet.write("title", `Quote: ${quote.kind.replace("-", " ")} of support`);
  sheet.write("small", quoteNames[quote.status].is);
  sheet.space(6);
  const names = quoteNames[quote.status];
  const ahead = quote.reasons.find(({ condition }) => condition === "payment-recorded");
  const facts: [string, string | null][] = [
    ["Customer", account.name],
    ["Account", account.customerNumber === undefined ? quote.accountId : `${quote.accountId}, customer number ${account.customerNumber}`],
    ["Contract", contract === null ? quote.contractId : `${quote.contractId}, program ${contract.program}, recorded term ${termOf(contract.term)}`],
    [
      "Policy",
      policy === null ? `${quote.policy.id}, version ${quote.policy.version}` : `${policy.vendor}, ${policy.title}, version ${quote.policy.version}`,
    ],
    ["Status", `${statusNames[quote.status]}, as of ${statusOn}`],
    ["Paid on", quote.acceptedPaidOn],
    ["Void since", quote.voidedAt === null ? null : `${quote.voidedAt}: ${quote.voidedReason ?? ""}`],
    [names.reinstateOn, resumesOn(quote)],
    // Once it was paid, that is the day; nothing is assumed any more.
    [names.payOn, quote.status === "accepted" ? null : quote.payOn],
    [names.deliveredOn, quote.deliveredOn],
    [names.newTerm, quote.newTerm === null ? null : termOf(quote.newTerm)],
    ...(ahead === undefined ? [[names.payBy, quote.payBy] as [string, string | null]] : [paymentAhead(ahead)]),
  ];
  for (const [name, value] of facts) if (value !== null) sheet.row(factColumns, [name, value]);
}

/** In the place of the last day for paying: who reads it must not pay twice. */
const paymentAhead = ({ facts: [paid] }: Reason): [string, string] => ["Payment recorded for", `${paid?.value}: not to be paid again`];

/** Reinstatement is subject to payment: support is back on the day of the payment where that is later. */
function resumesOn({ reinstateOn, newTerm, acceptedPaidOn, status }: Quote): string | null {
  if (reinstateOn === null) return null;
  const first = newTerm !== null && newTerm.firstDay > reinstateOn ? newTerm.firstDay : reinstateOn;
  if (status === "accepted") return acceptedPaidOn !== null && acceptedPaidOn > first ? acceptedPaidOn : first;
  return status === "offered" ? `${first}, or on the day of payment where that is later` : first;
}

function lines(sheet: Sheet, { lines, total, waived, indicative, status }: Quote): void {
  sheet.heading(quoteNames[status].costs);
  if (lines.length === 0) sheet.write("body", "Nothing is quoted.");
  else {
    const names: Row = { columns: lineColumns, cells: ["", "Part and license", "Days, both inside", "Days", "Basis", "Amount"], style: "strong" };
    sheet.together([names]);
    sheet.rule();
    sheet.repeat(names);
  }
  for (const [n, line] of lines.entries()) {
    const period = line.firstDay === null || line.lastDay === null ? "" : termOf({ firstDay: line.firstDay, lastDay: line.lastDay });
    const what = line.licenseId === null ? partNames[line.part] : `${partNames[line.part]}, ${line.licenseId}`;
    const basis = line.rate === null ? moneyOf(line.basis) : `${percentOf(line.rate)} of ${moneyOf(line.basis)}`;
    sheet.together([
      {
        columns: lineColumns,
        cells: [`${n + 1}`, what, period, line.days === null ? "" : `${line.days}`, basis, moneyOf(line.amount)],
        style: "body",
      },
      { columns: detailColumns, cells: ["", `${line.formula} (clause ${line.clause})`], style: "small" },
    ]);
  }
  sheet.repeat(null);
  if (lines.length > 0) sheet.rule();
  if (waived !== null) sheet.row(totalColumns, ["Waived by an approved exception", `less ${moneyOf(waived)}`]);
  if (total !== null) sheet.row(totalColumns, ["Total", moneyOf(total)], "strong");
  if (lines.length > 0 && total === null && indicative === null) sheet.row(totalColumns, ["Total", "cannot be told"], "strong");
  if (indicative !== null) sheet.row(totalColumns, ["Indicative total: nobody is bound by it", moneyOf(indicative)], "strong");
}

function alternatives(sheet: Sheet, { quote, inWords }: QuoteDocument): void {
  if (quote.alternatives.length === 0) return;
  sheet.heading("Under other readings of the text");
  for (const { reading, option, total } of quote.alternatives) {
    const says = inWords({ id: reading, chosen: option });
    const name = says === null ? `${reading}: ${option}` : `${says.question} ${says.says} (${reading}: ${option})`;
    sheet.row([{ width: sheetWidth - 110 }, { width: 110, align: "right" }], [name, total === null ? "cannot be told" : moneyOf(total)]);
  }
}

const ofNotices: ReadonlySet<string> = new Set(["price-notice", "price-cap", "notice-form", "notice-time", "whole-non-renewal"]);

/** A notice without effect, and how it is given better, is not for the customer who is offered a renewal. */
const isVendorsOwn = ({ kind, status }: Quote, { condition, result }: Reason) =>
  kind === "renewal" && status !== "refused" && result === "fail" && ofNotices.has(condition);

function grounds(sheet: Sheet, { quote, inWords }: QuoteDocument): void {
  sheet.heading("Because");
  for (const { clause, result, finding, cure } of quote.reasons.filter((reason) => !isVendorsOwn(quote, reason))) {
    // Most cures say their price themselves.
    const price = cure?.price && !cure.says.includes(moneyOf(cure.price)) ? `, ${moneyOf(cure.price)}` : "";
    sheet.row(factColumns, [`${resultNames[result]} (clause ${clause})`, cure === null ? finding : `${finding}. To mend it: ${cure.says}${price}`]);
  }
  for (const { what, clause } of quote.missing) sheet.row(factColumns, [`Missing (clause ${clause})`, what]);
  if (quote.readings.length > 0) sheet.heading("How the text was read");
  for (const reading of quote.readings) {
    const says = inWords(reading);
    sheet.row(factColumns, [reading.id, says === null ? reading.chosen : `${says.question} ${says.says} (${reading.chosen})`]);
  }
  sheet.heading("What it stands on");
  sheet.row(factColumns, ["Quote", quote.id]);
  sheet.row(factColumns, ["Made at", `${quote.decidedAt}, as of ${quote.asOf}`]);
  sheet.row(factColumns, ["Facts recorded by", `${quote.knownAt}, ${quote.factsDigest}`]);
  sheet.row(factColumns, ["Made by", `Good Standing ${quote.engineVersion}`]);
}

const moneyOf = (money: Money) => formatMoney(money);
const termOf = ({ firstDay, lastDay }: { firstDay: string; lastDay: string }) => `${firstDay} to ${lastDay}`;
