/** `npm run doctor` looks at this machine, `npm run doctor -- aws` at the AWS account; exit code 1 where something is missing. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

import { lookAtAws } from "./aws.ts";
import { lineOf } from "./finding.ts";
import { lookAtLaptop } from "./laptop.ts";

const [what, ...more] = process.argv.slice(2);
if ((what !== undefined && what !== "aws") || more.length > 0) {
  console.error(`nothing to look at: got \`${process.argv.slice(2).join(" ")}\`, expected \`aws\` or nothing`);
  process.exit(2);
}
const findings = await (what === "aws" ? lookAtAws(process.env) : lookAtLaptop(process.env));
for (const finding of findings) console.log(lineOf(finding));
if (findings.some(({ is }) => is === "missing")) process.exitCode = 1;
