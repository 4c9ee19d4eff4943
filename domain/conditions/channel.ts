/** "Did the request come the right way?" Channels that the policy takes, some only under a condition. */
import { or } from "../policy-small-words.ts";
import type { Inquiry, Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

type Way = ParametersOf<"channel">["ways"][number];

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
  return { result: otherwise, finding, facts, ...toFiledCase(ways, inquiry) };
};

/** Where a case was filed, filing it is no cure any more: it is turned to by the ways that are open with it. */
function toFiledCase(ways: readonly Way[], inquiry: Inquiry): { cure?: { says: string } } {
  const { caseId } = inquiry.request;
  if (caseId === undefined || !ways.some(({ onlyWith }) => onlyWith !== undefined)) return {};
  const open = [...new Set(ways.filter((way) => isOpen(way, inquiry)).map(({ channel }) => channel))];
  return open.length === 0 ? {} : { cure: { says: `case \`${caseId}\` is filed: go on with it by ${or(open)}` } };
}

function isOpen({ onlyWith, attested }: Way, { request }: Inquiry): boolean {
  if (onlyWith !== undefined && request.caseId === undefined) return false;
  return attested === undefined || (Object.hasOwn(request.attestations, attested.name) && request.attestations[attested.name] === attested.is);
}
