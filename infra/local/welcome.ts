/** What is printed once the service answers: where it is, and three questions that work when pasted. */
import type { Settings } from "./settings.ts";

export function welcome(url: string, { demo, dataFolder, endpoint }: Settings): string {
  return [
    `Good Standing is at ${url}`,
    `The API page is at ${url}/docs`,
    `Facts are kept in ${endpoint ?? dataFolder}`,
    "",
    "Try:",
    ...(demo ? demoLines(url) : emptyLines(url)).map((line) => `  ${line}`),
    "",
    "Ctrl-C stops it.",
    "",
  ].join("\n");
}

function demoLines(url: string): string[] {
  const question = { accountId: "yarrow-gap-in-line", request: { kind: "error", productId: "qs-analyzer", contactId: "tc-1" } };
  return [
    `curl ${url}/v1/accounts/brightwater-past-due/standing`,
    `curl ${url}/v1/accounts/opal-notice-window-closing/contracts/c-1/renewal`,
    `curl ${url}/v1/entitlement-checks/preview -H 'content-type: application/json' -d '${JSON.stringify(question)}'`,
  ];
}

function emptyLines(url: string): string[] {
  return [
    `curl ${url}/v1/policies`,
    `curl -X PUT ${url}/v1/accounts/acme -H 'content-type: application/json' -d '{"name":"Acme"}'`,
    `curl ${url}/v1/accounts/acme/standing`,
  ];
}
