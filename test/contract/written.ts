/** A service with one customer in it, whose documents are those of the contract's text. */
import type { Store } from "../../functions/store/store.ts";
import { type Service, startService } from "../functions/http/service.ts";
import { facts } from "./documents.ts";

/** The customer's licenses are perpetual, its support is paid, one technical contact is named. @param around another store than the real one, for faults */
export async function startWithAcme(around?: (store: Store) => Store): Promise<Service> {
  const service = await startService(around);
  const changes: Record<string, object> = {
    license: { kind: "perpetual" },
    invoice: { contractId: "c-1", payments: [{ paidOn: "2026-01-20", amount: { amount: "10000.00", currency: "CHF" } }] },
  };
  for (const [kind, { path, required }] of Object.entries(facts)) {
    const { status, text } = await service.send("PUT", path, { ...required, ...changes[kind] });
    if (status >= 300) throw new Error(`PUT ${path} answered ${status}: ${text}`);
  }
  return service;
}
