/** "Is it one issue?" Issues that do not belong together are filed apart, and none is added to a case that exists. */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const oneIssue: Judge<ParametersOf<"one-issue">> = ({ otherwise }, { request }) => {
  const { issues, caseId } = request;
  const most = caseId === undefined ? 1 : 0;
  if (issues === undefined || issues <= most) return { result: "pass", finding: "the request is about one issue" };
  const finding =
    caseId === undefined
      ? `the request holds ${issues} issues`
      : `the request adds ${issues === 1 ? "an issue" : `${issues} issues`} to case \`${caseId}\``;
  const says = `split: file a case for each issue${caseId === undefined ? "" : `; if it belongs to the problem of case \`${caseId}\`, leave \`issues\` out`}`;
  return { result: otherwise, finding, facts: [{ path: "request/issues", value: issues }], cure: { says } };
};
