/** What stands in for the stream and the schedule on this machine: what is written is followed, nothing is lost, and a stop is a stop. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../functions/store/store.ts";
import { openShipping, type Shipping } from "../../infra/local/shipping.ts";
import { writing } from "../functions/store/facts.ts";
import { clientThrough } from "../functions/store/interference.ts";
import { account, bodiesOf, type Portfolio, portfolio } from "../functions/sweeping/example.ts";

let here: Portfolio;
let shipping: Shipping;
beforeEach(async () => {
  here = await portfolio("2027-01-02");
  shipping = openShipping(
    here.store,
    () => here.clock.now,
    () => {},
  );
});
afterEach(() => shipping.stop());

const acme = { accountId: "acme" };
const one = { amount: "1.00", currency: "CHF" };
const overdue = {
  path: "invoices/i-1",
  value: { contractId: "c-1", kind: "support", issuedOn: "2026-12-01", dueOn: "2027-01-01", amount: one, payments: [] },
};
const typesListed = async () => (await here.store.events.after("events", 0, 100)).map(({ type }) => type);

test("what is written is followed and numbered before a reader is answered", async () => {
  await shipping.store.change(acme, writing(...account));
  await shipping.settled();
  expect(await typesListed()).toEqual([]);
  await shipping.store.change(acme, writing(overdue));
  await shipping.settled();
  expect(await typesListed()).toEqual(["contract.past-due"]);
});

test("what a process that crashed had left undone is done by the next start", async () => {
  // Written by the store itself: no one followed.
  await here.store.change(acme, writing(...account, overdue));
  const event = { id: "evt_1", type: "notice.ruled", subject: "acme", time: 0, data: {} };
  await here.store.change(acme, { operationId: "op-crash", by: "test", decide: () => ({ writes: [], events: [event], answer: null }) });
  expect(await typesListed()).toEqual([]);
  const run = await shipping.start();
  expect(run).toMatchObject({ visited: 1, announced: 1, finished: true });
  await shipping.settled();
  expect((await typesListed()).sort()).toEqual(["contract.past-due", "notice.ruled"]);
});

test("after a stop nothing is written any more", async () => {
  let writes = 0;
  const client = await clientThrough((call) => {
    if (/Write|Put|Update/.test(call.name)) writes++;
    return call.pass();
  });
  const store = openStore({ tableName: here.tableName, client, now: () => here.clock.now });
  const stopping = openShipping(
    store,
    () => here.clock.now,
    () => {},
  );
  for (let n = 0; n < 20; n++) await stopping.store.change({ accountId: `acme-${n}` }, writing(...account, overdue));
  void stopping.start();
  await stopping.stop();
  const before = writes;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(writes).toBe(before);
  // The next start goes on.
  await shipping.start();
  await shipping.settled();
  expect(await bodiesOf(here)).toHaveLength(20);
});
