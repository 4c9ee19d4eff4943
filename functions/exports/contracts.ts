/**
 * Contract lines with all that belongs to them, one a row, in the columns that an import reads: an export imported again
 * changes nothing.
 */
import { licensesById } from "../../domain/coverage.ts";
import type { ContractLine, Dossier, HeldContract, HeldLicense, Seller } from "../../domain/facts.ts";
import { type Column, columnNames, columns } from "../imports/columns.ts";
import { type Export, type Placed, type Row, rowsAfter } from "./export-pages.ts";

export const contracts: Export<Column> = {
  name: "contracts",
  summary: "Export contract lines as CSV",
  description: "One row for each line of each contract, with the columns that an import reads. A contract without lines has no row.",
  columns: Object.fromEntries(columnNames.map((name) => [name, columns[name].says])) as Record<Column, string>,
  async rowsOf({ store }, { accountId }, wanted) {
    const facts = await store.readFacts(accountId, null);
    return facts === null ? [] : rowsAfter(linesOf(facts.dossier), wanted);
  },
};

/** By contract, then by license. */
function* linesOf(dossier: Dossier): Generator<Placed<Column>> {
  const licenses = licensesById(dossier);
  for (const contract of dossier.contracts) {
    const lines = [...contract.lines].sort((a, b) => (a.licenseId < b.licenseId ? -1 : 1));
    for (const line of lines)
      yield { place: `${contract.contractId} ${line.licenseId}`, row: rowOf(dossier, contract, line, licenses(line.licenseId)) };
  }
}

function rowOf({ accountId, account }: Dossier, contract: HeldContract, line: ContractLine, license: HeldLicense | undefined): Row<Column> {
  return {
    accountId,
    accountName: account.name,
    customerNumber: account.customerNumber ?? null,
    contractId: contract.contractId,
    policyId: contract.policyId,
    policyVersion: contract.policyVersion ?? null,
    program: contract.program,
    currency: contract.currency,
    anchorOn: contract.anchorOn ?? null,
    termFirstDay: contract.term.firstDay,
    termLastDay: contract.term.lastDay,
    soldBy: sellerOf(contract.soldBy),
    licenseId: line.licenseId,
    productId: license?.productId ?? null,
    licenseKind: license?.kind ?? null,
    seats: license?.seats ?? null,
    deliveredOn: license?.deliveredOn ?? null,
    deploymentId: license?.deploymentId ?? null,
    bundleId: license?.bundleId ?? null,
    annualFee: line.annualFee.amount,
    coveredFrom: line.coveredFrom ?? null,
    coveredUntil: line.coveredUntil ?? null,
    paidThrough: line.paidThrough ?? null,
  };
}

const sellerOf = (seller: Seller): string => (seller === "direct" ? seller : `reseller:${seller.reseller}`);
