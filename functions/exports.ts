/**
 * Exports for spreadsheets and for moving on: contracts, the renewal outlook, decisions and quotes of all accounts as CSV.
 */
import { contracts } from "./exports/contracts.ts";
import { decisions } from "./exports/decisions.ts";
import { exportOf } from "./exports/export-pages.ts";
import { quotes } from "./exports/quotes.ts";
import { renewals } from "./exports/renewals.ts";
import type { Operations } from "./http/operation.ts";
import { serve } from "./http/serve.ts";

export const operations: Operations = {
  "GET /v1/exports/contracts.csv": exportOf(contracts),
  "GET /v1/exports/renewals.csv": exportOf(renewals),
  "GET /v1/exports/decisions.csv": exportOf(decisions),
  "GET /v1/exports/quotes.csv": exportOf(quotes),
};

export const handler = serve(operations);
