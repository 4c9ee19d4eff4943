/** The function that visits accounts as soon as they change, fed with what the embedded store's own stream brings. */
import type { DynamoDBRecord } from "aws-lambda";
import { expect, test } from "vitest";
import { follower } from "../../functions/follow.ts";
import { openStore } from "../../functions/store/store.ts";
import { clientThrough } from "./store/interference.ts";
import { recordsOf, withStream } from "./stream.ts";
import { account, portfolio } from "./sweeping/example.ts";

const isFollowed = ({ dynamodb }: DynamoDBRecord) => "unvisited" in (dynamodb?.NewImage ?? {});

test("a change is followed at once, and the visit leads to no other", async () => {
  const here = await withStream(await portfolio("2026-12-20"));
  await here.write("acme", ...account);
  await here.write("other", ...account);
  const follow = follower(
    here.store,
    () => here.clock.now,
    () => {},
  );
  here.clock.now = Date.parse("2027-01-02T00:00:00Z");
  const records = await recordsOf(here);
  expect(records.filter(isFollowed)).toHaveLength(2);
  expect(await follow({ Records: records })).toEqual({ batchItemFailures: [] });
  for (const name of ["acme", "other"]) expect(await here.announced(name)).toEqual(["contract.renewed 2027-01-01"]);
  expect((await recordsOf(here)).slice(records.length).filter(isFollowed)).toEqual([]);

  // Delivered again, whole: nothing more.
  const before = (await recordsOf(here)).length;
  expect(await follow({ Records: records })).toEqual({ batchItemFailures: [] });
  expect((await recordsOf(here)).length).toBe(before);
  // Nothing is left for the sweep but what is to come.
  expect(await here.sweepOn("2027-01-03")).toMatchObject({ announced: 0 });
});

test("what the table is too busy for is asked for again, the others are done; what is broken is left to the sweep", async () => {
  const here = await withStream(await portfolio("2026-12-20"));
  for (const name of ["acme-1", "acme-2", "acme-3"]) await here.write(name, ...account);
  const records = await recordsOf(here);
  const client = await clientThrough((call) => {
    const asked = call.name === "BatchGetItem" ? JSON.stringify(call.input) : "";
    if (asked.includes("account#acme-2")) throw Object.assign(new Error("slow down"), { name: "ThrottlingException" });
    if (asked.includes("account#acme-3")) throw new TypeError("broken");
    return call.pass();
  });
  const log: { accountId: string }[] = [];
  const store = openStore({ tableName: here.tableName, client, now: () => here.clock.now });
  here.clock.now = Date.parse("2027-01-02T00:00:00Z");
  const follow = follower(
    store,
    () => here.clock.now,
    (line) => void log.push(JSON.parse(line)),
  );
  const busy = records.find(({ dynamodb }) => dynamodb?.Keys?.pk?.S === "account#acme-2" && dynamodb.Keys.sk?.S === "manifest");
  expect(await follow({ Records: records })).toEqual({ batchItemFailures: [{ itemIdentifier: busy?.dynamodb?.SequenceNumber }] });
  expect(log.map(({ accountId }) => accountId).sort()).toEqual(["acme-2", "acme-3"]);
  expect(await here.announced("acme-1")).toEqual(["contract.renewed 2027-01-01"]);
  await here.sweepOn("2027-01-03");
  for (const name of ["acme-1", "acme-2", "acme-3"]) expect(await here.announced(name)).toEqual(["contract.renewed 2027-01-01"]);
});
