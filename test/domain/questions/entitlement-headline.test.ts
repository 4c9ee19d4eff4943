/** The one sentence of an entitled answer: exceptions by the one that ends first, when to reply, and what is to be done before. */
import { describe, expect, test } from "vitest";
import type { Dossier } from "../../../domain/facts.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

type Clause = NonNullable<PolicyText["clauses"]>[number];
const cover: Clause = { id: "2.1", says: "cover", conditions: [{ condition: "covered", otherwise: "fail" }] };
const severities = [{ id: "high", says: "grave" }];

interface Asked {
  exceptions?: Dossier["exceptions"];
  request?: object;
  on?: string;
}
const headline = (clauses: Clause[], { exceptions = [], request = {}, on = "2026-06-15T10:00:00Z" }: Asked = {}) =>
  decideEntitlement(
    factsOf(bookOf({ severities, clauses: [cover, ...clauses] }), { exceptions }),
    entitlementRequest.parse({ kind: "error", severity: "high", ...request }),
    asOf(on),
  ).headline;
const holds = "Entitled: every condition of the Acme Support holds";

describe("by exceptions", () => {
  const language = (id: string): Clause => ({
    id,
    says: "English",
    conditions: [{ condition: "language", languages: ["en"], otherwise: "discretion" }],
  });
  const approved = (clause: string, approvedBy: string, until: string) => ({ exceptionId: `x-${clause}`, clause, reason: "new", approvedBy, until });
  const french = { language: "fr" };
  const said = (...exceptions: Dossier["exceptions"]) =>
    headline(
      exceptions.map(({ clause }) => language(clause)),
      { exceptions, request: french },
    );
  const first = "Entitled by exception of Ada until 2026-06-30";
  const rest = "everything else of the Acme Support holds";

  test("one alone", () => expect(said(approved("3", "Ada", "2026-06-30"))).toBe(`${first} (3): ${rest}`));
  test("of several the one that ends first, with how many more, whatever their order", () => {
    const [ada, bob, eve] = [approved("4", "Ada", "2026-06-30"), approved("3", "Bob", "2026-07-31"), approved("5", "Eve", "2026-07-01")];
    expect(said(ada!, bob!)).toBe(`${first} (4) (and 1 more): ${rest}`);
    expect(said(bob!, ada!)).toBe(`${first} (4) (and 1 more): ${rest}`);
    expect(said(bob!, ada!, eve!)).toBe(`${first} (4) (and 2 more): ${rest}`);
  });
});

describe("when the first response is due", () => {
  const target = { deadline: "first-response" as const, targetMinutes: 60, clock: "elapsed" as const, commitment: "effort" as const };
  const elsewhere = { deadline: "first-response" as const, clock: "elapsed" as const, commitment: "effort" as const, missing: "another document" };
  const reply = (...deadlines: NonNullable<Clause["deadlines"]>): Clause => ({ id: "5", says: "reply", deadlines });
  const due = "; first response due 2026-06-15T11:00:00Z (Mon 2026-06-15 13:00 Europe/Zurich)";
  const open = "; when the first response is due is not known";

  test("the one that is known, beside one that stands in another document", () => {
    expect(headline([reply(elsewhere, target)])).toBe(`${holds}${due}`);
    expect(headline([reply(target, elsewhere)])).toBe(`${holds}${due}`);
    expect(headline([reply(elsewhere)])).toBe(`${holds}${open}`);
  });
  test("nothing is said of one that is not promised, or of an update that is not known", () => {
    expect(headline([reply({ ...elsewhere, commitment: "none" })])).toBe(holds);
    expect(headline([reply({ ...elsewhere, deadline: "next-update" })])).toBe(holds);
    expect(headline([reply(target, { ...elsewhere, deadline: "next-update" })])).toBe(`${holds}${due}`);
    expect(headline([reply({ ...elsewhere, commitment: "none" }, { ...target, deadline: "next-update" })])).toBe(holds);
  });
});

describe("what the customer must do", () => {
  const waits = {
    deadline: "first-response" as const,
    targetMinutes: 30,
    clock: "elapsed" as const,
    commitment: "effort" as const,
    oncePhoned: { meanwhile: "phone now" },
  };
  const duty = (obligation: string, more: object = {}) => ({ obligation, ifMissed: "fail" as const, ...more });
  const phone: Clause = { id: "5", says: "reply", deadlines: [waits] };
  const duties = (...obligations: NonNullable<Clause["obligations"]>): Clause => ({ id: "6", says: "duties", obligations });

  test("before a target counts goes first, even before what is due at an instant", () => {
    const filed = { channel: "email", filedAt: "2026-06-15T10:00:00Z" };
    expect(headline([duties(duty("call", { withinMinutes: 15 })), phone], { request: filed })).toBe(
      `${holds}; the customer must phone now, and no response is due before (and 1 more obligation)`,
    );
    expect(headline([duties(duty("stay near")), phone], { request: { channel: "portal" } })).toContain("; the customer must phone now, and no");
  });
  test("else what is due at an instant, then what stands first", () => {
    const filed = { channel: "email", filedAt: "2026-06-15T10:00:00Z" };
    const by = ", by 2026-06-15T10:15:00Z (Mon 2026-06-15 12:15 Europe/Zurich) (and 1 more obligation)";
    expect(headline([duties(duty("stay near"), duty("call", { withinMinutes: 15 }))], { request: filed })).toBe(
      `${holds}; the customer must call${by}`,
    );
    expect(headline([duties(duty("stay near"), duty("help"))])).toBe(`${holds}; the customer must stay near (and 1 more obligation)`);
  });
});
