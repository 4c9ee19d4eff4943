/** P13: every answer names clauses of a policy version, comes out the same when asked again, and leaves the facts as they were. */
import fc from "fast-check";
import { expect } from "vitest";
import type { EntitlementRequest } from "../../../domain/questions/entitlement.ts";
import { invariant } from "../property.ts";
import { type Answers, askAll, frozen, type Questions, requests, runs } from "./asking.ts";
import { factsOf, portfolios } from "./portfolio.ts";

const instants = fc.constantFrom("T00:00:00.000Z", "T11:00:00.000Z", "T22:59:59.999Z");

const groundsOf = ({ decision, renewals, quotes, rulings }: Answers) => [decision, ...renewals, ...quotes, ...rulings];

const grounded = (ask: Questions) =>
  fc.property(portfolios(), requests, fc.option(instants), (portfolio, request, time) => {
    const facts = factsOf(frozen(structuredClone({ dossier: portfolio.dossier, catalog: portfolio.catalog })));
    frozen(facts.policies);
    const asked: EntitlementRequest = frozen(structuredClone(request));
    const asOf = frozen(time === null ? { date: portfolio.focus } : { instant: Date.parse(`${portfolio.focus}${time}`) });
    const first = ask(facts, asked, asOf);
    // Asked again, and of facts that are equal but not the same objects.
    expect(ask(facts, asked, asOf)).toEqual(first);
    expect(
      JSON.stringify(ask(factsOf(structuredClone({ dossier: portfolio.dossier, catalog: portfolio.catalog })), structuredClone(request), asOf)),
    ).toBe(JSON.stringify(first));
    const [policy] = facts.policies.get("ebiexperts-support") ?? [];
    const clauses = new Set(["common", ...(policy?.clauses ?? []).map(({ id }) => id)]);
    for (const { reasons } of groundsOf(first)) {
      expect(reasons.length).toBeGreaterThan(0);
      for (const { clause, finding } of reasons) {
        expect(clauses.has(clause)).toBe(true);
        expect(finding).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
    for (const { policy } of [first.decision, ...first.renewals, ...first.quotes]) expect(policy).toEqual({ id: "ebiexperts-support", version: "1" });
    // What is unknown names what is missing.
    const { outcome, missing, reasons } = first.decision;
    if (outcome === "undetermined") expect(missing.length).toBeGreaterThan(0);
    if (outcome === "entitled") expect(reasons.every(({ result }) => result === "pass" || result === "info")).toBe(true);
  });

let asked = 0;
invariant(
  "P13: answers are grounded in clauses, the same again, and change nothing",
  grounded,
  askAll,
  {
    "sorts the contacts where they stand": (facts, request, asOf) => {
      facts.dossier.contacts.sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
      return askAll(facts, request, asOf);
    },
    "remembers that it was asked": (facts, request, asOf) => {
      const answers = askAll(facts, request, asOf);
      asked += 1;
      return { ...answers, decision: { ...answers.decision, headline: `${answers.decision.headline} (${asked})` } };
    },
    "writes into the facts what it found": (facts, request, asOf) => {
      Object.assign(facts.dossier, { standing: askAll(facts, request, asOf).standing.status });
      return askAll(facts, request, asOf);
    },
    "a reason without a clause": (facts, request, asOf) => {
      const answers = askAll(facts, request, asOf);
      const [reason] = answers.decision.reasons;
      return { ...answers, decision: { ...answers.decision, reasons: [{ ...reason, clause: "" }] } };
    },
    "no policy version": (facts, request, asOf) => {
      const answers = askAll(facts, request, asOf);
      return { ...answers, decision: { ...answers.decision, policy: null } };
    },
  },
  runs(80),
);
