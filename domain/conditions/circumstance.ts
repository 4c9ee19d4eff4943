/** "Does one of the policy's exclusions apply?" What the support agent ticked on the case, or the service that is asked for. */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const circumstance: Judge<ParametersOf<"circumstance">> = ({ tags, states, otherwise, unless }, { request }) => {
  const { circumstances, service, attestations } = request;
  const stated = circumstances.length === 0 && service === undefined ? undefined : tags.find((tag) => circumstances.includes(tag) || service === tag);
  if (stated === undefined) return { result: "pass", finding: `not stated: ${states}` };
  const facts = [{ path: service === stated ? "request/service" : "request/circumstances", value: stated }];
  if (unless === undefined) return { result: otherwise, finding: `the request states that ${states}`, facts };
  const lifted =
    "attested" in unless
      ? Object.hasOwn(attestations, unless.attested) && attestations[unless.attested] === true
      : circumstances.includes(unless.circumstance);
  const by = "attested" in unless ? unless.attested : unless.circumstance;
  if (lifted) return { result: "pass", finding: `the request states that ${states}, and \`${by}\``, facts };
  return { result: otherwise, finding: `the request states that ${states}, and not \`${by}\``, facts };
};
