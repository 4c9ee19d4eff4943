/** Every condition that a clause can make. A new one is a file of this folder, its parameters' shape, and a line here. */
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
import type { ConditionEntry, ParametersOf } from "./parameters.ts";
import { paymentsCurrent } from "./payments-current.ts";
import { productIsOfKind } from "./product-kind.ts";
import { productRecorded } from "./product-recorded.ts";
import { requestIsOfKind } from "./request-kind.ts";
import { soldByVendor } from "./sold-by.ts";
import { calledInTime } from "./timed-call.ts";
import { uniformProgram } from "./uniform-program.ts";
import { versionSupported } from "./version-supported.ts";
import { wholeCoverage } from "./whole-coverage.ts";

const judges: { [Name in ConditionEntry["condition"]]: Judge<ParametersOf<Name>> } = {
  attestation: attested,
  channel: cameByChannel,
  circumstance,
  "contact-role": contactHasRole,
  covered,
  intake: intakeComplete,
  language,
  "library-supported": librarySupported,
  "license-kind": licenseIsOfKind,
  "one-issue": oneIssue,
  "open-hours": inOpenHours,
  "payments-current": paymentsCurrent,
  "product-kind": productIsOfKind,
  "product-recorded": productRecorded,
  "request-kind": requestIsOfKind,
  "sold-by-vendor": soldByVendor,
  "timed-call": calledInTime,
  "uniform-program": uniformProgram,
  "version-supported": versionSupported,
  "whole-coverage": wholeCoverage,
};

/** The function that judges a condition. */
export function judgeOf({ condition }: ConditionEntry): Judge<ConditionEntry> {
  if (!Object.hasOwn(judges, condition)) throw new Error(`no judge for condition \`${condition}\``);
  return judges[condition] as Judge<ConditionEntry>;
}
