/** Who uses the service: the desks that people work at, and what programs without a desk are let to do. */

/** A person's desk, as a group or role of the token's issuer. */
export const roles = ["support", "sales-ops", "finance", "admin"] as const;
export type Role = (typeof roles)[number];

/** What a program may do. A route takes exactly one; none includes another. */
export const scopes = {
  "good-standing/ask": "Ask questions, whether or not the answer is stored",
  "good-standing/read": "Read what is recorded and what follows from it",
  "good-standing/write": "Record accounts, licenses, premises, contracts, contacts and notices",
  "good-standing/billing": "Record invoices, payments and quotes",
  "good-standing/admin": "Change the catalog and policies, import, approve exceptions, run the sweep",
} as const;
export type Scope = keyof typeof scopes;

export function isRole(name: string): name is Role {
  return (roles as readonly string[]).includes(name);
}

export function isScope(name: string): name is Scope {
  return Object.hasOwn(scopes, name);
}
