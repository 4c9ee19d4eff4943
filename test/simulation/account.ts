/** An account that is simulated: what it is like, its own chance, and how requests about it become steps. */
import type { CalendarDate } from "../../domain/time/calendar-date.ts";
import type { Chance } from "./chance.ts";
import { type Fault, faultKinds } from "./faults.ts";
import type { Request } from "./gateway.ts";
import type { Step } from "./step.ts";
import { ebiexperts, others, type Vendor } from "./vendors.ts";

/** `plain`: what the oracle speaks of. `odd`: every other reading, seller, kind and correction besides. */
export type Profile = "plain" | "odd" | "other-vendor";

export interface Account {
  accountId: string;
  profile: Profile;
  vendor: Vendor;
  chance: Chance;
  /** Last number given to something of its kind. */
  made: number;
  /** Steps that stored a quote and have not been dealt with; and steps with a key. */
  quotes: { step: number; kind: string; contractId: string }[];
  keyed: number[];
  decisions: number[];
}

export function accountFrom(chance: Chance, n: number): Account {
  const profile = chance.oneOf<Profile>(["plain", "plain", "plain", "odd", "other-vendor"]);
  const vendor = profile === "other-vendor" ? chance.oneOf(others) : ebiexperts;
  return { accountId: `acc-${n}`, profile, vendor, chance, made: 0, quotes: [], keyed: [], decisions: [] };
}

/** Makes steps of requests, at one instant after another of a day. */
export interface Pen {
  day: CalendarDate;
  send(request: Request, faultsOnceIn?: number): number;
  race(requests: readonly Request[]): number;
  repeat(of: number, otherBody: boolean): void;
}

export function penFor(
  account: Account | null,
  chance: Chance,
  day: CalendarDate,
  next: () => { id: number; at: number },
  into: Step[],
  faulty: boolean,
): Pen {
  const faults = (): Fault[] => (faulty && !chance.onceIn(3) ? faultsFrom(chance) : []);
  const accountId = account?.accountId ?? null;
  return {
    day,
    send(request) {
      const stamp = next();
      into.push({ ...stamp, do: "send", account: accountId, request, faults: faults() });
      return stamp.id;
    },
    race(requests) {
      const stamp = next();
      into.push({ ...stamp, do: "race", account: accountId ?? "", requests, faults: faults() });
      return stamp.id;
    },
    repeat(of, otherBody) {
      into.push({ ...next(), do: "repeat", of, otherBody, faults: [] });
    },
  };
}

export function faultsFrom(chance: Chance, calls = 4): Fault[] {
  return Array.from({ length: chance.between(1, 3) }, () => ({ call: chance.between(0, calls), kind: chance.oneOf(faultKinds) }));
}

export const pathOf = ({ accountId }: Account, rest = "") => `/v1/accounts/${accountId}${rest}`;
export const put = (target: string, body: object): Request => ({ method: "PUT", target, body });

/** The later of two days. */
export const later = (a: CalendarDate, b: CalendarDate) => (a > b ? a : b);
