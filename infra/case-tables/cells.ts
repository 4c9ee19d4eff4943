/** What a cell says: money, dates, lists, yes and no, as people write them, in the form that the product takes. */

import { formatInstant } from "../../domain/time/instant.ts";
import { instantOf } from "../../domain/time/zone.ts";

/** Stands for a field that is absent. */
export const absent = Symbol("absent");

/** "due on" → "dueOn" */
export const camelCase = (words: string) => words.replace(/ ([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** "CHF 10,000.00" */
export function moneyOf(cell: string) {
  const match = /^([A-Z]{3}) ([\d,.]+)$/.exec(cell);
  if (!match) throw new Error(`no money: \`${cell}\``);
  return { amount: (match[2] as string).replaceAll(",", ""), currency: match[1] as string };
}

/** An instant as it stands, or a wall clock with its zone: "2026-03-02 16:30 Europe/Zurich". */
export function momentOf(cell: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d):(\d\d)(?::(\d\d))? (\S+)$/.exec(cell);
  if (!match) return cell;
  const [, date, hours, minutes, seconds, zone] = match as unknown as [string, string, string, string, string | undefined, string];
  return formatInstant(instantOf(date, Number(hours) * 60 + Number(minutes), zone) + Number(seconds ?? 0) * 1_000);
}

/** "a: b; c: d" */
export function pairsOf(cell: string): [string, string][] {
  return cell.split("; ").map((pair) => {
    const colon = pair.indexOf(": ");
    if (colon < 0) throw new Error(`no pair \`name: value\`: \`${pair}\``);
    return [pair.slice(0, colon), pair.slice(colon + 2)];
  });
}

const yesOrNo = (cell: string) => {
  if (cell !== "yes" && cell !== "no") throw new Error(`neither yes nor no: \`${cell}\``);
  return cell === "yes";
};

const termOf = (cell: string) => {
  const [firstDay, lastDay] = cell.split("…");
  return { firstDay, lastDay };
};

const versionsOf = (cell: string) =>
  cell.split("; ").map((one) => {
    const [version, supportEndsOn] = one.split(" until ");
    return supportEndsOn === undefined ? { version } : { version, supportEndsOn };
  });

/** "qs-analyzer 5 CHF 10,000.00; qs-designer 2": product, seats, and the annual fee of the line where it is stated. */
const linesOf = (cell: string) =>
  cell.split("; ").map((one) => {
    const match = /^(\S+) (\d+)(?: (.+))?$/.exec(one);
    if (!match) throw new Error(`no line \`product seats fee\`: \`${one}\``);
    const [, productId, seats, fee] = match;
    return { productId, seats: Number(seats), ...(fee === undefined ? {} : { annualFee: moneyOf(fee) }) };
  });

const list = (cell: string) => cell.split(", ");
const readers: Record<string, (cell: string) => unknown> = {
  amount: moneyOf,
  annualFee: moneyOf,
  annualFeePerSeat: moneyOf,
  reinstatementFeePerSeat: moneyOf,
  licensePricePerSeat: moneyOf,
  seats: Number,
  issues: Number,
  supportedLibrary: yesOrNo,
  registeredInPortal: yesOrNo,
  disputed: yesOrNo,
  autoRenew: yesOrNo,
  licenseIds: list,
  premisesIds: list,
  provides: list,
  circumstances: list,
  versions: versionsOf,
  term: termOf,
  readings: (cell) => Object.fromEntries(pairsOf(cell)),
  attestations: (cell) => Object.fromEntries(pairsOf(cell).map(([name, value]) => [name, yesOrNo(value)])),
  newFees: (cell) => pairsOf(cell).map(([licenseId, fee]) => ({ licenseId, annualFee: moneyOf(fee) })),
  lines: linesOf,
  soldBy: (cell) => (cell.startsWith("reseller: ") ? { reseller: cell.slice("reseller: ".length) } : cell),
};

/** The value of a field; `absent` for a dash, undefined for an empty cell. */
export function valueOf(field: string, cell: string): unknown {
  if (cell === "") return undefined;
  if (cell === "—") return absent;
  return (readers[field] ?? momentOf)(cell);
}
