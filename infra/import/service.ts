/** The service as the command sees it: over HTTP, like any other caller. */
import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { Wrong } from "../policy/wrong.ts";
import type { Options } from "./options.ts";

export interface Import {
  id: string;
  status: string;
  uploadUrl: string | null;
  progress: { rowsRead: number; rowsTotal: number | null; rowsDone: number };
  counts: { created: number; updated: number; unchanged: number; rejected: number; reverted: number; notReverted: number };
  problem: { code: string; detail: string } | null;
}

export interface ImportRow {
  line: number;
  reasons: { column: string | null; detail: string }[];
  changes: { column: string; from: string | null; to: string | null }[];
}

export type ImportService = ReturnType<typeof serviceAt>;

/** All of it throws Wrong. */
export function serviceAt({ url, token }: Options) {
  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const response = await reach(`${url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok)
      throw new Wrong(`${method} ${path} answered ${response.status}: ${(answer as { detail?: string }).detail ?? response.statusText}`);
    return answer as T;
  }

  return {
    create: () => call<Import>("POST", "/v1/imports", { kind: "contracts" }),
    get: (id: string) => call<Import>("GET", `/v1/imports/${id}`),
    commit: (id: string) => call<Import>("POST", `/v1/imports/${id}/commit`),
    revert: (id: string) => call<Import>("POST", `/v1/imports/${encodeURIComponent(id)}/revert`),
    /** The first of them. */
    rows: async (id: string, outcome: "rejected" | "updated" | "not-reverted", limit: number) =>
      (await call<{ items: ImportRow[] }>("GET", `/v1/imports/${id}/rows?outcome=${outcome}&limit=${limit}`)).items,

    async upload(uploadUrl: string, body: Blob): Promise<void> {
      // The address carries its own leave.
      const response = await reach(uploadUrl, { method: "PUT", body });
      if (!response.ok) throw new Wrong(`the upload answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
    },
  };
}

/** Read as it is sent. @throws Wrong */
export async function blobOf(file: string): Promise<Blob> {
  try {
    if ((await stat(file)).isFile()) return await openAsBlob(file);
    throw new Error("no file");
  } catch {
    throw new Wrong(`cannot read \`${file}\`: is it there, and a file?`);
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    throw new Wrong(`${new URL(url).origin} does not answer: ${cause?.code ?? message} (is the service running? set --url)`);
  }
}
