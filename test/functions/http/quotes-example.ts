/**
 * Two customers of quotes: one whose support lapsed on 2026-01-01, as in the worked example of clause 7.3, and one whose
 * contract runs by calendar years. Ten seats, CHF 10,000.00 a year; CHF 1,050.00 a seat by the price list of 2026.
 */
import { documents, newKey } from "./example.ts";
import type { Response, Service } from "./service.ts";

const chf = (amount: string) => ({ amount, currency: "CHF" });
export const fee = chf("10000.00");

const contract = { ...documents.contract, settings: {}, lines: [{ licenseId: "l-1", annualFee: fee }] };

export async function writeLapsed(service: Service, accountId: string, settings: object = { autoRenew: false }): Promise<void> {
  await write(service, accountId, { ...contract, term: { firstDay: "2025-01-01", lastDay: "2025-12-31" }, settings });
}

export async function writeRunning(service: Service, accountId: string): Promise<void> {
  await write(service, accountId, contract);
}

async function write(service: Service, accountId: string, agreed: object): Promise<void> {
  const items = [{ productId: "qs-analyzer", annualFeePerSeat: chf("1050.00") }];
  const all: [string, object][] = [
    ["/v1/products/qs-analyzer", documents.product],
    ["/v1/price-lists/pl-2026", { ...documents.priceList, items }],
    [`/v1/accounts/${accountId}`, documents.account],
    [`/v1/accounts/${accountId}/licenses/l-1`, documents.license],
    [`/v1/accounts/${accountId}/contracts/c-1`, agreed],
  ];
  for (const [path, document] of all) {
    const { status, text } = await service.send("PUT", path, document);
    if (status >= 300) throw new Error(`PUT ${path} answered ${status}: ${text}`);
  }
}

export const reinstatement = (accountId: string, reinstateOn = "2026-07-01") => ({
  kind: "reinstatement",
  accountId,
  contractId: "c-1",
  reinstateOn,
  asOf: "2026-06-01",
});

export const purchase = (accountId: string, more: object = {}) => ({
  kind: "additional-purchase",
  accountId,
  contractId: "c-1",
  deliveredOn: "2026-04-01",
  asOf: "2026-03-15",
  lines: [{ productId: "qs-analyzer", seats: 10, annualFee: fee }],
  ...more,
});

export const quoteMade = (service: Service, request: object): Promise<Response> => service.send("POST", "/v1/quotes", request, newKey());
export const accepted = (service: Service, { body }: Response, paidOn: string): Promise<Response> =>
  service.send("POST", `/v1/quotes/${body.id}/accept`, { paidOn });
export const voided = (service: Service, { body }: Response, reason: string): Promise<Response> =>
  service.send("POST", `/v1/quotes/${body.id}/void`, { reason });
