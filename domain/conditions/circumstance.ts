/** "Does one of the policy's exclusions apply?" What the support agent ticked on the case, or the service that is asked for. */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const circumstance: Judge<ParametersOf<"circumstance">> = ({ tags, states, otherwise, unless }, { request }) => {
  const { circumstances, service, attestations } = request;
  const stated = circumstances.length === 0 && service === undefined ? undefined : tags.find((tag) => circumstances.includes(tag) || service === tag);
  if (stated === undefined) return { result: "pass", finding: `the request does not state that ${states}` };
  const facts = [{ path: service === stated ? "request/service" : "request/circumstances", value: stated }];
  if (unless === undefined) return { result: otherwise, finding: `the request states that ${states}`, facts };
  const [by, lifted] =
    "attested" in unless
      ? [`attests \`${unless.attested}\``, Object.hasOwn(attestations, unless.attested) && attestations[unless.attested] === true]
      : [`states \`${unless.circumstance}\``, circumstances.includes(unless.circumstance)];
  if (lifted) return { result: "pass", finding: `the request states that ${states}, and ${by}`, facts };
  const lift = "attested" in unless ? `attest \`${unless.attested}\`` : `state \`${unless.circumstance}\``;
  return { result: otherwise, finding: `the request states that ${states}, and does not ${lift}`, facts };
};
