/**
 * The documents that rows make of what is recorded, each held against its schema and against what is recorded beside
 * it. What is wrong with one rejects the rows that it comes from.
 */
import type * as z from "zod";
import type { Beside } from "../../domain/contradictions.ts";
import { byId } from "../../domain/dossier.ts";
import { account, type Contract, contract, license } from "../../domain/facts.ts";
import { policiesOf } from "../http/policies-of.ts";
import { canonicalJson } from "../store/canonical.ts";
import type { Current } from "../store/store.ts";
import { columnsOf, type Level } from "./columns.ts";
import { isIdColumn } from "./ids.ts";
import { accountDraft, contractDraft, type Draft, licenseDraft, type Present } from "./merge.ts";
import { findingsIn, inWords } from "./refusals.ts";
import { grouped, type Rejections, type Row } from "./rows.ts";
import type { Cell } from "./stand-ins.ts";

export interface Change {
  /** As the log names it. */
  path: string;
  /** As it is recorded; null where it is not. */
  before: object | null;
  value: object;
  /** Whether it differs from what is recorded. */
  isNews: boolean;
  /** Of a contract: what becomes of its line for a license, and whether anything but its lines changes. */
  ofLine(licenseId: string): { line: "new" | "other" | "same"; rest: boolean };
}

/** By path. Those with a rejected row are not to be written. */
export function changesOf(
  rows: readonly Row[],
  present: Present,
  { dossier, catalog }: Pick<Current, "dossier" | "catalog">,
  rejections: Rejections,
): Map<string, Change> {
  const beside: Beside = { dossier, catalog, policies: policiesOf(catalog) };
  const changes = new Map<string, Change>();
  const take = (level: Level, schema: z.ZodType, path: string, own: readonly Row[], before: object | undefined, draft: Draft): void => {
    const byLicense = grouped(own, ({ texts }) => texts.licenseId);
    const wrong = wrongCells(level, own, rejections);
    for (const finding of findingsIn(schema, level, path, draft, beside, wrong)) {
      const licenseId = finding.lineIndex === null ? "" : lineAt(draft, finding.lineIndex);
      // A line that the file does not have collides with what the file says of its contract.
      for (const row of byLicense.get(licenseId) ?? own) rejections.reject(row, finding.column, inWords(finding, row));
    }
    changes.set(path, changeOf(path, before, draft));
  };

  const [first] = rows;
  if (first === undefined) return changes;
  take("account", account, "account", rows, dossier?.account, accountDraft(dossier?.account, first, present));
  const recorded = indexOf(dossier?.licenses ?? [], "licenseId");
  for (const [id, own] of grouped(rows, ({ texts }) => texts.licenseId)) {
    const before = without(recorded.get(id), "licenseId");
    take("license", license, `licenses/${id}`, own, before, licenseDraft(before, own[0] as Row, present));
  }
  for (const [id, own] of grouped(rows, ({ texts }) => texts.contractId)) {
    const before = without(byId(dossier?.contracts ?? [], "contractId", id), "contractId");
    take("contract", contract, `contracts/${id}`, own, before, contractDraft(before, own, present));
  }
  return changes;
}

function changeOf(path: string, before: object | undefined, draft: Draft): Change {
  let lines: { before: ReadonlyMap<string, string>; after: ReadonlyMap<string, string>; rest: boolean } | undefined;
  const isNews = before === undefined || canonicalJson(before) !== canonicalJson(draft);
  return {
    path,
    before: before ?? null,
    value: draft,
    isNews,
    ofLine(licenseId) {
      lines ??= {
        before: linesOf(before),
        after: linesOf(draft),
        rest: isNews && canonicalJson({ ...before, lines: [] }) !== canonicalJson({ ...draft, lines: [] }),
      };
      const was = lines.before.get(licenseId);
      return { line: was === undefined ? "new" : was === lines.after.get(licenseId) ? "same" : "other", rest: lines.rest };
    },
  };
}

/** Cells of the document that its rows were rejected for before: those in which they disagree. */
function wrongCells(level: Level, own: readonly Row[], rejections: Rejections): Cell[] {
  const known = new Set(own.flatMap((row) => rejections.of(row).map(({ column }) => column)));
  return columnsOf(level)
    .filter((column) => known.has(column) && !isIdColumn(column))
    .map((column) => ({ lineIndex: null, column }));
}

function linesOf(document: object | undefined): ReadonlyMap<string, string> {
  const { lines = [] } = (document ?? {}) as Partial<Contract>;
  return new Map(lines.map((line) => [line.licenseId, canonicalJson(line)]));
}

function lineAt(draft: Draft, index: number): string {
  return (draft as Partial<Contract>).lines?.[index]?.licenseId ?? "";
}

function indexOf<K extends string, T extends { [key in K]: string }>(list: readonly T[], key: K): Map<string, T> {
  return new Map(list.map((item) => [item[key], item]));
}

function without<T extends object, K extends keyof T>(document: T | undefined, id: K): Omit<T, K> | undefined {
  if (document === undefined) return undefined;
  const { [id]: _, ...rest } = document;
  return rest;
}
