/** What a decision and a quote say, one statement each: the whole of it, so that nothing that changes goes unsaid. */
import { describe, expect, test } from "vitest";
import type { Reason } from "../../../domain/decision.ts";
import { type QuoteSaid, statementsOfDecision, statementsOfQuote } from "../../../domain/questions/what-changed-statements.ts";

const chf = (amount: string) => ({ amount, currency: "CHF" });
const reason = (known: Partial<Reason> = {}): Reason => ({
  clause: "2.1",
  condition: "payments-current",
  result: "fail",
  finding: "invoice `inv-7` is unpaid",
  facts: [],
  cure: null,
  ...known,
});

type Decision = Parameters<typeof statementsOfDecision>[0];

describe("a decision", () => {
  const none: Decision = {
    outcome: "undetermined",
    headline: "We cannot say",
    policy: null,
    contractId: null,
    considered: [],
    reasons: [reason()],
    missing: [],
    serviceLevel: { program: null, requestedSeverity: null, effectiveSeverity: null },
    deadlines: [],
    obligations: [],
    readings: [],
    validUntil: null,
  } as unknown as Decision;

  test("with nothing but its outcome and a ground", () => {
    expect(statementsOfDecision(none)).toEqual([
      { about: "outcome", says: "undetermined" },
      { about: "policy", says: "none" },
      { about: "contract", says: "none" },
      { about: "reason 2.1 payments-current", says: "fail, invoice `inv-7` is unpaid" },
      { about: "program", says: "none" },
      { about: "severity", says: "none" },
      { about: "valid until", says: "nothing changes by time alone" },
    ]);
  });

  test("with all that one can have", () => {
    const full = {
      ...none,
      outcome: "entitled",
      policy: { id: "acme-support", version: "1" },
      contractId: "c-1",
      considered: [{ contractId: "c-2", chosen: false, because: "it has ended" }],
      reasons: [
        reason({ cure: { says: "pay it", clause: "2.1", price: null } }),
        reason({ clause: "2.2", cure: { says: "cover it", clause: "2.2", price: chf("1200.00") } }),
      ],
      missing: [{ what: "the agreement", clause: "1" }],
      serviceLevel: { program: "gold", requestedSeverity: "low", effectiveSeverity: "high" },
      deadlines: [
        {
          kind: "first-response",
          dueAt: "2026-03-02T10:00:00Z",
          commitment: "effort",
          clause: "3.1",
          clock: "business",
          source: "policy",
          steps: [],
        },
        { kind: "next-update", dueAt: null, commitment: "none", clause: "3.2", clock: "elapsed", source: "contract", steps: [] },
      ],
      obligations: [
        { what: "phone it in", dueAt: "2026-03-02T11:00:00Z", clause: "3.3", ifMissed: "discretion" },
        { what: "describe it", dueAt: null, clause: "3.4", ifMissed: "discretion" },
      ],
      readings: [{ id: "hours", chosen: "business" }],
      validUntil: "2026-12-31T23:00:00Z",
    } as unknown as Decision;
    expect(statementsOfDecision(full)).toEqual([
      { about: "outcome", says: "entitled" },
      { about: "policy", says: "acme-support 1" },
      { about: "contract", says: "c-1" },
      { about: "reason 2.1 payments-current", says: "fail, invoice `inv-7` is unpaid; cure: pay it" },
      { about: "reason 2.2 payments-current", says: "fail, invoice `inv-7` is unpaid; cure: cover it, CHF 1,200.00" },
      { about: "missing", says: "the agreement (1)" },
      { about: "reading hours", says: "business" },
      { about: "contract c-2", says: "it has ended" },
      { about: "program", says: "gold" },
      { about: "severity", says: "high" },
      { about: "deadline first-response", says: "2026-03-02T10:00:00Z, effort (3.1, business hours by the policy)" },
      { about: "deadline next-update", says: "not known, none (3.2, elapsed hours by the contract)" },
      { about: "obligation", says: "phone it in by 2026-03-02T11:00:00Z (3.3)" },
      { about: "obligation", says: "describe it (3.4)" },
      { about: "valid until", says: "2026-12-31T23:00:00Z" },
    ]);
  });
});

describe("a quote", () => {
  const refused: QuoteSaid = {
    status: "refused",
    lines: [],
    total: null,
    waived: null,
    indicative: null,
    payBy: null,
    newTerm: null,
    alternatives: [],
    reasons: [reason()],
    missing: [],
    readings: [],
  };

  test("that is refused has no figures", () => {
    expect(statementsOfQuote(refused)).toEqual([
      { about: "status", says: "refused" },
      { about: "total", says: "none" },
      { about: "waived", says: "none" },
      { about: "indicative total", says: "none" },
      { about: "pay by", says: "none" },
      { about: "new term", says: "none" },
      { about: "reason 2.1 payments-current", says: "fail, invoice `inv-7` is unpaid" },
    ]);
  });

  test("with all that one can have", () => {
    const full: QuoteSaid = {
      ...refused,
      status: "offered",
      lines: [
        { part: "back-fees", licenseId: "l-1", formula: "CHF 1,000.00 × 181 / 365", amount: chf("495.89"), clause: "7.3(b)" },
        { part: "reinstatement-fee", licenseId: null, formula: "25 % of it", amount: chf("123.97"), clause: "7.3(ii)" },
      ],
      total: chf("619.86"),
      waived: chf("10.00"),
      indicative: chf("700.00"),
      payBy: "2026-12-31",
      newTerm: { firstDay: "2026-07-01", lastDay: "2027-06-30" },
      alternatives: [
        { reading: "base", option: "forward", total: chf("500.00") },
        { reading: "base", option: "back", total: null },
      ],
      missing: [{ what: "a price", clause: "7.3(a)" }],
      readings: [{ id: "base", chosen: "all" }] as unknown as QuoteSaid["readings"],
    };
    expect(statementsOfQuote(full)).toEqual([
      { about: "status", says: "offered" },
      { about: "total", says: "CHF 619.86" },
      { about: "waived", says: "CHF 10.00" },
      { about: "indicative total", says: "CHF 700.00" },
      { about: "pay by", says: "2026-12-31" },
      { about: "new term", says: "2026-07-01 to 2027-06-30" },
      { about: "line back-fees of l-1", says: "CHF 495.89: CHF 1,000.00 × 181 / 365 (7.3(b))" },
      { about: "line reinstatement-fee", says: "CHF 123.97: 25 % of it (7.3(ii))" },
      { about: "reading base, read as forward", says: "CHF 500.00" },
      { about: "reading base, read as back", says: "none" },
      { about: "reason 2.1 payments-current", says: "fail, invoice `inv-7` is unpaid" },
      { about: "missing", says: "a price (7.3(a))" },
      { about: "reading base", says: "all" },
    ]);
  });
});
