/**
 * Accounts in the order of their ids. They lie in 16 shards, so that no single place in the index is written by all;
 * a page is merged from the heads of the shards.
 */
import type { Dossier } from "../../domain/facts.ts";
import { sha256 } from "./canonical.ts";
import type { Table } from "./dynamo.ts";
import type { Item } from "./packing.ts";
import type { AccountFilter, ListedAccount, Page } from "./store.ts";

const shards = "0123456789abcdef";

/** What a manifest shows in the list of accounts. */
export function listedFields(dossier: Dossier): Item {
  const { accountId, account, contracts } = dossier;
  const policyIds = [...new Set(contracts.map((contract) => contract.policyId))].sort();
  return {
    listKey: { S: `accounts#${sha256(accountId)[0]}` },
    listSort: { S: accountId },
    accountName: { S: account.name },
    ...(account.customerNumber === undefined ? {} : { customerNumber: { S: account.customerNumber } }),
    policyIds: { S: JSON.stringify(policyIds) },
    searchText: { S: searchable([accountId, account.name, account.customerNumber ?? ""].join("\n")) },
  };
}

export async function listAccounts(
  table: Table,
  page: Page,
  filter: AccountFilter = {},
): Promise<{ accounts: ListedAccount[]; after: string | null }> {
  const heads = await Promise.all([...shards].map((shard) => nextOf(shardOf(table, shard, page, filter))));
  const accounts: ListedAccount[] = [];
  while (accounts.length <= page.limit) {
    const first = heads.reduce((least, head) => (idOf(head.item) < idOf(least.item) ? head : least));
    if (first.item === null) break;
    accounts.push(listed(first.item));
    first.item = (await nextOf(first.rest)).item;
  }
  await Promise.all(heads.map((head) => head.rest.return(undefined)));
  if (accounts.length <= page.limit) return { accounts, after: null };
  accounts.pop();
  return { accounts, after: accounts.at(-1)?.accountId ?? null };
}

interface Head {
  item: Item | null;
  rest: AsyncGenerator<Item>;
}

async function nextOf(rest: AsyncGenerator<Item>): Promise<Head> {
  const next = await rest.next();
  return { item: next.done === true ? null : next.value, rest };
}

function shardOf(table: Table, shard: string, page: Page, filter: AccountFilter): AsyncGenerator<Item> {
  const filters: string[] = [];
  const values: Item = { ":key": { S: `accounts#${shard}` } };
  if (page.after !== null) values[":after"] = { S: page.after };
  if (filter.q !== undefined) {
    filters.push("contains(searchText, :q)");
    values[":q"] = { S: searchable(filter.q) };
  }
  if (filter.policyId !== undefined) {
    filters.push("contains(policyIds, :policyId)");
    values[":policyId"] = { S: JSON.stringify(filter.policyId) };
  }
  return table.query({
    IndexName: "by-list",
    KeyConditionExpression: page.after === null ? "listKey = :key" : "listKey = :key AND listSort > :after",
    ExpressionAttributeValues: values,
    // Unfiltered, a shard's fair share of the page and a few more; filtered, as much as one answer holds.
    ...(filters.length === 0 ? { Limit: Math.ceil(page.limit / shards.length) + 2 } : { FilterExpression: filters.join(" AND ") }),
  });
}

function listed(item: Item): ListedAccount {
  return {
    accountId: idOf(item),
    name: item.accountName?.S ?? "",
    customerNumber: item.customerNumber?.S ?? null,
    policyIds: JSON.parse(item.policyIds?.S ?? "[]"),
  };
}

/** Sorts after every id where there is none. */
function idOf(item: Item | null): string {
  return item?.listSort?.S ?? "\uffff";
}

function searchable(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
