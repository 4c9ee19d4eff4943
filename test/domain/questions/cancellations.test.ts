/** Notices of cancellation, whose effect stands in another document: the outlook notes them, and nothing they may have ended is quoted. */
import { describe, expect, test } from "vitest";
import type { RecordedNotice } from "../../../domain/facts.ts";
import { quoteReinstatement, reinstatementRequest } from "../../../domain/questions/reinstatement.ts";
import { outlookRenewal } from "../../../domain/questions/renewal.ts";
import { contract, license } from "../conditions/asked.ts";
import { asOf } from "./asked.ts";
import { type Sold, seller, sold } from "./quotable.ts";

const policy = seller({}, [
  { id: "8", says: "maintenance", notices: [{ notice: "maintenance", ruling: "hours-ahead", hours: 72, forms: ["email"] }] },
  { id: "9", says: "cancellation", notices: [{ notice: "cancellation", ruling: "undetermined", missing: "the agreement" }] },
]);
type Notice = Partial<RecordedNotice>;
const cancellation: RecordedNotice = { noticeId: "n-1", contractId: "c-1", kind: "cancellation", form: "letter", receivedOn: "2026-06-01" };
const facts = (notices: Notice[], known: Sold = {}) =>
  sold({ policy, ...known, dossier: { ...known.dossier, notices: notices.map((change) => ({ ...cancellation, ...change })) as RecordedNotice[] } });

const reason = (noticeId: string, receivedOn: string, result: "info" | "unknown") => ({
  clause: "9",
  condition: "cancellation",
  result,
  finding: `cancellation \`${noticeId}\`, received on ${receivedOn}: whether and when it ends support is not in the policy; missing: the agreement`,
  facts: [{ path: `notices/${noticeId}/receivedOn`, value: receivedOn }],
  cure: null,
});
const later: Notice = { noticeId: "n-0", receivedOn: "2026-06-02" };

describe("the outlook", () => {
  const outlook = (notices: Notice[], on = "2026-07-01", known?: Sold) => outlookRenewal(facts(notices, known), "c-1", asOf(on));
  const noted = (...asked: Parameters<typeof outlook>) => outlook(...asked).reasons.filter(({ condition }) => condition === "cancellation");

  test("notes them for information in the order of their receipt, and goes on as if there were none", () => {
    expect(noted([later, {}])).toEqual([reason("n-1", "2026-06-01", "info"), reason("n-0", "2026-06-02", "info")]);
    expect(noted([{}, later])).toEqual([reason("n-1", "2026-06-01", "info"), reason("n-0", "2026-06-02", "info")]);
    expect(outlook([{}])).toMatchObject({ status: "current", missing: [], next: { renews: true } });
  });
  test("from the day of receipt on, in the contract's zone", () => {
    expect(noted([{}], "2026-05-31")).toEqual([]);
    expect(noted([{}], "2026-06-01")).toHaveLength(1);
    const received = { receivedOn: undefined, receivedAt: "2026-06-01T22:00:00Z" };
    expect([noted([received], "2026-06-01"), noted([received], "2026-06-02")]).toEqual([[], [reason("n-1", "2026-06-02", "info")]]);
  });
  test("not one that was withdrawn, of another contract or kind, or without a day", () => {
    for (const change of [{ withdrawn: true as const }, { contractId: "c-2" }, { kind: "price-increase" as const }, { receivedOn: undefined }])
      expect(noted([change]), JSON.stringify(change)).toEqual([]);
  });
  test("nor where the policy says nothing of them", () => expect(noted([{}], "2026-07-01", { policy: seller() })).toEqual([]));
});

describe("a reinstatement", () => {
  const two = { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", ["l-1", "l-2"])] };
  const quote = (notices: Notice[], licenseIds?: string[], known: Sold = { dossier: two }) => {
    const request = reinstatementRequest.parse({ contractId: "c-1", reinstateOn: "2026-07-01", licenseIds });
    const { status, reasons, missing } = quoteReinstatement(facts(notices, known), request, asOf("2026-07-01"));
    return { status, missing, reasons: reasons.filter(({ condition }) => condition === "cancellation") };
  };
  const open = (...reasons: object[]) => ({ status: "undetermined", missing: [{ what: "the agreement", clause: "9" }], reasons });
  const first = reason("n-1", "2026-06-01", "unknown");

  test("of what runs and may have been cancelled is open, by those notices alone that name it", () => {
    expect(quote([{}])).toEqual(open(first));
    expect(quote([{ licenseIds: ["l-1"] }, { ...later, licenseIds: ["l-2"] }], ["l-1"])).toEqual(open(first));
    expect(quote([{ licenseIds: ["l-2"] }, { ...later, licenseIds: ["l-1"] }], ["l-1"])).toEqual(open(reason("n-0", "2026-06-02", "unknown")));
    expect(quote([{ licenseIds: ["l-1"] }, { ...later, licenseIds: ["l-2"] }], ["l-1", "l-2"])).toEqual(
      open(first, reason("n-0", "2026-06-02", "unknown")),
    );
  });
  test("of the whole contract is open where only some of it was cancelled", () => expect(quote([{ licenseIds: ["l-1"] }])).toEqual(open(first)));
  test("is refused where some of what is asked for was not cancelled, or none", () => {
    const refused = { status: "refused", missing: [], reasons: [] };
    expect(quote([{ licenseIds: ["l-1"] }], ["l-1", "l-2"])).toEqual(refused);
    expect(quote([{ licenseIds: ["l-1"] }], ["l-2"])).toEqual(refused);
    expect(quote([{ kind: "non-renewal", form: "phone" }])).toEqual(refused);
    expect(quote([])).toEqual(refused);
  });
  describe("with a license that lapsed", () => {
    const lines = two.contracts
      .flatMap(({ lines }) => lines)
      .map((line) => (line.licenseId === "l-2" ? { ...line, coveredUntil: "2026-06-15" } : line));
    const lapsed = { dossier: { ...two, contracts: [{ ...contract("c-1", []), lines }] } };
    test("is for that one, unless the other alone is asked for", () => {
      expect(quote([{}], undefined, lapsed).reasons).toEqual([]);
      expect(quote([{}], ["l-2"], lapsed)).toMatchObject({ status: "offered", reasons: [] });
      expect(quote([{}], ["l-1"], lapsed)).toEqual(open(first));
    });
  });
  test("what is not brought back at all, such as a trial, is not open", () => {
    const trial = { dossier: { ...two, licenses: [license("l-1"), license("l-2", { kind: "trial" })] } };
    expect(quote([{ licenseIds: ["l-2"] }], ["l-2"], trial).status).toBe("refused");
    expect(quote([{}], ["l-1"], trial)).toEqual(open(first));
    expect(quote([{ licenseIds: ["l-1"] }, { ...later, licenseIds: ["l-2"] }], undefined, trial)).toEqual(open(first));
    expect(quote([{}], ["l-1", "l-2"], trial).status).toBe("refused");
  });
});
