/** Compares an answer with the expected columns of a case; says in words what differs. */
import type { Reason } from "../../domain/decision.ts";
import { formatMoney, type Money } from "../../domain/money.ts";

/** What a cell must show; each column of a question has a function that shows it. */
export type Shown = string | null | ((cell: string) => string | null);

export const money = (value: Money | null): string => (value === null ? "—" : formatMoney(value));
export const orDash = (value: string | null | undefined): string => value ?? "—";
export const term = (value: { firstDay: string; lastDay: string } | null): string => (value === null ? "—" : `${value.firstDay}…${value.lastDay}`);
export const yesOrNo = (value: boolean | null): string => (value === null ? "unknown" : value ? "yes" : "no");

/** Every word of the cell must occur in one of the texts; a dash means that there are none. */
export const says =
  (texts: readonly string[]) =>
  (cell: string): string | null => {
    if (cell === "—") return texts.length === 0 ? null : `has ${texts.join("; ")}`;
    return texts.some((text) => text.toLowerCase().includes(cell.toLowerCase())) ? null : `no \`${cell}\` in: ${texts.join("; ") || "nothing"}`;
  };

/** Each entry of the cell names an obligation by some of its words, with the instant it is due where one is given: "remote access, call: 2026-03-02T15:45:00Z". */
export const obliges =
  (obligations: readonly { what: string; dueAt: string | null }[]) =>
  (cell: string): string | null => {
    const shown = obligations.map(({ what, dueAt }) => `${what}${dueAt === null ? "" : `: ${dueAt}`}`).join("; ") || "nothing";
    if (cell === "—") return obligations.length === 0 ? null : `has ${shown}`;
    const absent = cell.split(", ").filter((entry) => {
      const [words = "", dueAt] = entry.split(": ");
      return !obligations.some((one) => one.what.toLowerCase().includes(words.toLowerCase()) && (dueAt === undefined || one.dueAt === dueAt));
    });
    return absent.length === 0 ? null : `no ${absent.join(", ")} in: ${shown}`;
  };

/** Each entry of the cell, split at "; ", must be one of the shown ones. */
export const contains =
  (shown: readonly string[]) =>
  (cell: string): string | null => {
    if (cell === "—") return shown.length === 0 ? null : `has ${shown.join("; ")}`;
    const absent = cell.split("; ").filter((entry) => !shown.includes(entry));
    return absent.length === 0 ? null : `no ${absent.join("; ")} in: ${shown.join("; ") || "nothing"}`;
  };

const results = ["pass", "fail", "discretion", "unknown", "redirect", "info"];

/** Reasons by clause and result: every one that is neither pass nor info is listed, and every listed one is there. */
export const because =
  (reasons: readonly Reason[]) =>
  (cell: string): string | null => {
    const all = new Set(reasons.map(({ clause, result }) => `${clause} ${result}`));
    const deciding = new Set([...all].filter((one) => !one.endsWith(" pass") && !one.endsWith(" info")));
    const listed = cell === "—" ? [] : cell.split(", ");
    const strange = listed.filter((one) => !results.includes(one.split(" ").at(-1) ?? ""));
    if (strange.length > 0) return `\`${strange.join("`, `")}\` ends with no result: expected a clause and one of \`${results.join("`, `")}\``;
    const absent = listed.filter((one) => !all.has(one));
    const unlisted = [...deciding].filter((one) => !listed.includes(one));
    if (absent.length === 0 && unlisted.length === 0) return null;
    const missing = absent.length === 0 ? "" : `missing ${absent.join(", ")} in: ${[...all].join(", ")}; `;
    return `${missing}${unlisted.length > 0 ? `unlisted ${unlisted.join(", ")}` : ""}`;
  };

/** What differs in one column, or null. */
export function differs(shown: Shown, cell: string): string | null {
  if (typeof shown === "function") return shown(cell);
  return shown === cell ? null : `is ${shown}`;
}
