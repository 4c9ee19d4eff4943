/** The settings of a deployment, by name: one that is misspelt would otherwise be one that is left out. */
import type { Node } from "constructs";

const settings = [
  "stage",
  "data",
  "adminEmail",
  "alarmEmail",
  "signInDomain",
  "consoleUrl",
  "machineClients",
  "oidcIssuer",
  "oidcAudience",
  "rolesClaim",
  "domain",
  "certificateArn",
  "tracing",
  "restoredStream",
];

/** What the CDK itself keeps there has one of these in its name: flags (`@aws-cdk/…`), its own marks (`aws:cdk:…`), what it looked up. */
const ofTheCdk = /[@:]/;

/** @throws Error that names the first setting there is not */
export function refuseUnknownSettings(node: Node): void {
  const unknown = Object.keys(node.getAllContext()).find((name) => !settings.includes(name) && !ofTheCdk.test(name));
  if (unknown !== undefined) throw new Error(`\`-c ${unknown}\`: there is no such setting, expected one of \`${settings.join("`, `")}\``);
}
