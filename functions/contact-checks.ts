/**
 * "May this person be a contact, and may that one change it?" Asked before a contact is recorded; nothing is stored.
 */
import * as z from "zod";
import { identifier, instant } from "../domain/facts.ts";
import { contactCheckAnswer } from "../domain/questions/answers.ts";
import { checkContact, contactCheckRequest } from "../domain/questions/contact-change.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { refuseContradictions } from "./http/contradictions.ts";
import { engineVersion } from "./http/engine-version.ts";
import { environmentOf, handlerOf } from "./http/handler.ts";
import { factsOf, knownFactsOf } from "./http/known-facts.ts";
import { asOf, knownAt } from "./http/moment-shapes.ts";
import { asOfFrom, knownAtFrom, knownNow } from "./http/moments.ts";
import { answer, type Operations, question } from "./http/operation.ts";
import { type AnswerStore, openAnswering } from "./store/answering.ts";

const check = question({
  summary: "Check a contact before it is recorded",
  description:
    "Under every policy that the account has contracts under. `contact` is the contact as it would be recorded, whether it is there already or not.",
  tag: "Contacts",
  body: z
    .strictObject({ accountId: identifier, asOf: asOf.optional(), knownAt: knownAt.optional(), ...contactCheckRequest.shape })
    .meta({ id: "ContactCheckRequest", description: "May this contact be recorded so, and may the actor ask for it in this way?" }),
  answers: {
    200: contactCheckAnswer
      .extend({
        id: z.null().meta({ description: "Nothing was stored." }),
        knownAt: instant,
        decidedAt: instant,
        factsDigest: z.string(),
        engineVersion: z.string(),
      })
      .meta({ id: "ContactCheck", description: "Decided on the facts as they were read. Checks made at once do not see one another." }),
  },
  async run(call) {
    const { body, now } = call;
    const { accountId, asOf, knownAt, ...request } = body;
    const known = knownAtFrom(knownAt, now, "body");
    const snapshot = await factsOf(call, accountId, known, "body");
    refuseContradictions(`contacts/${request.contact.contactId ?? "new"}`, request.contact, snapshot, "/contact");
    return answer(200, {
      id: null,
      ...checkContact(knownFactsOf(snapshot), request, asOfFrom(asOf, now)),
      knownAt: formatInstant(known ?? knownNow(snapshot)),
      decidedAt: formatInstant(now),
      factsDigest: snapshot.factsDigest,
      engineVersion,
    });
  },
});

export const operations: Operations<AnswerStore> = { "POST /v1/contact-checks": check };

export const handler = handlerOf(operations, environmentOf(openAnswering));
