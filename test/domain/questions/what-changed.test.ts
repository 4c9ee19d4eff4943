/** What of an answer changed, which facts changed it, and in which words it is told. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyDossier } from "../../../domain/dossier.ts";
import type { Catalog, Dossier } from "../../../domain/facts.ts";
import { decideEntitlement } from "../../../domain/questions/entitlement.ts";
import { compareStatements } from "../../../domain/questions/what-changed.ts";
import { causesOf, recordedSince } from "../../../domain/questions/what-changed-causes.ts";
import { type FactChange, factChanges, type Recorded, withChanges } from "../../../domain/questions/what-changed-facts.ts";
import { describeFactChange } from "../../../domain/questions/what-changed-words.ts";
import { plainRequest, runs } from "../invariants/asking.ts";
import { factsOf, portfolios } from "../invariants/portfolio.ts";

const chf = (amount: string) => ({ amount, currency: "CHF" });
const noCatalog: Catalog = { products: [], priceLists: [], policies: [] };
const recorded = (change: Partial<Dossier>, catalog: Partial<Catalog> = {}): Recorded => ({
  dossier: { ...emptyDossier("acme", { name: "Acme" }), ...change },
  catalog: { ...noCatalog, ...catalog },
});
const invoice = (payments: object[], more: object = {}) => ({
  invoiceId: "inv-7",
  kind: "support",
  issuedOn: "2026-01-02",
  dueOn: "2026-02-01",
  amount: chf("1000.00"),
  payments,
  ...more,
});
const withInvoice = (payments: object[], more?: object) => recorded({ invoices: [invoice(payments, more) as Dossier["invoices"][number]] });
const license = (licenseId: string, more: object = {}) =>
  ({ licenseId, productId: "qs", kind: "perpetual", seats: 5, deliveredOn: "2025-01-01", ...more }) as Dossier["licenses"][number];
const premises = (ids: string[]) => recorded({ premises: ids.map((premisesId) => ({ premisesId, name: "x", region: "apac" as const })) });

/** Equal for the same facts, whatever the order of what has an id. */
function normal(facts: Recorded): unknown {
  return JSON.parse(JSON.stringify(facts), (_, value) => {
    if (Array.isArray(value)) return value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return value !== null && typeof value === "object" && Object.keys(value).length === 0 ? undefined : value;
  });
}

test("every change made one after the other leads from the one state to the other, and back", () => {
  fc.assert(
    fc.property(portfolios(), portfolios(), (a, b) => {
      const before: Recorded = { dossier: a.dossier, catalog: a.catalog };
      const after: Recorded = { dossier: { ...b.dossier, accountId: a.dossier.accountId }, catalog: b.catalog };
      const changes = factChanges(before, after);
      const there = changes.reduce((facts, change) => withChanges(facts, [change], "after"), before);
      expect(normal(there)).toEqual(normal(after));
      expect(normal(withChanges(before, changes, "after"))).toEqual(normal(after));
      const back = changes.reduceRight((facts, change) => withChanges(facts, [change], "before"), after);
      expect(normal(back)).toEqual(normal(before));
      expect(factChanges(after, after)).toEqual([]);
    }),
    { numRuns: runs(60) },
  );
});

test("where an answer changed there is a cause, where it did not there is none", () => {
  fc.assert(
    fc.property(portfolios(), portfolios(), (a, b) => {
      const before: Recorded = { dossier: a.dossier, catalog: a.catalog };
      const after: Recorded = { dossier: { ...a.dossier, invoices: b.dossier.invoices, licenses: b.dossier.licenses }, catalog: a.catalog };
      const ask = (facts: Recorded) => {
        try {
          return decideEntitlement(factsOf(facts), plainRequest, { date: a.focus }).outcome;
        } catch (error) {
          return String(error);
        }
      };
      const { bearing, others } = causesOf(before, after, ask, () => false);
      expect(bearing.length > 0).toBe(ask(before) !== ask(after));
      expect(bearing.length + others).toBe(factChanges(before, after).length);
    }),
    { numRuns: runs(60) },
  );
});

describe("of the causes", () => {
  const count = ({ dossier }: Recorded) => String(Math.min(2, dossier.premises.length));
  const paths = (changes: FactChange[]) => changes.map(({ path }) => path);

  test("both are named of which each is needed", () => {
    const ask = ({ dossier }: Recorded) => String(dossier.premises.length === 2);
    expect(paths(causesOf(premises([]), premises(["a", "b"]), ask, () => false).bearing)).toEqual(["premises/a", "premises/b"]);
  });

  test("both are named of which either would do", () => {
    const ask = ({ dossier }: Recorded) => String(dossier.premises.length > 0);
    expect(paths(causesOf(premises([]), premises(["a", "b"]), ask, () => false).bearing)).toEqual(["premises/a", "premises/b"]);
  });

  test("enough are named where none makes a difference by itself", () => {
    const ask = (facts: Recorded) => String(count(facts) === "2");
    expect(paths(causesOf(premises([]), premises(["a", "b", "c"]), ask, () => false).bearing)).toEqual(["premises/b", "premises/c"]);
  });

  test("of very many, those that the answer names are tried first", () => {
    const many = Array.from({ length: 500 }, (_, n) => `p-${String(n).padStart(3, "0")}`);
    let asked = 0;
    const ask = ({ dossier }: Recorded) => {
      asked += 1;
      return String(dossier.premises.some(({ premisesId }) => premisesId === "p-499"));
    };
    const { bearing, others } = causesOf(premises([]), premises(many), ask, (path) => path === "premises/p-499");
    expect([paths(bearing), others]).toEqual([["premises/p-499"], 499]);
    expect(asked).toBeLessThan(20);
  });
});

describe("of very many causes", () => {
  const many = premises(Array.from({ length: 500 }, (_, n) => `p-${String(n).padStart(3, "0")}`));
  const counted = (tell: (facts: Recorded) => string) => {
    let asked = 0;
    const causes = causesOf(
      premises([]),
      many,
      (facts) => {
        asked += 1;
        return tell(facts);
      },
      () => false,
    );
    return { ...causes, asked };
  };

  test("the question is asked again 400 times at most, and what is left open is counted with the others", () => {
    const { bearing, others, asked } = counted(({ dossier }) => String(dossier.premises.length));
    // Once for each of the two answers.
    expect(asked).toBe(402);
    expect(bearing.length).toBeGreaterThan(0);
    expect(bearing.length + others).toBe(500);
  });
  test("where the answers are the same it is not asked again", () => {
    expect(counted(() => "entitled")).toEqual({ bearing: [], others: 500, asked: 2 });
  });
});

describe("a part was recorded", () => {
  const payment = (amount: string) => ({ paymentId: "p-2", paidOn: "2026-03-01", amount: chf(amount) });
  const { invoiceId: _, ...unpaid } = invoice([]);
  const wrote = (recordedAt: number, value: object | null, path = "invoices/inv-7") => ({ path, value, recordedAt });
  const change = (part: string | null, before?: unknown): FactChange => ({ path: "invoices/inv-7", part, before, after: "whatever it is now" });

  test("when it last became what it is, whatever else was written to its fact since", () => {
    const paid = { ...unpaid, payments: [payment("500.00")] };
    const log = [wrote(10, unpaid), wrote(20, { ...unpaid, payments: [payment("1.00")] }), wrote(30, paid), wrote(40, { ...paid, disputed: true })];
    expect(recordedSince(change("payments/p-2"), log)).toBe(30);
    expect(recordedSince(change("disputed"), log)).toBe(40);
    expect(recordedSince(change("payments/p-2"), [...log, wrote(50, unpaid), wrote(60, paid)])).toBe(60);
    expect(recordedSince(change("payments/p-2"), [wrote(10, paid, "invoices/other")])).toBeNull();
  });

  test("as a whole when it came or went, also with its account", () => {
    expect(recordedSince(change(null), [wrote(10, unpaid), wrote(20, { ...unpaid, disputed: true })])).toBe(10);
    expect(recordedSince(change(null, unpaid), [wrote(10, unpaid), wrote(20, null)])).toBe(20);
    expect(recordedSince(change(null, unpaid), [wrote(10, null, "account"), wrote(20, { name: "A" }, "account")])).toBe(10);
  });
});

describe("in words", () => {
  const contract = (more: object = {}) =>
    recorded({
      contracts: [
        {
          contractId: "c-1",
          policyId: "ebiexperts-support",
          program: "enterprise",
          currency: "CHF",
          term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
          soldBy: "direct",
          lines: [],
          ...more,
        } as Dossier["contracts"][number],
      ],
    });
  const product = (more: object = {}) => recorded({}, { products: [{ productId: "qs", name: "QS", productLine: "Q", kind: "software", ...more }] });
  const line = (licenseId: string, amount: string, more: object = {}) => ({ licenseId, annualFee: chf(amount), ...more });
  const priced = (amount: string) =>
    recorded(
      {},
      {
        priceLists: [
          {
            priceListId: "pl",
            policyId: "e",
            effectiveFrom: "2026-01-01",
            currency: "CHF",
            items: [{ productId: "qs", annualFeePerSeat: chf(amount) }],
          },
        ],
      },
    );
  const contact = (more: object) => recorded({ contacts: [{ contactId: "jm", role: "none", ...more } as Dossier["contacts"][number]] });

  const cases: [what: string, before: Recorded, after: Recorded, says: string[]][] = [
    [
      "a payment",
      withInvoice([]),
      withInvoice([{ paymentId: "p-2", paidOn: "2026-03-01", amount: chf("500.00") }]),
      ["payment `p-2` of CHF 500.00 on invoice `inv-7` added: paid on 2026-03-01"],
    ],
    [
      "payments without an id, by their place",
      withInvoice([{ paidOn: "2026-03-01", amount: chf("1.00") }]),
      withInvoice([
        { paidOn: "2026-03-01", amount: chf("1.00") },
        { paidOn: "2026-03-02", amount: chf("2.00") },
      ]),
      ["payment `#2` of CHF 2.00 on invoice `inv-7` added: paid on 2026-03-02"],
    ],
    [
      "a payment taken back, and one changed",
      withInvoice([
        { paymentId: "a", paidOn: "2026-03-01", amount: chf("1.00") },
        { paymentId: "b", paidOn: "2026-03-01", amount: chf("2.00") },
      ]),
      withInvoice([{ paymentId: "b", paidOn: "2026-03-05", amount: chf("2000.00") }]),
      [
        "payment `a` of CHF 1.00 on invoice `inv-7` taken back",
        "payment `b` on invoice `inv-7`: paid on was 2026-03-01, now 2026-03-05; amount was CHF 2.00, now CHF 2,000.00",
      ],
    ],
    ["a field that was not there", withInvoice([]), withInvoice([], { disputed: true }), ["invoice `inv-7`: disputed was not recorded, now yes"]],
    [
      "an invoice",
      recorded({}),
      withInvoice([]),
      ["invoice `inv-7` added: kind `support`, issued on 2026-01-02, due on 2026-02-01, amount CHF 1,000.00, payments none"],
    ],
    ["a license taken back", recorded({ licenses: [license("l-1")] }), recorded({}), ["license `l-1` taken back"]],
    [
      "a reseller",
      recorded({ licenses: [license("l-1", { soldBy: "direct" })] }),
      recorded({ licenses: [license("l-1", { soldBy: { reseller: "Resell" } })] }),
      ["license `l-1`: sold by was `direct`, now reseller `Resell`"],
    ],
    [
      "a line of a contract, and its term",
      contract(),
      contract({ term: { firstDay: "2026-01-01", lastDay: "2027-12-31" }, lines: [line("l-3", "1200.00", { coveredFrom: "2026-03-01" })] }),
      [
        "contract `c-1`: term was 2026-01-01 to 2026-12-31, now 2026-01-01 to 2027-12-31",
        "line `l-3` of CHF 1,200.00 on contract `c-1` added: covered from 2026-03-01",
      ],
    ],
    [
      "a reading that was agreed, hours, and that it does not renew",
      contract({ settings: { readings: { "ebx-48h": "business-hours" } } }),
      contract({ settings: { autoRenew: false, readings: { "ebx-48h": "elapsed" }, calendars: { desk: { zone: "UTC", weekly: {} } } } }),
      [
        "contract `c-1`: `ebx-48h` was `business-hours`, now `elapsed`",
        "contract `c-1`: auto renew was not recorded, now no",
        "contract `c-1`: desk was not recorded, now as written there",
      ],
    ],
    [
      "the end of a product's life, and of a version's support",
      product(),
      product({ endOfLifeAnnouncedOn: "2026-05-01", versions: [{ version: "2025.11", supportEndsOn: "2026-06-30" }] }),
      [
        "product `qs`: end of life announced on was not recorded, now 2026-05-01",
        "version `2025.11` on product `qs` added: support ends on 2026-06-30",
      ],
    ],
    ["a price", priced("100.00"), priced("250.00"), ["product `qs` on price list `pl`: annual fee per seat was CHF 100.00, now CHF 250.00"]],
    [
      "a policy of one's own",
      recorded({}),
      recorded(
        {},
        { policies: [{ policyVersionId: "nw/2026-01", policy: { id: "nw", version: "2026-01" } as Catalog["policies"][number]["policy"] }] },
      ),
      ["policy version `nw/2026-01` added"],
    ],
    [
      "licenses that a contact is named for",
      contact({ licenseIds: ["l-1"] }),
      contact({ licenseIds: ["l-1", "l-2"] }),
      ["contact `jm`: license ids was `l-1`, now `l-1` and `l-2`"],
    ],
    ["nothing", withInvoice([]), withInvoice([]), []],
  ];
  test.each(cases)("%s", (_, before, after, says) => {
    expect(factChanges(before, after).map(describeFactChange).sort()).toEqual([...says].sort());
  });

  test("no person's name, and nothing that somebody wrote freely", () => {
    const exception = (more: object) =>
      recorded({ exceptions: [{ exceptionId: "e", clause: "7.3", reason: "Canary", approvedBy: "Canary", until: "2026-12-31", ...more }] });
    const named: [Recorded, Recorded][] = [
      [recorded({}), recorded({ account: { name: "Canary" } })],
      [recorded({}), exception({})],
      [exception({}), exception({ reason: "Canary 2", approvedBy: "Canary 2" })],
    ];
    const says = named.flatMap(([before, after]) => factChanges(before, after).map(describeFactChange));
    expect(says).toHaveLength(4);
    expect(says.join("\n")).not.toContain("Canary");
    expect(says).toContain("account: name changed");
  });
});

describe("two answers", () => {
  const one = (about: string, says: string) => ({ about, says });

  test("are held against each other by what they speak about", () => {
    const before = [one("outcome", "entitled"), one("reason 2.1", "pass"), one("missing", "a"), one("missing", "b"), one("reading r", "x")];
    const after = [one("outcome", "not-entitled"), one("missing", "b"), one("missing", "c"), one("missing", "d"), one("reading r", "x")];
    expect(compareStatements(before, after)).toEqual([
      one("outcome", "was: entitled; now: not-entitled"),
      one("missing", "was: a; now: c"),
      one("missing", "new: d"),
      one("reason 2.1", "no longer: pass"),
    ]);
  });

  test("that say the same, in whatever order and however often, have no difference", () => {
    const said = [one("missing", "a"), one("missing", "b"), one("missing", "a")];
    expect(compareStatements(said, said.toReversed())).toEqual([]);
    expect(compareStatements(said, said.slice(1))).toEqual([one("missing", "no longer: a")]);
  });
});
