/** "Who serves this customer?" Where a reseller sold the support, the reseller does. */
import * as z from "zod";
import { defineCondition } from "./condition.ts";

export const soldByVendor = defineCondition("sold-by-vendor", { otherwise: z.literal("redirect") }, ({ otherwise }, { contract }) => {
  const soldBy = contract?.soldBy;
  if (contract === null || soldBy === undefined || soldBy === "direct") return { result: "pass", finding: "support was sold by the vendor itself" };
  return {
    result: otherwise,
    finding: `contract \`${contract.contractId}\` was sold by reseller ${soldBy.reseller}, who serves under an agreement of its own`,
    facts: [{ path: `contracts/${contract.contractId}/soldBy`, value: soldBy.reseller }],
    cure: { says: `turn to ${soldBy.reseller}` },
  };
});
