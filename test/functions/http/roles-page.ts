/** Who may do what, as docs/roles.md tells people: its table, route by route. */
import { readFileSync } from "node:fs";
import { type Role, roles, type Scope } from "../../../functions/http/roles.ts";

export interface AccessRow {
  /** Anyone may, without a token. */
  open: boolean;
  roles: readonly Role[];
  scope: Scope;
}

export const accessRows: ReadonlyMap<string, AccessRow> = read();

function read(): Map<string, AccessRow> {
  const page = readFileSync(new URL("../../../docs/roles.md", import.meta.url), "utf8");
  const rows = new Map<string, AccessRow>();
  for (const line of page.slice(page.indexOf("## Route by route")).split("\n")) {
    const [, routeKey = "", ...cells] = line.split("|").map((cell) => cell.trim());
    if (!routeKey.startsWith("`")) continue;
    rows.set(routeKey.slice(1, -1), {
      open: roles.every((_, n) => cells[n] === "anyone"),
      roles: roles.filter((_, n) => cells[n] === "yes"),
      scope: `good-standing/${cells[roles.length]}` as Scope,
    });
  }
  return rows;
}
