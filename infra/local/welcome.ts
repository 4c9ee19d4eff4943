/** What is printed once the service answers: where it is, how to sign in, and three questions that work when pasted. */
import { demoPersons } from "./auth-demo-users.ts";
import { fromHere } from "./auth-loopback.ts";
import type { Settings } from "./settings.ts";

export function welcome(address: string, { demo, dataFolder, endpoint, auth }: Settings): string {
  const url = fromHere(address);
  // Curl's option for a header that every line needs.
  const token = auth.by === "nobody" ? "" : ` -H "authorization: Bearer $TOKEN"`;
  return [
    `Good Standing is at ${address}`,
    `The API page is at ${url}/docs`,
    `Facts are kept in ${endpoint ?? dataFolder}`,
    ...signInLines(url, auth),
    "",
    "Try:",
    ...(demo ? demoLines(url, token) : emptyLines(url, token)).map((line) => `  ${line}`),
    "",
    "Ctrl-C stops it.",
    "",
  ].join("\n");
}

function signInLines(url: string, auth: Settings["auth"]): string[] {
  switch (auth.by) {
    case "nobody":
      return [];
    case "own-issuer":
      return ["", `Sign in: put an access token of ${auth.issuer} into TOKEN`];
    case "demo-issuer": {
      const persons = Object.entries(demoPersons).map(([name, { role }]) => `${name} (${role})`);
      return ["", `Sign in as one of ${persons.join(", ")}:`, `  TOKEN=$(curl -s ${url}/local/token -H 'accept: text/plain' -d '{"user":"ada"}')`];
    }
  }
}

function demoLines(url: string, token: string): string[] {
  const question = { accountId: "yarrow-gap-in-line", request: { kind: "error", productId: "qs-analyzer", contactId: "tc-1" } };
  return [
    `curl ${url}/v1/accounts/brightwater-past-due/standing${token}`,
    `curl ${url}/v1/accounts/opal-notice-window-closing/contracts/c-1/renewal${token}`,
    `curl ${url}/v1/entitlement-checks/preview${token} -H 'content-type: application/json' -d '${JSON.stringify(question)}'`,
  ];
}

function emptyLines(url: string, token: string): string[] {
  return [
    `curl ${url}/v1/policies${token}`,
    `curl -X PUT ${url}/v1/accounts/acme${token} -H 'content-type: application/json' -d '{"name":"Acme"}'`,
    `curl ${url}/v1/accounts/acme/standing${token}`,
  ];
}
