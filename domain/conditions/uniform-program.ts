/** "Is the bundle supported at one level?" Covered licenses of one bundle stand under one program. */
import { coversDay } from "../cover.ts";
import { type Judge, listed } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const uniformProgram: Judge<ParametersOf<"uniform-program">> = ({ otherwise }, { license, coverage, day }) => {
  const bundleId = license?.bundleId;
  if (bundleId === undefined) return { result: "pass", finding: "no bundle is concerned" };
  const programs = new Map<string, string>();
  for (const held of coverage.licenses) {
    if (held.bundleId !== bundleId) continue;
    for (const cover of coverage.coversOf(held.licenseId)) if (coversDay(cover, day)) programs.set(cover.contract.program, cover.contract.contractId);
  }
  if (programs.size <= 1) return { result: "pass", finding: `bundle \`${bundleId}\` is supported at one level` };
  return {
    result: otherwise,
    finding: `bundle \`${bundleId}\` is supported at different levels: ${listed([...programs].map(([program, contractId]) => `${program} under \`${contractId}\``))}`,
    facts: [...programs].map(([program, contractId]) => ({ path: `contracts/${contractId}/program`, value: program })),
  };
};
