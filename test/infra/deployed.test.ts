/**
 * The template is what is tested: its routes, environments, grants, event sources and schedules run the real handlers,
 * and every request to the table, the bus, the queue and the bucket is let through only where the role that makes it
 * may. A right that is missing fails here.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keptPartitions } from "../../functions/store/table.ts";
import { documents, newKey, writes } from "../functions/http/example.ts";
import { isAllowed } from "./deployed/authority.ts";
import { type Deployment, deploy, rightsOf } from "./deployed/deployment.ts";
import { importFile, useEverything } from "./deployed/scenario.ts";
import { accountId, filler, ofType, type Resources, region, resourcesOf } from "./deployed/template.ts";

let resources: Resources;
let deployment: Deployment;

beforeAll(async () => {
  resources = resourcesOf("dev");
  deployment = await deploy(resources);
  await useEverything(deployment);
}, 300_000);

afterAll(() => deployment?.close());

test("every route of the template was asked, and nothing was refused to any function", () => {
  expect(deployment.routeKeys.length).toBeGreaterThan(90);
  expect(deployment.routeKeys.filter((routeKey) => !deployment.asked.has(routeKey))).toEqual([]);
  expect(deployment.refused).toEqual([]);
});

test("every function has run as its own role", () => {
  const roles = ofType(resources, "AWS::Lambda::Function").map(([, { Properties }]) => Properties.Role["Fn::GetAtt"][0] as string);
  expect(new Set(roles).size).toBe(roles.length);
  expect([...deployment.used.keys()].sort()).toEqual(roles.sort());
});

test("what was announced came to the bus", () => {
  const types = deployment.events.map(({ DetailType }) => DetailType);
  expect(types).toEqual(expect.arrayContaining(["notice.ruled", "quote.offered", "quote.accepted", "contract.reinstated"]));
});

describe("what is seen from outside", () => {
  const measures = (name: string) => deployment.log.flatMap((line) => JSON.parse(line)[name] ?? []) as number[];
  const sum = (names: string[]) => names.flatMap(measures).reduce((total, one) => total + one, 0);

  test("each request has a latency, each stored decision an outcome", () => {
    const requests = deployment.log.filter((line) => JSON.parse(line).route !== undefined);
    expect(measures("Latency")).toHaveLength(requests.length);
    // One by itself and two in a batch; the preview is not counted.
    const outcomes = ["Entitled", "NotEntitled", "Discretion", "Undetermined", "Redirected"].map((outcome) => `Decisions${outcome}`);
    expect(sum(outcomes)).toBe(3);
  });

  test("runs by the clock say that they came to their end, and what they found", () => {
    // Two rules start the sweep.
    expect(measures("SweepsFinished")).toEqual([1, 1]);
    expect(measures("QuarantinedAccounts")).toEqual([0, 0]);
    expect(measures("SweepLag")).toHaveLength(1);
    expect(measures("AuditsFinished")).toEqual([1]);
    expect(measures("BrokenHistories")).toEqual([0]);
    expect(measures("CalendarDaysLeft")).toHaveLength(2);
  });

  test("metrics are by stage alone, and every value that is named is there", () => {
    for (const line of deployment.log) {
      const { _aws: embedded, ...members } = JSON.parse(line);
      if (embedded === undefined) continue;
      const [{ Dimensions, Metrics, Namespace }] = embedded.CloudWatchMetrics;
      expect([Namespace, Dimensions, members.stage]).toEqual(["GoodStanding", [["stage"]], "dev"]);
      for (const { Name } of Metrics) expect(members[Name], line).toEqual(expect.any(Number));
    }
  });

  test("no line of any log has a person in it", () => {
    const { contact, contactCheck, account } = documents;
    const personal = [contact, contactCheck.contact].flatMap(({ name, email, phone }) => [name, email, phone]);
    for (const text of [...personal, account.name, account.customerNumber])
      expect(
        deployment.log.filter((line) => line.includes(text)),
        text,
      ).toEqual([]);
  });
});

describe("a right that is taken away is missed", () => {
  test.each<[string, string, (other: Deployment) => Promise<number>]>([
    ["FunctionsAccounts", "dynamodb:PutItem", async (other) => (await other.send("PUT", "/v1/accounts/acme", documents.account)).status],
    ["FunctionsAccounts", "dynamodb:Query", async (other) => (await other.send("GET", "/v1/accounts")).status],
    ["FunctionsStanding", "dynamodb:BatchGetItem", async (other) => (await other.send("GET", "/v1/accounts/acme/standing")).status],
    [
      "FunctionsImports",
      "sqs:SendMessage",
      (other) =>
        importFile(other).then(
          () => 200,
          () => 500,
        ),
    ],
    [
      "ImportsImportWorker",
      "s3:GetObject",
      (other) =>
        importFile(other).then(
          () => 200,
          () => 500,
        ),
    ],
    ["EventsFollow", "dynamodb:UpdateItem", async (other) => ((await other.followStream()).length > 0 || other.refused.length > 0 ? 500 : 200)],
    ["EventsPublishEvents", "events:PutEvents", async (other) => ((await other.followStream()).length > 0 ? 500 : 200)],
  ])("%s without %s", async (roleOf, action, use) => {
    const poorer = await deploy(without(resources, roleOf, action));
    try {
      for (const [path, document] of writes) await poorer.send("PUT", path, document);
      await poorer.send("POST", "/v1/accounts/acme/contracts/c-1/notices", documents.notice, newKey());
      expect(await use(poorer)).toBeGreaterThanOrEqual(500);
      expect(poorer.refused.join()).toContain(`is not authorized to perform: ${action}`);
    } finally {
      await poorer.close();
    }
  });
});

describe("what is kept is not changed, by nobody", () => {
  const changing = ["UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLUpdate", "PartiQLDelete"].map((name) => `dynamodb:${name}`);
  const resource = `arn:aws:dynamodb:${region}:${accountId}:table/facts`;
  const fill = (value: unknown) => filler(resources, (id, { Type }) => (Type === "AWS::DynamoDB::Table" ? "facts" : id))(value);
  const everything = { Effect: "Allow" as const, actions: ["dynamodb:*"], resources: ["*"], conditions: {} };

  test.each(keptPartitions)("in %s…, not even with every right there is", (prefix) => {
    for (const [role] of ofType(resources, "AWS::IAM::Role")) {
      const statements = [...rightsOf(resources, role, fill), everything];
      for (const action of changing) {
        expect(isAllowed(statements, { action, resource, leadingKeys: [`${prefix}x`] }), `${role} ${action}`).toBe(false);
        // Nor beside something that may be changed.
        expect(isAllowed(statements, { action, resource, leadingKeys: ["account#x", `${prefix}x`] }), `${role} ${action}`).toBe(false);
      }
      expect(isAllowed(statements, { action: "dynamodb:UpdateItem", resource, leadingKeys: ["account#x"] })).toBe(true);
    }
  });
});

/** The template with one action taken from one role. */
function without(resources: Resources, roleOf: string, action: string): Resources {
  const copy = structuredClone(resources);
  const policies = ofType(copy, "AWS::IAM::Policy").filter(([id]) => new RegExp(`^${roleOf}RoleDefaultPolicy[0-9A-F]{8}$`).test(id));
  expect(policies, roleOf).toHaveLength(1);
  let taken = 0;
  for (const [, { Properties }] of policies) {
    const { PolicyDocument } = Properties;
    PolicyDocument.Statement = PolicyDocument.Statement.flatMap((statement: { Action: string | string[] }) => {
      const Action = [statement.Action].flat();
      const left = Action.filter((one) => one !== action);
      taken += Action.length - left.length;
      return left.length === 0 ? [] : [{ ...statement, Action: left }];
    });
  }
  expect(taken, `${roleOf} ${action}`).toBeGreaterThan(0);
  return copy;
}
