/**
 * "How grave is this?" The severity that a policy gives to an incident, by its impact. Nothing is stored.
 */
import * as z from "zod";
import { severityAnswer } from "../domain/questions/answers.ts";
import { assessSeverity, severityRequest } from "../domain/questions/severity.ts";
import { environmentOf, handlerOf } from "./http/handler.ts";
import { answeredWhen, askedWhen, policyAsked } from "./http/known-policy.ts";
import { answer, type Operations, question } from "./http/operation.ts";
import { type AnswerStore, openAnswering } from "./store/answering.ts";

const assess = question({
  summary: "Assess the severity of an incident",
  description:
    "The first definition of the policy that fits what is stated. What is not stated is not guessed: where it decides, `severity` is null.",
  tag: "Cases",
  body: z
    .strictObject({ ...severityRequest.shape, ...askedWhen })
    .meta({ id: "SeverityAssessmentRequest", description: "How grave is an incident with this impact, by this policy?" }),
  answers: { 200: severityAnswer.extend(answeredWhen).meta({ id: "SeverityAssessment" }) },
  async run(call) {
    const { policies, day, when } = await policyAsked(call);
    return answer(200, { ...assessSeverity(policies, call.body.policyId, call.body.impact, day), ...when });
  },
});

export const operations: Operations<AnswerStore> = { "POST /v1/severity-assessments": assess };

export const handler = handlerOf(operations, environmentOf(openAnswering));
