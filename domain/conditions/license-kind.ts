/** "Was this license given in a way that carries support?" Trials, previews and free code often do not. */
import * as z from "zod";
import { licenseKind } from "../policy-words.ts";
import { defineCondition } from "./condition.ts";

export const licenseIsOfKind = defineCondition(
  "license-kind",
  { kinds: z.array(licenseKind).min(1), says: z.string().min(1).max(300), otherwise: z.enum(["fail", "discretion"]) },
  ({ kinds, says, otherwise }, { license }) => {
    if (license === null) return { result: "pass", finding: "no license of an excluded kind is concerned" };
    if (!kinds.includes(license.kind)) return { result: "pass", finding: `license \`${license.licenseId}\` is of kind ${license.kind}` };
    return {
      result: otherwise,
      finding: `license \`${license.licenseId}\` is of kind ${license.kind}: ${says}`,
      facts: [{ path: `licenses/${license.licenseId}/kind`, value: license.kind }],
    };
  },
);
