/** Every condition that a clause can make. A new one is a file of this folder and a line here. */
import * as z from "zod";
import { attested } from "./attestation.ts";
import { cameByChannel } from "./channel.ts";
import { circumstance } from "./circumstance.ts";
import type { Judge } from "./condition.ts";
import { contactHasRole } from "./contact-role.ts";
import { covered } from "./covered.ts";
import { intakeComplete } from "./intake.ts";
import { language } from "./language.ts";
import { librarySupported } from "./library-supported.ts";
import { licenseIsOfKind } from "./license-kind.ts";
import { oneIssue } from "./one-issue.ts";
import { inOpenHours } from "./open-hours.ts";
import { paymentsCurrent } from "./payments-current.ts";
import { productIsOfKind } from "./product-kind.ts";
import { productRecorded } from "./product-recorded.ts";
import { requestIsOfKind } from "./request-kind.ts";
import { soldByVendor } from "./sold-by.ts";
import { calledInTime } from "./timed-call.ts";
import { uniformProgram } from "./uniform-program.ts";
import { versionSupported } from "./version-supported.ts";
import { wholeCoverage } from "./whole-coverage.ts";

const conditions = [
  attested,
  calledInTime,
  cameByChannel,
  circumstance,
  contactHasRole,
  covered,
  inOpenHours,
  intakeComplete,
  language,
  librarySupported,
  licenseIsOfKind,
  oneIssue,
  paymentsCurrent,
  productIsOfKind,
  productRecorded,
  requestIsOfKind,
  soldByVendor,
  uniformProgram,
  versionSupported,
  wholeCoverage,
] as const;

/** A condition of a clause as data: its name and its parameters. */
export const conditionEntry = z.discriminatedUnion("condition", [
  attested.parameters,
  calledInTime.parameters,
  cameByChannel.parameters,
  circumstance.parameters,
  contactHasRole.parameters,
  covered.parameters,
  inOpenHours.parameters,
  intakeComplete.parameters,
  language.parameters,
  librarySupported.parameters,
  licenseIsOfKind.parameters,
  oneIssue.parameters,
  paymentsCurrent.parameters,
  productIsOfKind.parameters,
  productRecorded.parameters,
  requestIsOfKind.parameters,
  soldByVendor.parameters,
  uniformProgram.parameters,
  versionSupported.parameters,
  wholeCoverage.parameters,
]);

export type ConditionEntry = z.infer<typeof conditionEntry>;

const judges = new Map(conditions.map(({ name, judge }) => [name as string, judge as unknown as Judge<ConditionEntry>]));

/** The function that judges a condition. */
export function judgeOf({ condition }: ConditionEntry): Judge<ConditionEntry> {
  const judge = judges.get(condition);
  if (judge === undefined) throw new Error(`no judge for condition \`${condition}\``);
  return judge;
}
