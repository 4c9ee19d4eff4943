/** Who can be signed in as at the demo issuer: a person of each desk, and a program. */
import type { Role, Scope } from "../../functions/http/roles.ts";

export interface DemoPerson {
  subject: string;
  role: Role;
}

export const demoPersons: Readonly<Record<string, DemoPerson>> = {
  sam: { subject: "b0d6a1de-0000-4000-8000-000000000001", role: "support" },
  rosa: { subject: "b0d6a1de-0000-4000-8000-000000000002", role: "sales-ops" },
  finn: { subject: "b0d6a1de-0000-4000-8000-000000000003", role: "finance" },
  ada: { subject: "b0d6a1de-0000-4000-8000-000000000004", role: "admin" },
};

export const demoPrograms: Readonly<Record<string, readonly Scope[]>> = {
  "ticket-system": ["good-standing/ask", "good-standing/read"],
};

export const demoNames = [...Object.keys(demoPersons), ...Object.keys(demoPrograms)];
