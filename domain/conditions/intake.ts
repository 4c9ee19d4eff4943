/** "Does the request say what it must?" Required fields that are filled in; the list of missing ones is the cure. */
import { or, spoken } from "../policy-small-words.ts";
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const intakeComplete: Judge<ParametersOf<"intake">> = (parameters, { request, facts }) => {
  const { fields, words, channels, severities, kinds, attested, initially, otherwise } = parameters;
  const { caseId, severity } = request;
  const asked =
    (channels === undefined || (request.channel !== undefined && channels.includes(request.channel))) &&
    (severities === undefined || severity === undefined || severities.includes(severity)) &&
    (kinds === undefined || kinds.includes(request.kind)) &&
    (attested === undefined || (Object.hasOwn(request.attestations, attested) && request.attestations[attested] === true));
  if (!asked) return { result: "pass", finding: "nothing more has to be stated with this request" };
  if (initially && caseId !== undefined) {
    const finding = `case \`${caseId}\` was reported before, with what it must state`;
    return { result: "pass", finding, facts: [{ path: "request/caseId", value: caseId }] };
  }
  // The case that a request relates back to is a field of its own.
  const provided = caseId === undefined ? request.provides : [...request.provides, "caseId"];
  const absent = fields.map((one) => (typeof one === "string" ? [one] : one)).filter((names) => !names.some((name) => provided.includes(name)));
  if (absent.length > 0) {
    const what = absent.map((names) => or(names.map((name) => words?.[name] ?? spoken(name)))).join(", ");
    const facts = [{ path: "request/provides", value: request.provides.join(", ") }];
    if (severities !== undefined && severity === undefined) {
      const finding = `the request does not state its severity: one of severity ${or(severities)} also states ${what}`;
      return { result: "info", finding, facts, cure: { says: "state `severity`" } };
    }
    const fieldNames = absent.flat().map((name) => `\`${name}\``);
    return {
      result: otherwise,
      finding: `the request does not state ${what}`,
      facts,
      cure: { says: `state ${what}, and name what is stated in \`request.provides\`: ${fieldNames.join(", ")}` },
    };
  }
  if (fields.includes("customerNumber") && facts.dossier.account.customerNumber === undefined) {
    return {
      result: "unknown",
      finding: "no customer number of the account is recorded that the one stated could be compared with",
      facts: [{ path: "account/customerNumber", value: null }],
      missing: "customerNumber",
      cure: { says: "record the account's customerNumber" },
    };
  }
  return { result: "pass", finding: "the request states all that it must" };
};
