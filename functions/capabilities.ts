/**
 * All that the service can do, by capability: each is one file here and one function in AWS. The routes of the stack, of
 * the local server and of the OpenAPI document are made from this one list.
 */
import * as accounts from "./accounts.ts";
import * as api from "./api.ts";
import * as caseClosureChecks from "./case-closure-checks.ts";
import * as catalog from "./catalog.ts";
import * as contactChecks from "./contact-checks.ts";
import * as deadlines from "./deadlines.ts";
import * as decisions from "./decisions.ts";
import * as entitlementChecks from "./entitlement-checks.ts";
import * as events from "./events.ts";
import * as exceptions from "./exceptions.ts";
import * as dataExports from "./exports.ts";
import * as imports from "./imports/operations.ts";
import * as notices from "./notices.ts";
import * as policies from "./policies.ts";
import * as quotes from "./quotes.ts";
import * as renewal from "./renewal.ts";
import * as severityAssessments from "./severity-assessments.ts";
import * as standing from "./standing.ts";
import * as sweeps from "./sweeps.ts";

export const capabilities = {
  accounts: accounts.operations,
  catalog: catalog.operations,
  "entitlement-checks": entitlementChecks.operations,
  decisions: decisions.operations,
  "contact-checks": contactChecks.operations,
  "severity-assessments": severityAssessments.operations,
  "case-closure-checks": caseClosureChecks.operations,
  standing: standing.operations,
  renewal: renewal.operations,
  notices: notices.operations,
  quotes: quotes.operations,
  exceptions: exceptions.operations,
  policies: policies.operations,
  deadlines: deadlines.operations,
  exports: dataExports.operations,
  imports: imports.operations,
  events: events.operations,
  sweeps: sweeps.operations,
  api: api.operations,
};
