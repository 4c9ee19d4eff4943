/** How a request says its two times: `asOf`, when something is true, and `knownAt`, what was recorded by then. */
import * as z from "zod";
import { momentRule } from "./moments.ts";

const moment = z.string().check(momentRule);

export const asOf = moment.meta({
  id: "AsOf",
  description: "When it is to be true: an instant, or a date, which means the last millisecond of that day in the policy's zone. Absent: now.",
  examples: ["2026-03-02T09:30:00Z", "2026-03-02"],
});

export const knownAt = moment.meta({
  id: "KnownAt",
  description:
    "Only what was recorded by then counts: an instant, or a date, which means its last millisecond in UTC. Not in the future. Absent: all that is recorded, and the answer says when the newest of it was.",
  examples: ["2026-03-02T09:30:00Z", "2026-03-02"],
});

/** The query of every read that can look back. */
export const timesQuery = z.strictObject({ asOf: asOf.optional(), knownAt: knownAt.optional() });
