/** How long an answer holds, where no condition of it says so: notices on record, other contracts, other licenses that may be meant. */
import { describe, expect, test } from "vitest";
import type { Catalog, Dossier, RecordedNotice } from "../../../domain/facts.ts";
import { decideEntitlement, entitlementRequest } from "../../../domain/questions/entitlement.ts";
import { contract, license, product } from "../conditions/asked.ts";
import { asOf, bookOf, factsOf, type PolicyText } from "./asked.ts";

const covered = { id: "2.1", says: "cover", conditions: [{ condition: "covered" as const, otherwise: "fail" as const }] };
const text: PolicyText = { clauses: [covered] };
const renewing: PolicyText = {
  clauses: [covered, { id: "7", says: "renews", formulas: [{ formula: "renewal", months: 12, noticeDays: 45, forms: ["email"] }] }],
};

interface Asked {
  dossier?: Partial<Dossier>;
  catalog?: Partial<Catalog>;
  policy?: PolicyText;
  on?: string;
  request?: Partial<Parameters<typeof entitlementRequest.parse>[0] & object>;
}

function until({ dossier, catalog, policy = text, on = "2026-06-15", request }: Asked) {
  const facts = factsOf(bookOf(policy), dossier, catalog);
  return decideEntitlement(facts, entitlementRequest.parse({ kind: "error", ...request }), asOf(on)).validUntil;
}

describe("a notice of non-renewal recorded for a day to come", () => {
  const notice: RecordedNotice = { noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", receivedOn: "2026-07-01" };
  const noticed = (known: Partial<RecordedNotice> = {}) => until({ policy: renewing, dossier: { notices: [{ ...notice, ...known }] } });

  test("none: the contract renews for ever", () => expect(until({ policy: renewing })).toBe(null));
  test("once received it ends the cover with the term", () => expect(noticed()).toBe("2026-12-31T23:00:00Z"));
  test("received on the day itself as well", () => expect(noticed({ receivedOn: "2026-06-15" })).toBe("2026-12-31T23:00:00Z"));
  test("by its instant", () => expect(noticed({ receivedOn: undefined, receivedAt: "2026-07-01T10:00:00Z" })).toBe("2026-12-31T23:00:00Z"));
  test("a day late it ends nothing", () => expect(noticed({ receivedOn: "2026-11-17" })).toBe(null));
  test("withdrawn, of another kind, or of a contract that is not recorded, nothing", () => {
    expect(noticed({ withdrawn: true })).toBe(null);
    expect(noticed({ kind: "cancellation" })).toBe(null);
    expect(noticed({ contractId: "c-9" })).toBe(null);
  });
  test("of several contracts that cover the license, what ends one ends nothing while the other runs, and another contract then answers", () => {
    const contracts = [contract("c-1", ["l-1"]), contract("c-2", ["l-1"], { program: "silver" })];
    expect(until({ policy: renewing, dossier: { contracts, notices: [notice] } })).toBe("2026-12-31T23:00:00Z");
    expect(until({ policy: renewing, dossier: { contracts, notices: [{ ...notice, contractId: "c-2" }] } })).toBe(null);
  });
});

describe("another contract that covers the license", () => {
  const first = contract("c-1", ["l-1"], { program: "silver" });
  const better = contract("c-2", ["l-1"], { term: { firstDay: "2026-08-01", lastDay: "2027-07-31" } });

  test("of a better program answers from its first day on", () => {
    expect(until({ dossier: { contracts: [first, better] } })).toBe("2026-07-31T22:00:00Z");
  });
  test("of a lower one only once the first has ended", () => {
    expect(
      until({
        dossier: {
          contracts: [
            { ...first, program: "gold" },
            { ...better, program: "silver" },
          ],
        },
      }),
    ).toBe("2026-12-31T23:00:00Z");
  });
  test("that ends while the other goes on changes nothing until then", () => {
    const ending = contract("c-2", ["l-1"], { program: "silver", term: { firstDay: "2026-01-01", lastDay: "2026-09-30" } });
    expect(until({ dossier: { contracts: [contract("c-1", ["l-1"]), ending] } })).toBe("2026-12-31T23:00:00Z");
  });
  test("that follows on without a gap", () => {
    const following = contract("c-2", ["l-1"], { term: { firstDay: "2027-01-01", lastDay: "2027-12-31" } });
    expect(until({ dossier: { contracts: [contract("c-1", ["l-1"]), following] } })).toBe("2026-12-31T23:00:00Z");
  });
});

describe("another license that the request may be about", () => {
  const contracts = [contract("c-1", ["l-1"])];
  const both = { dossier: { licenses: [license("l-1"), license("l-2", { deliveredOn: "2026-08-01" })], contracts } };

  test("from its delivery on the answer depends on which", () => expect(until(both)).toBe("2026-07-31T22:00:00Z"));
  test("not where the request names one, or another product", () => {
    expect(until({ ...both, request: { licenseId: "l-1" } })).toBe("2026-12-31T23:00:00Z");
    const other = { licenses: [license("l-1"), license("l-2", { deliveredOn: "2026-08-01", productId: "p-2" })], contracts };
    expect(until({ dossier: other, request: { productId: "p-1" } })).toBe("2026-12-31T23:00:00Z");
  });
  test("until one of two is retired, the answers differ", () => {
    const leaving = { licenses: [license("l-1"), license("l-2", { retiredOn: "2026-08-01" })], contracts };
    expect(until({ dossier: leaving })).toBe("2026-07-31T22:00:00Z");
  });
  test("the list of answers holds until one of them turns", () => {
    const ending = contract("c-2", ["l-3"], { term: { firstDay: "2026-01-01", lastDay: "2026-09-30" } });
    const three = { licenses: [license("l-1"), license("l-2"), license("l-3")], contracts: [contract("c-1", ["l-1"]), ending] };
    expect(until({ dossier: three })).toBe("2026-09-30T22:00:00Z");
  });
  test("an announced end of life is looked at where it makes deadlines differ", () => {
    const policy: PolicyText = {
      severities: [{ id: "high", says: "grave" }],
      calendars: {
        office: { zone: "Europe/Zurich", weekly: { mon: [["09:00", "17:00"]] }, holidays: { firstYear: 2026, lastYear: 2026, dates: [] } },
      },
      clauses: [
        covered,
        {
          id: "5",
          says: "reply",
          deadlines: [{ deadline: "first-response", targetMinutes: 60, clock: "elapsed", commitment: "effort", endOfLife: { calendar: "office" } }],
        },
      ],
    };
    const licenses = [license("l-1"), license("l-2", { productId: "p-2" })];
    const of = (known: Parameters<typeof product>[1]) =>
      until({
        policy,
        dossier: { licenses, contracts: [contract("c-1", ["l-1", "l-2"])] },
        catalog: { products: [product("p-1"), product("p-2", known)] },
        on: "2026-06-15T20:00:00Z",
      });
    expect(of({})).toBe("2026-12-31T23:00:00Z");
    expect(of({ endOfLifeAnnouncedOn: "2026-06-20" })).toBe("2026-06-19T22:00:00Z");
    expect(of({ endOfLifeOn: "2026-06-20" })).toBe("2026-06-19T22:00:00Z");
    expect(of({ endOfLifeAnnouncedOn: "2026-06-21", endOfLifeOn: "2026-06-20" })).toBe("2026-06-20T22:00:00Z");
    expect(of({ endOfLifeAnnouncedOn: "2026-06-01" })).toBe("2026-12-31T23:00:00Z");
  });
});

test("days begin in the contract's zone; where none is set, what turns has turned where they begin last, at noon in UTC", () => {
  const better = (settings: Dossier["contracts"][number]["settings"]) => [
    contract("c-1", ["l-1"], { program: "silver", settings }),
    contract("c-2", ["l-1"], { term: { firstDay: "2026-08-01", lastDay: "2027-07-31" }, settings }),
  ];
  const policy = { ...text, zone: null };
  expect(until({ policy, dossier: { contracts: better({ timeZone: "Asia/Tokyo" }) }, on: "2026-06-15T10:00:00Z" })).toBe("2026-07-31T15:00:00Z");
  expect(until({ policy, dossier: { contracts: better({}) }, on: "2026-06-15T10:00:00Z" })).toBe("2026-08-01T12:00:00Z");
});

test("where the zone is that of the premises, days begin there", () => {
  const policy: PolicyText = { ...text, zone: "premises", regions: { "us-est": { zone: "America/New_York", always: true } } };
  const contracts = [
    contract("c-1", ["l-1"], { program: "silver" }),
    contract("c-2", ["l-1"], { term: { firstDay: "2026-08-01", lastDay: "2027-07-31" } }),
  ];
  const premises = [{ premisesId: "nyc", name: "New York", region: "us-est" as const }];
  expect(until({ policy, dossier: { contracts, premises }, on: "2026-06-15T10:00:00Z" })).toBe("2026-08-01T04:00:00Z");
});
