/** "Was this license given in a way that carries support?" Trials, previews and free code often do not. */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const licenseIsOfKind: Judge<ParametersOf<"license-kind">> = ({ kinds, says, otherwise }, { license }) => {
  if (license === null) return { result: "pass", finding: "no license of an excluded kind is concerned" };
  if (!kinds.includes(license.kind)) return { result: "pass", finding: `license \`${license.licenseId}\` is of kind ${license.kind}` };
  return {
    result: otherwise,
    finding: `license \`${license.licenseId}\` is of kind ${license.kind}: ${says}`,
    facts: [{ path: `licenses/${license.licenseId}/kind`, value: license.kind }],
  };
};
