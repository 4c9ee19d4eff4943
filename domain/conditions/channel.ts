/** "Did the request come the right way?" Channels that the policy takes, some only under a condition. */
import type { Inquiry, Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const cameByChannel: Judge<ParametersOf<"channel">> = ({ ways, otherwise }, inquiry) => {
  const { request } = inquiry;
  if (request.channel === undefined) {
    return {
      result: "unknown",
      finding: "the request does not say by which channel it came",
      missing: "channel",
      cure: { says: `state \`channel\`, one of ${[...new Set(ways.map(({ channel }) => channel))].join(", ")}` },
    };
  }
  const facts = [{ path: "request/channel", value: request.channel }];
  const its = ways.filter((way) => way.channel === request.channel);
  if (its.some((way) => isOpen(way, inquiry))) return { result: "pass", finding: `requests are taken by ${request.channel}`, facts };
  const [closed] = its;
  const finding =
    closed === undefined
      ? `requests are not taken by ${request.channel}`
      : closed.onlyWith === undefined
        ? `requests are taken by ${request.channel} only where \`${closed.attested?.name}\` is attested as ${closed.attested?.is}`
        : `requests are taken by ${request.channel} only with the id of a case that was filed`;
  return { result: otherwise, finding, facts };
};

function isOpen({ onlyWith, attested }: ParametersOf<"channel">["ways"][number], { request }: Inquiry): boolean {
  if (onlyWith !== undefined && request.caseId === undefined) return false;
  return attested === undefined || (Object.hasOwn(request.attestations, attested.name) && request.attestations[attested.name] === attested.is);
}
