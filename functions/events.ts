/**
 * "What has become true?" Everything that was announced, in the order of its numbers: to be read from the beginning, or on
 * from where a reader stopped.
 */
import * as z from "zod";
import { identifier, instant } from "../domain/facts.ts";
import { momentTypes } from "../domain/questions/moments.ts";
import { madeId } from "./http/id-shapes.ts";
import { type Answer, type Operations, operation } from "./http/operation.ts";
import { cursorAfter, pageOf, pageQuery } from "./http/paging.ts";
import { Problem } from "./http/problem.ts";
import { serve } from "./http/serve.ts";
import type { NumberedEvent, Store } from "./store/store.ts";

const event = z
  .strictObject({
    specversion: z.literal("1.0"),
    id: madeId("evt"),
    source: z.literal("good-standing"),
    type: z.string().meta({ example: "contract.renewed" }),
    subject: z.string().meta({ description: "The account; for what concerns all accounts, the policy." }),
    time: instant.meta({ description: "When it became true." }),
    datacontenttype: z.literal("application/json"),
    accountversion: z.int().meta({ description: "The version of the facts that it stands on: orders the events of one account." }),
    data: z.record(z.string(), z.unknown()),
    sequence: z.string().meta({ description: "Its number in the list, without gaps; sorts as a text.", example: "0000000000000042" }),
  })
  .meta({ id: "Event", description: "CloudEvents 1.0." });

const eventPage = z
  .strictObject({
    items: z.array(event),
    nextCursor: z.string().nullable().meta({ description: "Null where nothing more is there yet." }),
    resumeAfter: z.string().meta({ description: "`after` for what comes next: also at the end of the list, whenever it is asked." }),
  })
  .meta({ id: "Events" });

/** Everything that is announced: what becomes true by time, and what facts and answers that were recorded announce. */
const eventTypes = [...momentTypes, "notice.ruled", "quote.offered", "quote.accepted", "contract.reinstated", "policy.version-published"] as const;

const query = pageQuery.extend({
  after: z
    .string()
    .regex(/^\d{1,15}$|^0\d{15}$/, "must be the `sequence` of an event, or `0`")
    .meta({ description: "The `sequence` of the last event that was read. `0`: from the beginning." })
    .optional(),
  type: z.enum(eventTypes).meta({ description: "Only events of this type.", example: "contract.renewed" }).optional(),
  accountId: identifier.optional(),
  missed: z
    .enum(["true", "false"])
    .meta({ description: "`true`: what could no longer be acted on when it was found, and was never sent." })
    .optional(),
});

/** As many events are looked through for one page. */
const mostLookedAt = 1_000;
const perRead = 100;

const list = operation({
  summary: "List what was announced, in the order of its numbers",
  tag: "Events",
  query,
  answers: { 200: eventPage },
  async run({ query, store }): Promise<Answer> {
    const { after, type, accountId } = query;
    const isMissed = query.missed === "true";
    const named = `events ${JSON.stringify([isMissed, type ?? null, accountId ?? null])}`;
    const page = pageOf(query, named);
    if (after !== undefined && page.after !== null) {
      const detail = "says where to begin, and so does `cursor`: leave one out";
      throw new Problem(400, "invalid-request", `\`after\` ${detail}`, { errors: [{ in: "query", pointer: "/after", detail }] });
    }
    const wanted = (one: NumberedEvent) => {
      if (type !== undefined && one.type !== type) return false;
      return accountId === undefined || (JSON.parse(one.body) as { subject: string }).subject === accountId;
    };
    const found = await pageFrom(store, isMissed, Number(page.after ?? after ?? 0), page.limit, wanted);
    const resumeAfter = String(found.last).padStart(16, "0");
    const nextCursor = JSON.stringify(found.more ? cursorAfter(String(found.last), named) : null);
    return { status: 200, json: `{"items":[${found.bodies.join(",")}],"nextCursor":${nextCursor},"resumeAfter":"${resumeAfter}"}` };
  },
});

interface EventPage {
  bodies: string[];
  /** The last number that was looked at. */
  last: number;
  /** Whether more was there than fits. */
  more: boolean;
}

async function pageFrom(store: Store, isMissed: boolean, from: number, limit: number, wanted: (one: NumberedEvent) => boolean): Promise<EventPage> {
  const bodies: string[] = [];
  let last = from;
  for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += perRead) {
    const events = await store.events.after(isMissed ? "missed" : "events", last, perRead);
    for (const one of events) {
      if (wanted(one)) {
        if (bodies.length === limit) return { bodies, last, more: true };
        bodies.push(one.body);
      }
      last = one.sequence;
    }
    if (events.length < perRead) return { bodies, last, more: false };
  }
  return { bodies, last, more: true };
}

export const operations: Operations = { "GET /v1/events": list };

export const handler = serve(operations);
