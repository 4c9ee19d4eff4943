/**
 * A notice as it stands among the facts: what was received, under which contract, and whether it was withdrawn.
 */
import * as z from "zod";
import { identifier, instant, notice } from "../../domain/facts.ts";
import { withEveryField } from "./every-field.ts";
import { madeId } from "./id-shapes.ts";

const complete = withEveryField(notice.extend({ withdrawn: z.boolean().default(false), withdrawnAt: instant.optional() }), "RecordedNotice", {
  noticeId: madeId("ntc"),
  contractId: identifier,
});

export const recordedNotice = {
  schema: complete.schema,
  fill: (fact: object) => complete.fill({ withdrawn: false, ...fact }),
};
