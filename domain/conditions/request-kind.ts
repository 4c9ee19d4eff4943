/** "Is this kind of request support at all?" */
import type { CompiledPolicy } from "../compiled-policy.ts";
import { type Inquiry, type Judge, type Judgement, listed } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

type Parameters = ParametersOf<"request-kind">;

export const requestIsOfKind: Judge<Parameters> = (parameters, inquiry) => {
  const { kinds, severities, says, otherwise, unlessExcluded } = parameters;
  const { request, policy } = inquiry;
  if (!kinds.includes(request.kind)) {
    const { severity } = request;
    if (severity === undefined || !severities?.includes(severity)) return { result: "pass", finding: `the request is of kind ${request.kind}` };
    return { result: otherwise, finding: `the request is of severity ${severity}: ${says}`, facts: [{ path: "request/severity", value: severity }] };
  }
  if (unlessExcluded && isExcluded(inquiry, otherwise)) return { result: "pass", finding: "an exclusion that the request states decides" };
  const { service } = request;
  const finding = `the request is of kind ${request.kind}: ${says}`;
  const facts = [{ path: "request/kind", value: request.kind }];
  const benefit = service === undefined ? null : listedService(service, otherwise, inquiry);
  if (benefit !== null) return benefit;
  // A text that shuts out the kind as a whole does so whatever else the service is.
  if (otherwise === "fail") return { result: otherwise, finding, facts };
  if (service !== undefined) return otherService(service, parameters, otherwise, inquiry);
  if (request.kind !== "service")
    return { result: otherwise, finding, facts, ...lacking(parameters, `whether support includes requests of kind ${request.kind}`) };
  const cure = { says: `name it as \`service\`${withTags(policy)}` };
  return { result: otherwise, finding: `${finding}; it names no service`, facts, ...lacking(parameters, "service"), cure };
};

/** Whether an exclusion decides that the request states, also where it is lifted; of what is not known at all, only one of the service itself. */
function isExcluded({ request, policy, readings, license }: Inquiry, otherwise: Parameters["otherwise"]): boolean {
  const stated = [...(otherwise === "unknown" ? [] : request.circumstances), ...(request.service === undefined ? [] : [request.service])];
  return policy.conditions.some(
    ({ parameters, when, except }) =>
      parameters.condition === "circumstance" &&
      parameters.otherwise === "fail" &&
      parameters.tags.some((tag) => stated.includes(tag)) &&
      readings.holds(when) &&
      !(license !== null && except?.includes(license.kind)),
  );
}

/** The document that would say; else, where nothing can be told, what it would have to. */
const lacking = ({ missing, otherwise }: Parameters, what: string) =>
  missing !== undefined ? { missing } : otherwise === "unknown" ? { missing: what } : {};

/** A service that none of the policy's tags stands for: it may be one of theirs under another name. */
function otherService(service: string, parameters: Parameters, result: "discretion" | "unknown", { request, policy }: Inquiry): Judgement {
  const { says } = parameters;
  const tags = withTags(policy);
  const known = tags === "" || policy.circumstances.has(service);
  const finding = known
    ? `the request is of kind ${request.kind} (\`${service}\`): ${says}`
    : `the request is of kind ${request.kind}, and no service has the tag \`${service}\`; if it is none of those that have one, ${says}`;
  return {
    result,
    finding,
    facts: [
      { path: "request/kind", value: request.kind },
      { path: "request/service", value: service },
    ],
    ...lacking(parameters, `whether support includes service \`${service}\``),
    ...(known ? {} : { cure: { says: `name the service by its tag${tags}` } }),
  };
}

/** ": `exclusions.9` (work on site), …": the services that the policy speaks of, each under its tag; empty where it speaks of none. */
function withTags({ policy }: CompiledPolicy): string {
  const tags = policy.clauses.flatMap(({ conditions, benefits, says }) => [
    ...(conditions ?? []).flatMap((entry) => (entry.condition === "circumstance" && entry.service ? [`\`${entry.tags[0]}\` (${says})`] : [])),
    ...(benefits ?? []).flatMap(({ benefit, needs, says: what }) => (needs === "good-standing" ? [] : [`\`${benefit}\` (${what})`])),
  ]);
  return tags.length === 0 ? "" : `: ${listed(tags, 50)}`;
}

/** A service that is one of the policy's benefits: the programs that have it decide, or what the parties agreed where the text is lost. Null for others. */
function listedService(service: string, otherwise: Parameters["otherwise"], { policy, contract }: Inquiry): Judgement | null {
  const listing = policy.policy.clauses.flatMap(({ id, benefits }) => (benefits ?? []).map((entry) => ({ id, entry })));
  const its = listing.find(({ entry }) => entry.benefit === service);
  if (its === undefined) return null;
  const { id, entry } = its;
  const asked = { path: "request/service", value: service };
  if (entry.needs === "good-standing") {
    if (otherwise === "fail") return null;
    const finding = `by ${id} \`${service}\` is for customers in good standing; whether support gives it on request is not said`;
    return {
      result: otherwise,
      finding,
      facts: [asked],
      ...(otherwise === "unknown" ? { missing: `whether support includes service \`${service}\`` } : {}),
    };
  }
  const { contractId, program, settings } = contract;
  const agreed = entry.missing === undefined ? undefined : settings?.benefits?.[service];
  if (agreed !== undefined) {
    const finding = `the parties agreed that service \`${service}\` of ${id} is ${agreed ? "" : "not "}included under contract \`${contractId}\``;
    const facts = [asked, { path: `contracts/${contractId}/settings/benefits/${service}`, value: agreed }];
    return { result: agreed ? "pass" : "fail", finding, facts, clause: id };
  }
  const facts = [asked, { path: `contracts/${contractId}/program`, value: program }];
  if (entry.missing !== undefined) {
    const finding = `service \`${service}\` is listed in ${id}, but the text has lost which programs include it`;
    const cure = { says: `record what the parties agreed, in the contract's \`settings.benefits\` under \`${service}\`` };
    return { result: "unknown", finding, facts, missing: entry.missing, cure, clause: id };
  }
  const has = entry.programs === undefined || entry.programs.includes(program);
  const finding = `by ${id} service \`${service}\` is ${has ? "" : "not "}included in program \`${program}\``;
  return { result: has ? "pass" : "fail", finding, facts, clause: id };
}
