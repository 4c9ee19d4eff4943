/** "Is this kind of request support at all?" */
import type { CompiledPolicy } from "../compiled-policy.ts";
import type { HeldContract } from "../facts.ts";
import type { BenefitEntry } from "../policy.ts";
import { type Inquiry, type Judge, type Judgement, listed } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const requestIsOfKind: Judge<ParametersOf<"request-kind">> = ({ kinds, severities, says, otherwise, unlessExcluded }, inquiry) => {
  const { request, policy } = inquiry;
  if (!kinds.includes(request.kind)) {
    const { severity } = request;
    if (severity === undefined || !severities?.includes(severity)) return { result: "pass", finding: `the request is of kind ${request.kind}` };
    return { result: otherwise, finding: `the request is of severity ${severity}: ${says}`, facts: [{ path: "request/severity", value: severity }] };
  }
  const { service } = request;
  // What is not known stays so whatever circumstance is stated: only what the text says of the service itself decides.
  const stated = (otherwise !== "unknown" && request.circumstances.length > 0) || (service !== undefined && policy.circumstances.has(service));
  if (unlessExcluded && stated) return { result: "pass", finding: "an exclusion that the request states decides" };
  const finding = `the request is of kind ${request.kind}: ${says}`;
  const facts = [{ path: "request/kind", value: request.kind }];
  // A text that shuts out the kind as a whole does so whatever the service is.
  if (otherwise === "fail") return { result: otherwise, finding, facts };
  if (service !== undefined) return listedService(service, inquiry) ?? otherService(service, says, otherwise, inquiry);
  if (request.kind !== "service") {
    return { result: otherwise, finding, facts, ...ifUnknown(otherwise, `whether support includes requests of kind ${request.kind}`) };
  }
  const cure = { says: `name it as \`service\`${withTags(policy)}` };
  return { result: otherwise, finding: `${finding}; it names no service`, facts, ...ifUnknown(otherwise, "service"), cure };
};

const ifUnknown = (result: "discretion" | "unknown", missing: string) => (result === "unknown" ? { missing } : {});

/** A service that none of the policy's tags stands for: it may be one of theirs under another name. */
function otherService(service: string, says: string, result: "discretion" | "unknown", { request, policy }: Inquiry): Judgement {
  const tags = withTags(policy);
  const known = policy.policy.clauses.some(({ benefits }) => benefits?.some(({ benefit }) => benefit === service));
  const finding =
    tags === "" || known
      ? `the request is of kind ${request.kind} (\`${service}\`): ${says}`
      : `the request is of kind ${request.kind}, and no service has the tag \`${service}\`; if it is none of those that have one, ${says}`;
  return {
    result,
    finding,
    facts: [
      { path: "request/kind", value: request.kind },
      { path: "request/service", value: service },
    ],
    ...ifUnknown(result, `whether support includes service \`${service}\``),
    ...(tags === "" || known ? {} : { cure: { says: `name the service by its tag${tags}` } }),
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

/** A service that is one of the policy's benefits: the programs that have it decide. Null for others, and where the text is lost or asks for more. */
function listedService(service: string, { policy, contract }: Inquiry): Judgement | null {
  for (const { id, benefits } of policy.policy.clauses) {
    const entry = benefits?.find(({ benefit, needs }) => benefit === service && needs !== "good-standing");
    const has = entry === undefined ? null : isIncluded(entry, contract);
    if (has === null) continue;
    const facts = [
      { path: "request/service", value: service },
      { path: `contracts/${contract.contractId}/program`, value: contract.program },
    ];
    const what = `by ${id} service \`${service}\` is ${has ? "" : "not "}included in program \`${contract.program}\``;
    return { result: has ? "pass" : "fail", finding: what, facts };
  }
  return null;
}

function isIncluded({ benefit, programs, missing }: BenefitEntry, { program, settings }: HeldContract): boolean | null {
  if (missing !== undefined) return settings?.benefits?.[benefit] ?? null;
  return programs === undefined || programs.includes(program);
}
