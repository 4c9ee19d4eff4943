/** "Does the request say what it must?" Required fields that are filled in; the list of missing ones is the cure. */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const intakeComplete: Judge<ParametersOf<"intake">> = ({ fields, channels, severities, kinds, attested, otherwise }, { request, facts }) => {
  const asked =
    (channels === undefined || (request.channel !== undefined && channels.includes(request.channel))) &&
    (severities === undefined || (request.severity !== undefined && severities.includes(request.severity))) &&
    (kinds === undefined || kinds.includes(request.kind)) &&
    (attested === undefined || (Object.hasOwn(request.attestations, attested) && request.attestations[attested] === true));
  if (!asked) return { result: "pass", finding: "nothing more has to be stated with this request" };
  const absent = fields.filter((one) => !(typeof one === "string" ? [one] : one).some((name) => request.provides.includes(name)));
  const names = absent.map((one) => (typeof one === "string" ? one : one.join(" or ")));
  if (names.length > 0) {
    return {
      result: otherwise,
      finding: `the request does not state ${names.join(", ")}`,
      facts: [{ path: "request/provides", value: request.provides.join(", ") }],
      cure: { says: `state ${names.join(", ")}, and name what is stated in \`request.provides\`` },
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
