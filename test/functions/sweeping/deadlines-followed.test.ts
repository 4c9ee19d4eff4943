/** The deadlines list is kept by visits: after a change of facts, when a decision gives something to do, and as time passes. */
import type { DynamoDBRecord } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { emptyDossier } from "../../../domain/dossier.ts";
import type { RecordedNotice } from "../../../domain/facts.ts";
import { horizonOf } from "../../../domain/questions/deadlines.ts";
import { addMonths } from "../../../domain/time/calendar-date.ts";
import { formatInstant } from "../../../domain/time/instant.ts";
import { follower } from "../../../functions/follow.ts";
import { nextRefreshAt } from "../../../functions/http/refresh-deadlines.ts";
import { freshStore } from "../../store.ts";
import { decision, license, product, writing } from "../store/facts.ts";

const noon = Date.parse("2026-11-22T11:00:00Z");
const millisecondsPerDay = 86_400_000;

const contract = {
  policyId: "ebiexperts-support",
  program: "enterprise",
  currency: "CHF",
  term: { firstDay: "2026-01-01", lastDay: "2026-12-31" },
  soldBy: "direct",
  lines: [{ licenseId: "l-1", annualFee: { amount: "1000.00", currency: "CHF" } }],
} as const;

test("the stream's reader lists what follows from a change, and what a decision gave to do", async () => {
  const { store } = await freshStore(() => noon);
  await store.change("catalog", writing({ path: "products/qs", value: product }));
  await store.change(
    { accountId: "acme" },
    writing(
      { path: "account", value: { name: "Acme" } },
      { path: "licenses/l-1", value: license("qs") },
      { path: "contracts/c-1", value: { ...contract, lines: [...contract.lines] } },
    ),
  );
  const log: string[] = [];
  const follow = follower(
    store,
    () => noon,
    (line) => void log.push(line),
  );
  /** As the stream tells of an item. */
  const told = (sk: string, more: object = {}): DynamoDBRecord =>
    ({ dynamodb: { SequenceNumber: "1", NewImage: { pk: { S: "account#acme" }, sk: { S: sk }, ...more } } }) as DynamoDBRecord;
  const listed = async () => {
    const { deadlines } = await store.listDeadlines({ firstDay: "2026-11-22", lastDay: "2027-01-31", accountId: "acme" }, { limit: 50, after: null });
    return deadlines.map(({ on, kind, at }) => `${on} ${kind}${at === null ? "" : ` ${at}`}`);
  };

  await follow({ Records: [told("deadline#1"), told("log#1"), told("manifest")] });
  expect(await listed()).toEqual([]);
  await follow({ Records: [told("manifest", { unvisited: { S: "changed" } })] });
  expect(await listed()).toEqual(["2027-01-01 renewal"]);

  const dueAt = noon + 15 * 60_000;
  const watch = { key: "case-1", decisionId: "chk_1", contractId: "c-1", caseId: "case-1", what: "call", clause: "3.1.4", dueAt };
  await store.putRecord({ ...decision("chk_1", "acme"), watches: [watch] });
  await follow({ Records: [told("watch#2026-11-22T11:15:00.000Z#0")] });
  expect(await listed()).toEqual(["2026-11-22 obligation 2026-11-22T11:15:00Z", "2027-01-01 renewal"]);
  expect(log).toEqual([]);
});

describe("when an account is looked at again, although nothing is announced before", () => {
  const dossier = (notices: object[] = [], contracts: object[] = [{ contractId: "c-1", ...contract }]) =>
    ({ ...emptyDossier("acme", { name: "Acme" }), contracts, notices: notices as RecordedNotice[] }) as ReturnType<typeof emptyDossier>;

  test("so soon that deadlines are never listed less than 24 months ahead, whatever the day", () => {
    for (let now = Date.parse("2027-01-01T00:00:00Z"); now < Date.parse("2029-01-01T00:00:00Z"); now += 13 * millisecondsPerDay) {
      const next = nextRefreshAt(dossier(), now) as number;
      const day = (at: number) => formatInstant(at).slice(0, 10);
      // A sweep may be a week late, and the day another elsewhere.
      expect(addMonths(day(next + 8 * millisecondsPerDay), 24) <= horizonOf(day(now - millisecondsPerDay)).lastDay).toBe(true);
    }
  });

  test.each([
    [{ receivedOn: "2026-11-25" }, "2026-11-25T12:00:00Z"],
    [{ receivedAt: "2026-11-25T08:30:00Z" }, "2026-11-25T08:30:00Z"],
    [{ receivedOn: "2026-11-20" }, "2027-10-18T11:00:00Z"],
    [{ sentAt: "2026-11-25T08:30:00Z", receivedOn: "2026-11-26" }, "2026-11-26T12:00:00Z"],
  ])("a notice %j: at %s", (notice, at) => {
    expect(formatInstant(nextRefreshAt(dossier([notice]), noon) as number)).toBe(at);
  });

  test("without a contract never", () => {
    expect(nextRefreshAt(dossier([], []), noon)).toBeNull();
  });
});
