/**
 * "May this case be closed?" From which day on, and on what ground of the policy. Nothing is stored.
 */
import * as z from "zod";
import { caseClosureAnswer } from "../domain/questions/answers.ts";
import { caseClosureRequest, decideCaseClosure } from "../domain/questions/case-closure.ts";
import { environmentOf, handlerOf } from "./http/handler.ts";
import { answeredWhen, askedWhen, policyAsked } from "./http/known-policy.ts";
import { answer, type Operations, question } from "./http/operation.ts";
import { type AnswerStore, openAnswering } from "./store/answering.ts";

const check = question({
  summary: "Check from when on a case may be closed",
  description: "The earliest day on which a ground of the policy holds, whether it lies behind or ahead.",
  tag: "Cases",
  body: z
    .strictObject({ ...caseClosureRequest.shape, ...askedWhen })
    .meta({ id: "CaseClosureCheckRequest", description: "When may a case with these messages be closed, by this policy?" }),
  answers: { 200: caseClosureAnswer.extend(answeredWhen).meta({ id: "CaseClosureCheck" }) },
  async run(call) {
    const { asOf: _, knownAt: __, ...request } = call.body;
    const { policies, day, when } = await policyAsked(call);
    return answer(200, { ...decideCaseClosure(policies, request, day), ...when });
  },
});

export const operations: Operations<AnswerStore> = { "POST /v1/case-closure-checks": check };

export const handler = handlerOf(operations, environmentOf(openAnswering));
