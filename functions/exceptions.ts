/**
 * "The vendor agreed to it": what was approved where a clause leaves something to the vendor, by whom, why and until when.
 */
import { type CompiledPolicy, compile } from "../domain/compiled-policy.ts";
import { clausesOfDiscretion, leavesDiscretion, waivesMoney } from "../domain/exceptions.ts";
import { type Exception, exception, type HeldContract, identifier } from "../domain/facts.ts";
import type { Money } from "../domain/money.ts";
import { type Refusal, Refused } from "../domain/refusal.ts";
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
  const errors: Refusal[] = [];
  if (until < approvedOn) errors.push({ pointer: "/until", detail: `\`until\` is ${until}, before \`approvedOn\`, ${approvedOn}` });
  if (amountWaived !== undefined) errors.push(...unfitAmount(amountWaived, clause, contracts, policies));
  if (errors.length > 0) throw new Refused("facts-contradict", errors);
}

/** What is waived must be money that the clause asks for, in a currency of the contracts that it holds for. */
function unfitAmount({ currency }: Money, clause: string, contracts: readonly HeldContract[], policies: readonly CompiledPolicy[]): Refusal[] {
  const its = policies.filter((policy) => waivesMoney(policy, clause)).map(({ policy }) => policy.id);
  if (its.length === 0)
    return [{ pointer: "/amountWaived", detail: `no money is waived at clause \`${clause}\`: leave it out, or name the clause of a reinstatement` }];
  const currencies = [...new Set(contracts.filter(({ policyId }) => its.includes(policyId)).map((contract) => contract.currency))];
  if (currencies.includes(currency)) return [];
  return [{ pointer: "/amountWaived/currency", detail: `expected \`${currencies.join("` or `")}\` as the contracts have it, got \`${currency}\`` }];
}

export const operations: Operations = {
  "POST /v1/exceptions": create,
  "GET /v1/accounts/{accountId}/exceptions": exceptionFacts.list,
  "GET /v1/accounts/{accountId}/exceptions/{exceptionId}": exceptionFacts.get,
  "DELETE /v1/accounts/{accountId}/exceptions/{exceptionId}": exceptionFacts.delete,
};

export const handler = serve(operations);
