/**
 * A text becomes one attribute of an item: as it is when short, deflated when long, and in numbered parts beside the
 * item when even that is too long for one. Parts are never changed: each text that needs them has a token of its own.
 */
import { randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { TooLarge } from "./errors.ts";

export type Item = Record<string, AttributeValue>;

const plainUpToBytes = 3_000;
const bytesPerPart = 300_000;
const mostParts = 40;
/** Level 3 costs a third of the processor time of the default and packs facts nearly as well. */
const level = 3;

export interface Packed {
  /** Attributes of the item that holds the text. */
  fields: Item;
  /** Items to be written before it; empty where the text fits. */
  parts: Item[];
}

/** @param apart true: in parts even when short. @throws TooLarge past 40 parts of 300 kB deflated */
export function pack(pk: string, text: string, apart = false): Packed {
  const plain = Buffer.from(text);
  if (plain.length <= plainUpToBytes && !apart) return { fields: { text: { S: text } }, parts: [] };
  const deflated = deflateRawSync(plain, { level });
  if (deflated.length <= bytesPerPart && !apart) return { fields: { deflated: { B: deflated } }, parts: [] };
  const count = Math.ceil(deflated.length / bytesPerPart);
  if (count > mostParts)
    throw new TooLarge(`what is to be stored is too large: \`${deflated.length}\` bytes packed, at most \`${mostParts * bytesPerPart}\``);
  const token = randomBytes(9).toString("base64url");
  const parts = partKeys(pk, token, count).map((key, part) => ({
    ...key,
    deflated: { B: deflated.subarray(part * bytesPerPart, (part + 1) * bytesPerPart) },
  }));
  return { fields: { partsToken: { S: token }, partsCount: { N: String(count) } }, parts };
}

/** The text, where the item holds it itself; null where it is in parts. */
export function textWithin(item: Item): string | null {
  const plain = item.text?.S;
  if (plain !== undefined) return plain;
  const deflated = item.deflated?.B;
  return deflated === undefined ? null : inflateRawSync(deflated).toString();
}

/** Keys of the parts that belong to an item. */
export function partKeysOf(item: Item): Item[] {
  const token = item.partsToken?.S;
  const pk = item.pk?.S;
  return token === undefined || pk === undefined ? [] : partKeys(pk, token, Number(item.partsCount?.N));
}

export function textOfParts(parts: Item[]): string {
  return inflateRawSync(Buffer.concat(parts.map((part) => part.deflated?.B ?? new Uint8Array()))).toString();
}

function partKeys(pk: string, token: string, count: number): Item[] {
  return Array.from({ length: count }, (_, part) => ({ pk: { S: pk }, sk: { S: `part#${token}#${String(part).padStart(3, "0")}` } }));
}
