/** Puts the demo portfolio into a store: the catalog, then each account in one command. What is there stays as it is. */
import type { FactWrite, Store } from "../../../functions/store/store.ts";
import type { DemoAccount } from "./account.ts";
import { demoAccounts, demoCatalog } from "./portfolio.ts";

const by = "demo";
/** Accounts are written side by side; more at once would only wait for one another. */
const atOnce = 8;

/** @param today the day that all dates of the portfolio count from, `YYYY-MM-DD` @returns how many accounts there are */
export async function loadDemo(store: Store, today: string): Promise<number> {
  const { products, priceLists } = demoCatalog(today);
  await store.change("catalog", {
    operationId: "demo-catalog",
    by,
    decide({ catalog }) {
      const known = new Set([
        ...catalog.products.map(({ productId }) => `products/${productId}`),
        ...catalog.priceLists.map(({ priceListId }) => `price-lists/${priceListId}`),
      ]);
      const writes = [
        ...products.map(({ productId, ...value }) => ({ path: `products/${productId}`, value })),
        ...priceLists.map(({ priceListId, ...value }) => ({ path: `price-lists/${priceListId}`, value })),
      ];
      return { writes: writes.filter(({ path }) => !known.has(path)), answer: null };
    },
  });
  const accounts = demoAccounts(today);
  const waiting = accounts.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const account of waiting) await load(store, account);
    }),
  );
  return accounts.length;
}

async function load(store: Store, { facts, persons }: DemoAccount): Promise<void> {
  const { accountId } = facts;
  await store.change(
    { accountId },
    {
      operationId: `demo-${accountId}`,
      by,
      contactIds: persons.map(({ contactId }) => contactId),
      decide({ dossier }) {
        if (dossier !== null) return { writes: [], answer: null };
        return {
          writes: writesOf(facts),
          persons: persons.map(({ contactId, ...person }) => ({ contactId, person })),
          answer: null,
        };
      },
    },
  );
}

/** Every fact of an account as it is written, by its path. */
export function writesOf(facts: DemoAccount["facts"]): FactWrite[] {
  return [
    { path: "account", value: facts.account },
    ...facts.licenses.map(({ licenseId, ...value }) => ({ path: `licenses/${licenseId}`, value })),
    ...facts.premises.map(({ premisesId, ...value }) => ({ path: `premises/${premisesId}`, value })),
    ...facts.contracts.map(({ contractId, ...value }) => ({ path: `contracts/${contractId}`, value })),
    ...facts.contacts.map(({ contactId, ...value }) => ({ path: `contacts/${contactId}`, value })),
    ...facts.invoices.map(({ invoiceId, ...value }) => ({ path: `invoices/${invoiceId}`, value })),
    ...facts.notices.map(({ noticeId, ...value }) => ({ path: `notices/${noticeId}`, value })),
  ];
}
