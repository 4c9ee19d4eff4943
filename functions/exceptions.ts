/**
 * "The vendor agreed to it": what was approved where a clause leaves something to the vendor, by whom, why and until when.
 */
import { compile } from "../domain/compiled-policy.ts";
import { byId } from "../domain/dossier.ts";
import { clausesOfDiscretion, leavesDiscretion } from "../domain/exceptions.ts";
import { type Exception, exception, identifier } from "../domain/facts.ts";
import { Refused } from "../domain/refusal.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { exceptionFacts } from "./http/exception-facts.ts";
import { newId } from "./http/ids.ts";
import { contractOf } from "./http/known-facts.ts";
import { answer, type Operations, operation, replyOf } from "./http/operation.ts";
import { policiesOf } from "./http/policies-of.ts";
import { serve } from "./http/serve.ts";
import { snapshotOf } from "./http/snapshot-of.ts";
import type { Snapshot } from "./store/store.ts";

const create = operation({
  summary: "Record an exception that the vendor approved",
  description:
    "Only at a clause that leaves something to the vendor's discretion. From `approvedOn` through `until` what would be at the vendor's discretion there passes, and a reinstatement that the vendor may grant is offered.",
  tag: "Exceptions",
  body: exception.extend({ accountId: identifier }).meta({ id: "ExceptionToRecord" }),
  idempotency: "accepted",
  answers: { 201: exceptionFacts.answerSchema },
  async run(call) {
    const { accountId, ...body } = call.body;
    const exceptionId = newId("exc", call.now);
    const approved: Exception = { approvedOn: formatInstant(call.now).slice(0, 10), ...body };
    const { answer: given } = await call.store.change(
      { accountId },
      {
        operationId: newId("op", call.now),
        by: call.caller,
        decide(current) {
          refuseUnfit(snapshotOf(current, accountId, "body"), approved);
          const made = answer(201, exceptionFacts.fill({ exceptionId, ...approved }), {
            location: `/v1/accounts/${accountId}/exceptions/${exceptionId}`,
          });
          const reply = replyOf(call, made);
          return { writes: [{ path: `exceptions/${exceptionId}`, value: approved }], ...(reply && { reply }), answer: made };
        },
      },
    );
    return given;
  },
});

/** @throws Problem 404 for an unknown contract; Refused where the clause leaves nothing to the vendor, or the facts contradict */
function refuseUnfit(
  { dossier, catalog }: Pick<Snapshot, "dossier" | "catalog">,
  { clause, contractId, approvedOn = "", until, amountWaived }: Exception,
) {
  const contracts = contractId === undefined ? dossier.contracts : [contractOf(dossier, contractId, "body")];
  const policies = [...new Set(contracts.map(({ policyId }) => policyId))].flatMap((id) => policiesOf(catalog).get(id) ?? []).map(compile);
  if (!policies.some((policy) => leavesDiscretion(policy, clause))) {
    const clauses = [...new Set(policies.flatMap(clausesOfDiscretion))];
    const those = clauses.length === 0 ? "no clause of the account's policies does" : `those that do are \`${clauses.join("`, `")}\``;
    throw new Refused("clause-leaves-no-discretion", [
      { pointer: "/clause", detail: `clause \`${clause}\` leaves nothing to the vendor's discretion; ${those}` },
    ]);
  }
  const errors = [];
  if (until < approvedOn) errors.push({ pointer: "/until", detail: `\`until\` is ${until}, before \`approvedOn\`, ${approvedOn}` });
  const its = byId(dossier.contracts, "contractId", contractId);
  if (its !== undefined && amountWaived !== undefined && amountWaived.currency !== its.currency)
    errors.push({
      pointer: "/amountWaived/currency",
      detail: `contract \`${contractId}\` is in \`${its.currency}\`, got \`${amountWaived.currency}\``,
    });
  if (errors.length > 0) throw new Refused("facts-contradict", errors);
}

export const operations: Operations = {
  "POST /v1/exceptions": create,
  "GET /v1/accounts/{accountId}/exceptions": exceptionFacts.list,
  "GET /v1/accounts/{accountId}/exceptions/{exceptionId}": exceptionFacts.get,
  "DELETE /v1/accounts/{accountId}/exceptions/{exceptionId}": exceptionFacts.delete,
};

export const handler = serve(operations);
