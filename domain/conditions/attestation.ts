/** "Does the customer vouch for it?" Something that only the customer can say, such as having tried the knowledge base. */
import * as z from "zod";
import { tag } from "../policy-words.ts";
import { defineCondition } from "./condition.ts";

export const attested = defineCondition(
  "attestation",
  { name: tag, states: z.string().min(1).max(300), otherwise: z.enum(["fail", "discretion"]) },
  ({ name, states, otherwise }, { request }) => {
    const said = Object.hasOwn(request.attestations, name) ? request.attestations[name] : undefined;
    const facts = [{ path: `request/attestations/${name}`, value: said ?? null }];
    if (said === true) return { result: "pass", finding: `attested: ${states}`, facts };
    return {
      result: otherwise,
      finding: said === false ? `denied: ${states}` : `not attested: ${states}`,
      facts,
      cure: { says: `attest \`${name}\`` },
    };
  },
);
