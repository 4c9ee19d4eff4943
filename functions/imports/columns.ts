/**
 * The columns that a file of contract lines may have: what each is written to, and by which other names it is known.
 * A name is compared without case, spaces, `_`, `-`, `.` and Salesforce's ending of custom fields, `__c`.
 */
import { shown } from "../http/problem.ts";
import { Unreadable } from "./unreadable.ts";

/** Which fact a column belongs to: rows that speak of the same one must agree in it. */
export type Level = "account" | "contract" | "license" | "line";

interface Meaning {
  level: Level;
  required: boolean;
  /** Its JSON pointer in the document of its fact. */
  pointer: string;
  says: string;
  /** Salesforce's names for the same thing, where they mean exactly that. */
  aliases: readonly string[];
}

const column = (level: Level, required: boolean, pointer: string, says: string, ...aliases: string[]): Meaning => ({
  level,
  required,
  pointer,
  says,
  aliases,
});

export const columns = {
  accountId: column("account", true, "/accountId", "id of the account", "AccountId", "Account.Id"),
  accountName: column("account", false, "/name", "its name; needed where the account is not recorded yet", "Account.Name"),
  customerNumber: column("account", false, "/customerNumber", "the number that the vendor knows it by", "AccountNumber", "Account.AccountNumber"),
  contractId: column(
    "contract",
    true,
    "/contractId",
    "id of the contract",
    "ContractNumber",
    "Contract.ContractNumber",
    "ServiceContract.ContractNumber",
  ),
  policyId: column("contract", true, "/policyId", "the policy that it is under"),
  policyVersion: column("contract", false, "/policyVersion", "its version, where the contract names one"),
  program: column("contract", true, "/program", "the level that was bought"),
  currency: column("contract", true, "/currency", "ISO 4217 code, for the contract and its fees", "CurrencyIsoCode"),
  anchorOn: column("contract", false, "/anchorOn", "first day of the very first term"),
  termFirstDay: column(
    "contract",
    true,
    "/term/firstDay",
    "first day of the recorded term",
    "StartDate",
    "Contract.StartDate",
    "ServiceContract.StartDate",
  ),
  termLastDay: column("contract", true, "/term/lastDay", "its last day, still covered", "EndDate", "Contract.EndDate", "ServiceContract.EndDate"),
  soldBy: column("contract", true, "/soldBy", "`direct`, or `reseller:` and its name"),
  licenseId: column("license", true, "/licenseId", "id of the license", "SerialNumber", "Asset.SerialNumber"),
  productId: column("license", true, "/productId", "id of the product", "ProductCode", "Product2.ProductCode"),
  licenseKind: column("license", true, "/kind", "`perpetual`, `subscription`, `trial`, `beta` or `freeware`"),
  seats: column("license", true, "/seats", "a whole number", "Quantity"),
  deliveredOn: column("license", true, "/deliveredOn", "the day on which it was delivered"),
  deploymentId: column("license", false, "/deploymentId", "where it runs"),
  bundleId: column("license", false, "/bundleId", "what it was sold in"),
  annualFee: column("line", true, "/annualFee/amount", "a year's fee of the line, with exactly the currency's minor digits"),
  coveredFrom: column("line", false, "/coveredFrom", "first covered day, where it is not the later of term and delivery"),
  coveredUntil: column("line", false, "/coveredUntil", "last covered day, where cover of this line ends before the contract's"),
  paidThrough: column("line", false, "/paidThrough", "last day that was paid when the line was bought"),
} as const satisfies Record<string, Meaning>;

export type Column = keyof typeof columns;

export const columnNames = Object.keys(columns) as Column[];

export const columnsOf = (level: Level): Column[] => columnNames.filter((name) => columns[name].level === level);

/** The same for all spellings that a name is known by. */
function folded(name: string): string {
  return name
    .trim()
    .replace(/__c$/i, "")
    .replace(/[\s_.-]/g, "")
    .toLowerCase();
}

const meant = new Map(columnNames.flatMap((name) => [name, ...columns[name].aliases].map((spelling) => [folded(spelling), name] as const)));

/** What stands in each place of a row. @throws Unreadable for unknown, missing and doubled columns, naming them */
export function columnsIn(header: readonly string[]): Column[] {
  const found = new Map<Column, string>();
  const unknown: string[] = [];
  const doubled: string[] = [];
  for (const spelling of header) {
    const name = meant.get(folded(spelling));
    if (name === undefined) unknown.push(shown(spelling));
    else if (found.has(name)) doubled.push(`${shown(found.get(name))} and ${shown(spelling)}, which both mean \`${name}\``);
    else found.set(name, spelling);
  }
  if (unknown.length > 0)
    throw new Unreadable("unknown-column", `no such column: ${unknown.slice(0, 20).join(", ")}; expected some of \`${columnNames.join("`, `")}\``);
  if (doubled.length > 0) throw new Unreadable("doubled-column", `one column is there twice: ${doubled.join("; ")}`);
  const missing = columnNames.filter((name) => columns[name].required && !found.has(name));
  if (missing.length > 0) throw new Unreadable("missing-column", `columns are missing: \`${missing.join("`, `")}\``);
  return [...found.keys()];
}
