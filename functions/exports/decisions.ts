/** Decisions as they were made, one a row: the answer, the clauses that decided, by when a reply was due. */
import { outcomeOf } from "../../domain/decision.ts";
import type { AskedCheck, Decision } from "../http/decision.ts";
import type { StoredRecord } from "../store/store.ts";
import type { Export, Row, Whose } from "./export-pages.ts";
import { recordRows } from "./records.ts";

const columns = {
  decisionId: "id of the decision",
  decidedAt: "when it was made",
  asOf: "when it was to be true",
  accountId: "id of the account",
  accountName: "its name now",
  contractId: "the contract that answered",
  policyId: "its policy",
  policyVersion: "the version",
  caseId: "the case that it was asked for",
  requestKind: "what was asked for",
  productId: "the product asked about",
  licenseId: "the license asked about",
  requestedSeverity: "the severity as reported",
  effectiveSeverity: "the severity that counts",
  outcome: "the answer",
  headline: "the answer in one sentence",
  clauses: "the clauses that decided it; none where every condition holds",
  firstResponseDueAt: "by when a first response was due",
  factsDigest: "digest of the facts that it stands on",
} as const;
type Column = keyof typeof columns;

export const decisions: Export<Column> = {
  name: "decisions",
  summary: "Export decisions as CSV",
  description: "One row for each stored decision, as it was answered; of an account, the newest first.",
  columns,
  rowsOf: (call, account, wanted) => recordRows(call, "decision", account.accountId, wanted, (record) => rowOf(account, record)),
};

function rowOf({ accountId, name }: Whose, record: StoredRecord): Row<Column> {
  const { request } = record.question as AskedCheck;
  const made = JSON.parse(record.answer) as Decision;
  const decided = made.reasons.filter(({ result }) => made.outcome !== "entitled" && outcomeOf([{ result }]) === made.outcome);
  return {
    decisionId: record.id,
    decidedAt: made.decidedAt,
    asOf: made.asOf,
    accountId,
    accountName: name,
    contractId: made.contractId,
    policyId: made.policy?.id ?? null,
    policyVersion: made.policy?.version ?? null,
    caseId: record.caseId,
    requestKind: request.kind,
    productId: request.productId ?? null,
    licenseId: request.licenseId ?? null,
    requestedSeverity: made.serviceLevel?.requestedSeverity ?? null,
    effectiveSeverity: made.serviceLevel?.effectiveSeverity ?? null,
    outcome: made.outcome,
    headline: made.headline,
    clauses: [...new Set(decided.map(({ clause }) => clause))].join("; "),
    firstResponseDueAt: made.deadlines.find(({ kind }) => kind === "first-response")?.dueAt ?? null,
    factsDigest: made.factsDigest,
  };
}
