/** Bugs that comparable systems shipped, about dates, money and duplicates: asked of whole questions, each named after the report. */
import { describe, expect, test } from "vitest";
import { contradictionsOf } from "../../domain/contradictions.ts";
import {
  contract as contractSchema,
  type Dossier,
  type HeldContract,
  type HeldLicense,
  license as licenseSchema,
  type NamedInvoice,
  type RecordedNotice,
} from "../../domain/facts.ts";
import { shippedPolicies } from "../../domain/policies/index.ts";
import { decideEntitlement, type EntitlementRequest } from "../../domain/questions/entitlement.ts";
import { ruleNotice } from "../../domain/questions/notice.ts";
import type { KnownFacts } from "../../domain/questions/question.ts";
import { quoteReinstatement } from "../../domain/questions/reinstatement.ts";
import { outlookRenewal } from "../../domain/questions/renewal.ts";
import { describeStanding } from "../../domain/questions/standing.ts";
import { addDays, type CalendarDate } from "../../domain/time/calendar-date.ts";
import { parseInstant } from "../../domain/time/instant.ts";

const chf = (amount: string) => ({ amount, currency: "CHF" });

function facts({
  licenses,
  ...rest
}: Partial<Omit<Dossier, "licenses">> & { licenses?: (Partial<HeldLicense> & { licenseId: string })[] }): KnownFacts {
  const held = (licenses ?? [{ licenseId: "l-1" }]).map(
    (license): HeldLicense => ({ productId: "p-1", kind: "perpetual", seats: 1, deliveredOn: "2015-01-01", ...license }),
  );
  return {
    dossier: {
      accountId: "acme",
      account: { name: "Acme" },
      premises: [],
      contracts: [],
      contacts: [{ contactId: "t-1", role: "technical-contact" }],
      invoices: [],
      notices: [],
      quotes: [],
      exceptions: [],
      ...rest,
      licenses: held,
    },
    catalog: {
      products: [
        { productId: "p-1", name: "One", productLine: "Alpha", kind: "software" },
        { productId: "p-2", name: "Two", productLine: "Beta", kind: "software" },
      ],
      priceLists: [],
      policies: [],
    },
    policies: shippedPolicies,
  };
}

const contract = (firstDay: CalendarDate, lastDay: CalendarDate, other: Partial<HeldContract> = {}): HeldContract => ({
  contractId: "c-1",
  policyId: "ebiexperts-support",
  program: "enterprise",
  currency: "CHF",
  term: { firstDay, lastDay },
  soldBy: "direct",
  lines: [{ licenseId: "l-1", annualFee: chf("10000.00") }],
  ...other,
});
const endsWith2025 = contract("2025-01-01", "2025-12-31", { settings: { autoRenew: false } });
const nonRenewal = (noticeId: string, receivedOn: CalendarDate, other: Partial<RecordedNotice> = {}): RecordedNotice => ({
  noticeId,
  contractId: "c-1",
  kind: "non-renewal",
  form: "letter",
  receivedOn,
  ...other,
});
const increase = (noticeId: string, receivedOn: CalendarDate, fees: Record<string, string>): RecordedNotice => ({
  ...nonRenewal(noticeId, receivedOn),
  kind: "price-increase",
  newFees: Object.entries(fees).map(([licenseId, fee]) => ({ licenseId, annualFee: chf(fee) })),
});
const invoice = (dueOn: CalendarDate, payments: NamedInvoice["payments"] = []): NamedInvoice => ({
  invoiceId: "i-1",
  contractId: "c-1",
  kind: "support",
  issuedOn: addDays(dueOn, -30),
  dueOn,
  amount: chf("100.00"),
  payments,
});

const request: EntitlementRequest = { kind: "error", licenseId: "l-1", contactId: "t-1", provides: [], circumstances: [], attestations: {} };
const outlook = (known: KnownFacts, day: CalendarDate) => outlookRenewal(known, "c-1", { date: day });
const outcome = (known: KnownFacts, on: string, asked = request) =>
  decideEntitlement(known, asked, on.length === 10 ? { date: on } : { instant: parseInstant(on) }).outcome;
const quote = (known: KnownFacts, reinstateOn: CalendarDate, payOn = reinstateOn) =>
  quoteReinstatement(known, { contractId: "c-1", reinstateOn, payOn }, { date: "2026-01-01" });
const amounts = (known: KnownFacts, reinstateOn: CalendarDate) =>
  quote(known, reinstateOn).lines.map(({ part, days, amount }) => [part, days, amount.amount]);

describe("terms and days for notice", () => {
  test("glpi#23084: after a renewal the notice day is the running term's, not the first one's", () => {
    const known = facts({ contracts: [contract("2024-01-01", "2024-12-31")] });
    expect(["2024-06-01", "2025-06-01", "2028-06-01"].map((day) => outlook(known, day).nonRenewal?.lastDayOn)).toEqual([
      "2024-11-16",
      "2025-11-16",
      "2028-11-16",
    ]);
  });

  test("glpi#6004, glpi#17725: a first term of three years, and a stub, are the first terms", () => {
    const long = facts({ contracts: [contract("2024-03-01", "2027-02-28")] });
    expect(outlook(long, "2025-06-01").nonRenewal?.lastDayOn).toBe("2027-01-14");
    expect(outlook(long, "2027-03-01").currentTerm).toEqual({ firstDay: "2027-03-01", lastDay: "2028-02-29" });
    const stub = facts({ contracts: [contract("2026-02-10", "2026-06-30")] });
    expect(outlook(stub, "2026-03-01").nonRenewal?.lastDayOn).toBe("2026-05-16");
    expect(outlook(stub, "2026-07-01").currentTerm).toEqual({ firstDay: "2026-07-01", lastDay: "2027-06-30" });
  });

  test("killbill#127: an anchor on 29 February falls back and comes back, with no day uncovered", () => {
    const known = facts({ contracts: [contract("2024-02-29", "2025-02-27")] });
    expect(["2025-02-27", "2025-02-28", "2028-02-28", "2028-02-29"].map((day) => outlook(known, day).currentTerm?.firstDay)).toEqual([
      "2024-02-29",
      "2025-02-28",
      "2027-02-28",
      "2028-02-29",
    ]);
    for (let day = "2024-02-29"; day < "2029-03-02"; day = addDays(day, 1)) expect([day, outcome(known, day)]).toEqual([day, "entitled"]);
  });

  test("killbill#2133, polar#10664: a notice against a February term is in time through the running term's own day", () => {
    const known = facts({ contracts: [contract("2024-02-29", "2025-02-27")] });
    const ruled = (receivedOn: CalendarDate) => ruleNotice(known, "c-1", nonRenewal("n-1", receivedOn), { date: receivedOn });
    expect([ruled("2028-01-14"), ruled("2028-01-15")].map(({ ruling, effectiveOn }) => [ruling, effectiveOn])).toEqual([
      ["valid", "2028-02-28"],
      ["late", null],
    ]);
  });

  test("lago-api#1567, lago-api#1840, lago-api#6173, openmeter#3229: forty years, forty renewals, none dropped as a duplicate", () => {
    const known = facts({ contracts: [contract("2024-02-29", "2025-02-27")] });
    const terms: string[] = [];
    for (let day = "2024-02-29"; terms.length < 40; ) {
      const { currentTerm, next } = outlook(known, day);
      expect(next.renews).toBe(true);
      expect(next.term?.firstDay).toBe(addDays(currentTerm?.lastDay as string, 1));
      terms.push(currentTerm?.firstDay as string);
      day = next.term?.firstDay as string;
    }
    expect(new Set(terms).size).toBe(40);
    expect(terms.filter((day) => day.endsWith("02-29"))).toEqual([
      "2024-02-29",
      "2028-02-29",
      "2032-02-29",
      "2036-02-29",
      "2040-02-29",
      "2044-02-29",
      "2048-02-29",
      "2052-02-29",
      "2056-02-29",
      "2060-02-29",
    ]);
  });

  test("dayjs#2112: a clock change between the notice day and the end moves nothing, to the millisecond", () => {
    const known = facts({ contracts: [contract("2025-05-01", "2026-04-30")] });
    const ruled = (receivedAt: string) =>
      ruleNotice(known, "c-1", { noticeId: "n-1", contractId: "c-1", kind: "non-renewal", form: "email", receivedAt }, { date: "2026-05-01" }).ruling;
    expect([ruled("2026-03-16T22:59:59.999Z"), ruled("2026-03-16T23:00:00Z")]).toEqual(["valid", "late"]);
  });

  test("dayjs#2607: 30 February is no day, in any document", () => {
    const { contractId: _, ...document } = contract("2026-02-28", "2027-02-27");
    expect(contractSchema.safeParse(document).success).toBe(true);
    for (const day of ["2026-02-30", "2026-02-29", "2026-13-01", "2026-2-1", "26-02-01", "2026-02-28T00:00:00Z"]) {
      expect([day, contractSchema.safeParse({ ...document, term: { ...document.term, firstDay: day } }).success]).toEqual([day, false]);
      expect([day, licenseSchema.safeParse({ productId: "p-1", kind: "perpetual", seats: 1, deliveredOn: day }).success]).toEqual([day, false]);
    }
  });

  test("date-holidays#26, date-holidays#521: the safe day lies before the holidays of its own year", () => {
    // 45 days before the end fall on Easter Monday 2026 and on 26 December 2025, a Friday after Christmas.
    const on = (firstDay: CalendarDate, lastDay: CalendarDate) => outlook(facts({ contracts: [contract(firstDay, lastDay)] }), lastDay).nonRenewal;
    expect(on("2025-05-22", "2026-05-21")).toMatchObject({ lastDayOn: "2026-04-06", safeOn: "2026-04-02" });
    expect(on("2025-02-10", "2026-02-09")).toMatchObject({ lastDayOn: "2025-12-26", safeOn: "2025-12-24" });
  });
});

describe("last valid days", () => {
  const known = facts({ contracts: [endsWith2025] });

  test("tldraw#9431: supported through the last millisecond of the last day", () => {
    expect(["2025-12-31T22:59:59.999Z", "2025-12-31T23:00:00Z"].map((at) => outcome(known, at))).toEqual(["entitled", "not-entitled"]);
    expect(decideEntitlement(known, request, { date: "2025-12-01" }).validUntil).toBe("2025-12-31T23:00:00Z");
  });

  test("sourcegraph#60409: neither the reader's day nor that of UTC decides, but the policy's", () => {
    // 00:30 on New Year's Day in Zurich is still the old year in UTC and in New York.
    expect(outcome(known, "2025-12-31T23:30:00Z")).toBe("not-entitled");
  });

  test("memgraph#3993: alive on the last day of the window", () => {
    const seen = (day: CalendarDate) => [quote(known, day).status, describeStanding(known, { date: day }).contracts[0]?.status];
    expect(["2026-12-31", "2027-01-01"].map(seen)).toEqual([
      ["offered", "lapsed"],
      ["discretion", "ended"],
    ]);
  });
});

describe("once, and no more", () => {
  const known = facts({ contracts: [contract("2026-01-01", "2026-12-31")], notices: [increase("n-1", "2026-09-01", { "l-1": "10500.00" })] });

  test("erpnext#28179, lago-api#879: asked every hour of a day, the renewal is one and the same", () => {
    const seen = Array.from({ length: 24 }, (_, hour) =>
      outlookRenewal(known, "c-1", { instant: parseInstant("2026-12-30T23:00:00Z") + hour * 3_600_000 }),
    );
    for (const { next } of seen) expect(next).toEqual(seen[0]?.next);
    expect(seen[0]?.next.fee).toEqual(chf("10500.00"));
  });

  test("lago-api#1074: the same increase received twice raises the fee once", () => {
    const twice = facts({
      contracts: known.dossier.contracts,
      notices: [...known.dossier.notices, increase("n-2", "2026-09-01", { "l-1": "10500.00" }), increase("n-3", "2026-09-02", { "l-1": "10500.00" })],
    });
    expect([outlook(twice, "2026-12-31").next.fee, outlook(twice, "2027-06-01").next.fee]).toEqual([chf("10500.00"), chf("10500.00")]);
  });

  test("lago-api#1086, lago-api#1110: one increase a term does not block that of the next term", () => {
    const both = facts({
      contracts: known.dossier.contracts,
      notices: [...known.dossier.notices, increase("n-2", "2027-09-01", { "l-1": "11025.00" })],
    });
    expect(outlook(both, "2027-12-31").next.fee).toEqual(chf("11025.00"));
  });

  test("lago-api#4795: of several increases in a term only the last counts, whole, so that together they never pass the cap", () => {
    const lines = ["l-1", "l-2"].map((licenseId) => ({ licenseId, annualFee: chf("100.00") }));
    const several = facts({
      licenses: [{ licenseId: "l-1" }, { licenseId: "l-2" }],
      contracts: [contract("2026-01-01", "2026-12-31", { lines })],
      notices: [increase("n-1", "2026-05-01", { "l-1": "110.00", "l-2": "100.00" }), increase("n-2", "2026-06-01", { "l-2": "105.00" })],
    });
    expect(outlook(several, "2026-12-31").next.fee).toEqual(chf("205.00"));
  });

  test("the older of two notices does not stand in the way of the one that counts", () => {
    const again = facts({
      contracts: [contract("2026-01-01", "2026-12-31", { anchorOn: "2024-01-01" })],
      notices: [nonRenewal("n-1", "2025-06-01"), nonRenewal("n-2", "2026-06-01")],
    });
    expect([outlook(again, "2026-05-31").status, outlook(again, "2026-12-31").next.renews, outlook(again, "2027-01-01").status]).toEqual([
      "current",
      false,
      "lapsed",
    ]);
  });

  test("leaky-paywall#44, s2member#1137: a notice without effect does not hide the next one", () => {
    const late = facts({
      contracts: [contract("2026-01-01", "2026-12-31")],
      notices: [nonRenewal("n-1", "2026-11-17"), nonRenewal("n-2", "2027-11-16")],
    });
    expect([outlook(late, "2027-01-01").next.renews, outlook(late, "2027-12-31").next.renews, outlook(late, "2028-01-01").lapsedOn]).toEqual([
      true,
      false,
      "2028-01-01",
    ]);
  });

  test("a lapsed contract is not brought back to life by a notice", () => {
    const lapsed = facts({ contracts: [endsWith2025], notices: [nonRenewal("n-1", "2026-02-01")] });
    expect(["2026-01-31", "2026-02-01", "2026-06-01"].map((day) => [outlook(lapsed, day).status, outcome(lapsed, day)])).toEqual([
      ["lapsed", "not-entitled"],
      ["lapsed", "not-entitled"],
      ["lapsed", "not-entitled"],
    ]);
  });
});

describe("states that time or payment changes", () => {
  test("killbill#2297: asked long after, the notice still counts from its own day, not from the day of the question", () => {
    const known = facts({ contracts: [contract("2026-01-01", "2026-12-31")], notices: [nonRenewal("n-1", "2026-11-16")] });
    expect(["2026-11-15", "2026-11-16", "2027-01-01", "2028-01-01"].map((day) => outlook(known, day).status)).toEqual([
      "current",
      "notice-given",
      "lapsed",
      "ended",
    ]);
  });

  test("killbill#640, killbill#695: paid is paid, from that day on", () => {
    const known = facts({
      contracts: [contract("2026-01-01", "2026-12-31")],
      invoices: [
        invoice("2026-03-01", [
          { paidOn: "2026-03-10", amount: chf("60.00") },
          { paidOn: "2026-03-20", amount: chf("40.00") },
        ]),
      ],
    });
    expect(["2026-03-01", "2026-03-02", "2026-03-10", "2026-03-19", "2026-03-20"].map((day) => outcome(known, day))).toEqual([
      "entitled",
      "not-entitled",
      "not-entitled",
      "not-entitled",
      "entitled",
    ]);
  });
});

describe("money", () => {
  const known = facts({ contracts: [endsWith2025] });

  test("lago-api#4553: a part is measured by the contract's twelve months, not by the days charged", () =>
    expect(amounts(known, "2026-02-12")[0]).toEqual(["back-fees", 42, "1150.68"]));

  test("BCApps#5718: February has its own days, and a period with 29 February has 366", () => {
    const leap = facts({ contracts: [contract("2023-03-01", "2024-02-29", { settings: { autoRenew: false } })] });
    expect(amounts(leap, "2024-03-02")[0]).toEqual(["back-fees", 1, "27.40"]);
    const inLeap = facts({ contracts: [contract("2022-03-01", "2023-02-28", { settings: { autoRenew: false } })] });
    expect(amounts(inLeap, "2023-03-02")[0]).toEqual(["back-fees", 1, "27.32"]);
    expect(amounts(inLeap, "2024-03-01")[0]).toEqual(["back-fees", 366, "10000.00"]);
  });

  test("lago-api#2643: what is charged for the lapse and for the rest of the year is the year, to the cent", () => {
    for (const [reinstateOn, rest] of [
      ["2026-05-01", 245],
      ["2026-07-01", 184],
      ["2026-12-31", 1],
    ] as const) {
      const [, , back] = amounts(known, reinstateOn)[0] as [string, number, string];
      const left = (10_000_00n * BigInt(rest) * 2n + 365n) / 730n;
      expect(BigInt(back.replace(".", "")) + left).toBe(10_000_00n);
    }
  });

  test("lago-api#6194, autumn#3407: eighty-one lines do not drift from their total", () => {
    const ids = Array.from({ length: 81 }, (_, index) => `l-${String(index).padStart(2, "0")}`);
    const many = facts({
      licenses: ids.map((licenseId) => ({ licenseId })),
      contracts: [{ ...endsWith2025, lines: ids.map((licenseId) => ({ licenseId, annualFee: chf("33.33") })) }],
    });
    const { lines, total } = quote(many, "2026-07-01");
    const sum = lines.reduce((all, { amount }) => all + BigInt(amount.amount.replace(".", "")), 0n);
    expect([lines.length, total?.amount]).toEqual([163, `${sum / 100n}.${String(sum % 100n).padStart(2, "0")}`]);
    // 181 days of 33.33 are 16.53; the fee is a quarter of 81 × (16.53 + 33.33).
    expect(lines.at(-1)?.amount).toEqual(chf("1009.67"));
  });

  test("the largest amounts come out exactly", () => {
    const most = facts({ contracts: [{ ...endsWith2025, lines: [{ licenseId: "l-1", annualFee: chf("10000000000000.00") }] }] });
    expect(quote(most, "2027-01-01").indicative).toEqual(chf("25000000000000.00"));
    expect(JSON.parse(JSON.stringify(quote(most, "2026-01-02"))).lines[0].amount).toEqual(chf("27397260273.97"));
  });
});

describe("clocks", () => {
  const known = facts({ contracts: [contract("2025-01-01", "2025-12-31")] });
  const due = (severity: string, filedAt: string) => {
    const asked = { ...request, severity, filedAt };
    return decideEntitlement(known, asked, { instant: parseInstant(filedAt) }).deadlines.find(({ kind }) => kind === "first-response")?.dueAt;
  };
  test.each([
    ["zammad#3180: no minute is lost at midnight", "severity-2", "2026-03-02T22:59:59Z", "2026-03-03T08:00:00Z"],
    ["zammad#390: holidays are no business days", "severity-3", "2026-04-02T14:00:00Z", "2026-04-07T09:00:00Z"],
    ["dbt_zendesk#25: the offset of the day itself, not today's", "severity-2", "2025-10-24T14:30:00Z", "2025-10-27T07:30:00Z"],
    ["osTicket#6739: the weekend counts nothing", "severity-2", "2026-03-06T15:30:00Z", "2026-03-09T07:30:00Z"],
  ])("%s", (_, severity, filedAt, expected) => expect(due(severity, filedAt)).toBe(expected));
});

describe("names", () => {
  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "zod#2227: a license, contract and invoice called %s are like any other",
    (name) => {
      const lines = [{ licenseId: name, annualFee: chf("100.00") }];
      const known = facts({
        licenses: [
          { licenseId: name, bundleId: name, deploymentId: name },
          { licenseId: "l-9", productId: "p-2", bundleId: name },
        ],
        contracts: [contract("2026-01-01", "2026-12-31", { contractId: name, lines })],
        invoices: [{ ...invoice("2026-03-01"), invoiceId: name, contractId: name }],
        notices: [nonRenewal(name, "2026-06-01", { contractId: name, licenseIds: [name] })],
      });
      const { outcome, reasons } = decideEntitlement(known, { ...request, licenseId: name }, { date: "2026-04-01" });
      expect([outcome, reasons.filter(({ result }) => result !== "pass").map(({ clause, result }) => `${clause} ${result}`)]).toEqual([
        "not-entitled",
        ["2.1 fail", "7.1 discretion"],
      ]);
      expect(outlookRenewal(known, name, { date: "2026-12-31" }).next.renews).toBe(false);
    },
  );

  test("zod#2227: such a name is no reading, circumstance or severity", () => {
    const known = facts({ contracts: [contract("2026-01-01", "2026-12-31")] });
    for (const name of ["constructor", "toString"]) {
      const document = contract("2026-01-01", "2026-12-31", { settings: { readings: { [name]: "literal" } } });
      expect(contradictionsOf("contracts/c-1", document, known)).toEqual([
        { pointer: `/settings/readings/${name}`, detail: expect.stringContaining("no reading") },
      ]);
    }
    expect(() => decideEntitlement(known, { ...request, circumstances: ["constructor"] }, { date: "2026-04-01" })).toThrow("no circumstance");
    expect(() => decideEntitlement(known, { ...request, severity: "__proto__" }, { date: "2026-04-01" })).toThrow("no severity");
  });
});
