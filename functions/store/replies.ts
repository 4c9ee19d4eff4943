/**
 * What was answered to requests with an idempotency key, so that a repeated request gets the same answer and has no
 * second effect. Written together with the effect.
 */
import { canonicalJson, sha256 } from "./canonical.ts";
import type { Table } from "./dynamo.ts";
import { type Item, type Packed, pack } from "./packing.ts";
import type { Reply, ReplyKey } from "./store.ts";

export function packReply(reply: Reply): Packed {
  const pk = replyKey(reply.key);
  const packed = pack(pk, reply.body);
  const fields: Item = {
    pk: { S: pk },
    sk: { S: "reply" },
    bodyHash: { S: reply.bodyHash },
    status: { N: String(reply.status) },
    headers: { S: JSON.stringify(reply.headers) },
    ...packed.fields,
  };
  return { fields, parts: packed.parts };
}

export async function findReply(table: Table, key: ReplyKey): Promise<Reply | null> {
  const item = await table.get({ pk: { S: replyKey(key) }, sk: { S: "reply" } });
  if (item === null) return null;
  return {
    key,
    bodyHash: item.bodyHash?.S ?? "",
    status: Number(item.status?.N),
    headers: JSON.parse(item.headers?.S ?? "{}"),
    body: await table.textOf(item),
  };
}

/** Keys belong to a caller and a route. */
function replyKey({ caller, route, key }: ReplyKey): string {
  return `reply#${sha256(canonicalJson([caller, route, key]))}`;
}
