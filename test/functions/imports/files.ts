/** Files for imports, and the whole way of one through the service: create, upload, preview, and on. */
import type { Service } from "../http/service.ts";

export type Cells = Partial<Record<string, string>>;

/** One line of a contract, good as it stands. */
export const line: Cells = {
  accountId: "acme",
  accountName: "Acme AG",
  contractId: "c-1",
  policyId: "ebiexperts-support",
  program: "enterprise",
  currency: "CHF",
  termFirstDay: "2026-01-01",
  termLastDay: "2026-12-31",
  soldBy: "direct",
  licenseId: "l-1",
  productId: "qs-analyzer",
  licenseKind: "perpetual",
  seats: "10",
  deliveredOn: "2025-01-01",
  annualFee: "1000.00",
};

/** A file with these rows; the columns are those that any of them has. */
export function csv(
  rows: readonly Cells[],
  { delimiter = ",", end = "\n", columns }: { delimiter?: string; end?: string; columns?: string[] } = {},
): string {
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const quoted = (cell: string) => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))].map((cells) => cells.map(quoted).join(delimiter) + end).join("");
}

// biome-ignore lint/suspicious/noExplicitAny: what the service answers
type Answered = any;

/** Begins an import and hands the file in; the preview is made once this is over. */
export async function preview(service: Service, file: string | Uint8Array): Promise<Answered> {
  const { body } = await service.send("POST", "/v1/imports", { kind: "contracts" });
  await service.imports.upload(body.id, pieces(typeof file === "string" ? new TextEncoder().encode(file) : file));
  return settled(service, body.id);
}

/** In pieces of an odd size, so that characters and rows are cut anywhere. */
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const size = bytes.length > 100_000 ? 65_537 : 7;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function settled(service: Service, id: string): Promise<Answered> {
  await service.imports.idle();
  return (await service.send("GET", `/v1/imports/${id}`)).body;
}

export async function commit(service: Service, id: string): Promise<Answered> {
  const { status, text } = await service.send("POST", `/v1/imports/${id}/commit`);
  if (status !== 202) throw new Error(`commit answered ${status}: ${text}`);
  return settled(service, id);
}

export async function revert(service: Service, id: string): Promise<Answered> {
  const { status, text } = await service.send("POST", `/v1/imports/${id}/revert`);
  if (status !== 202) throw new Error(`revert answered ${status}: ${text}`);
  return settled(service, id);
}

export async function rowsOf(service: Service, id: string, query = ""): Promise<Answered[]> {
  const items: Answered[] = [];
  let cursor: string | null = "";
  do {
    const { body } = await service.send("GET", `/v1/imports/${id}/rows?limit=100${query}${cursor && `&cursor=${cursor}`}`);
    items.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return items;
}

/** Everything about an account, less when it was asked. */
export async function factsOf(service: Service, accountId: string): Promise<Answered> {
  const { status, body } = await service.send("GET", `/v1/accounts/${accountId}/facts`);
  if (status === 404) return null;
  const { knownAt: _, ...facts } = body;
  return facts;
}
