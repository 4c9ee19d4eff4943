/**
 * A notice in the last second of the deadline day against the sweep after midnight, in every order and at once: the day
 * of receipt decides (P8), never what was processed first. The contract's term ends on 2026-12-31, so the last day for
 * notice is 2026-11-16 in Zurich (45 days before, 7.2), which ends at 23:00 in UTC.
 */
import { describe, expect, test } from "vitest";
import { newKey, writeExample } from "./example.ts";
import { type Response, type Service, startService } from "./service.ts";

const contract = "/v1/accounts/acme/contracts/c-1";
const at = (instant: string) => Date.parse(instant);

const inTime = "2026-11-16T22:59:59Z";
const tooLate = "2026-11-16T23:00:00Z";

async function begun(): Promise<Service> {
  const service = await startService();
  service.clock.now = at("2026-11-01T08:00:00Z");
  await writeExample(service);
  await sweep(service);
  return service;
}

async function sweep(service: Service): Promise<void> {
  const { status, body } = await service.send("POST", "/v1/sweeps", {});
  expect([status, body.finished, body.quarantinedCount]).toEqual([200, true, 0]);
}

function notice(service: Service, receivedAt: string): Promise<Response> {
  return service.send("POST", `${contract}/notices`, { kind: "non-renewal", form: "email", receivedAt }, newKey());
}

/** Each does the same: the notice is recorded, and the sweep runs after midnight. */
const orders: [order: string, act: (service: Service, receivedAt: string) => Promise<Response>][] = [
  [
    "the notice before the sweep",
    async (service, receivedAt) => {
      service.clock.now = at("2026-11-16T22:59:59.500Z");
      const ruled = await notice(service, receivedAt);
      service.clock.now = at("2026-11-16T23:00:30Z");
      await sweep(service);
      return ruled;
    },
  ],
  [
    "the sweep before the notice",
    async (service, receivedAt) => {
      service.clock.now = at("2026-11-16T23:00:30Z");
      await sweep(service);
      return notice(service, receivedAt);
    },
  ],
  [
    "both at once, the sweep twice",
    async (service, receivedAt) => {
      service.clock.now = at("2026-11-16T23:00:30Z");
      const [, ruled] = await Promise.all([sweep(service), notice(service, receivedAt), sweep(service)]);
      return ruled;
    },
  ],
  [
    "the notice recorded weeks later, when the new term was announced already",
    async (service, receivedAt) => {
      service.clock.now = at("2026-11-16T23:00:30Z");
      await sweep(service);
      service.clock.now = at("2027-01-02T08:00:00Z");
      await sweep(service);
      return notice(service, receivedAt);
    },
  ],
];

/** What holds in the new year, less the notice's id and what differs by when things were recorded. */
async function outcome(service: Service, ruled: Response) {
  service.clock.now = at("2027-01-05T08:00:00Z");
  await sweep(service);
  const read = async (path: string) => {
    const { status, body } = await service.send("GET", `${path}?asOf=2027-01-04`);
    expect(status).toBe(200);
    return JSON.parse(JSON.stringify({ ...body, knownAt: null, factsDigest: null }).replaceAll(ruled.body.id, "ntc"));
  };
  const types = (await service.announced()).map((event) => (event as { type: string }).type);
  const count = (type: string) => types.filter((one) => one === type).length;
  return {
    ruling: ruled.body.ruling,
    renewal: await read(`${contract}/renewal`),
    standing: await read("/v1/accounts/acme/standing"),
    ruled: count("notice.ruled"),
    lapsed: count("contract.lapsed"),
    renewed: count("contract.renewed"),
  };
}

type Outcome = Awaited<ReturnType<typeof outcome>>;
const outcomes = new Map<string, Outcome>();

async function lived(receivedAt: string, order: string, act: (typeof orders)[number][1]): Promise<Outcome> {
  const service = await begun();
  const found = await outcome(service, await act(service, receivedAt));
  outcomes.set(`${receivedAt} ${order}`, found);
  return found;
}

describe("received in the last second of the deadline day", () => {
  test.each(orders)("%s: the contract ends with its term", async (order, act) => {
    const found = await lived(inTime, order, act);
    expect(found).toMatchObject({ ruling: "valid", ruled: 1, lapsed: 1 });
    expect(found.renewal).toMatchObject({ status: "lapsed", lapsedOn: "2027-01-01", currentTerm: null, next: { renews: false } });
    // Announced only where it was so by what was known then.
    expect(found.renewed).toBe(order.includes("already") ? 1 : 0);
  });
});

describe("received in the first second of the day after", () => {
  test.each(orders)("%s: the contract renews", async (order, act) => {
    const found = await lived(tooLate, order, act);
    expect(found).toMatchObject({ ruling: "late", ruled: 1, lapsed: 0, renewed: 1 });
    expect(found.renewal).toMatchObject({ status: "past-due", lapsedOn: null, currentTerm: { firstDay: "2027-01-01", lastDay: "2027-12-31" } });
  });
});

test.each([inTime, tooLate])("received at %s: what holds in the end is the same in every order", (receivedAt) => {
  const found = orders.map(([order]) => outcomes.get(`${receivedAt} ${order}`));
  for (const one of found) expect({ ...one, renewed: null }).toEqual({ ...found[0], renewed: null });
  expect(found.every((one) => one !== undefined)).toBe(true);
});
