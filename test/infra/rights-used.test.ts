/**
 * Least privilege in both directions: with every route, every background run and what happens seldom played through, nothing
 * was refused to any function, and no function has a right that it did not use.
 */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { isAllowed } from "./deployed/authority.ts";
import { type Deployment, deploy } from "./deployed/deployment.ts";
import { useRareWays } from "./deployed/rare-ways.ts";
import { useEverything } from "./deployed/scenario.ts";
import { ofType, type Resources, resourcesOf } from "./deployed/template.ts";

let resources: Resources;
let deployment: Deployment;

beforeAll(async () => {
  resources = resourcesOf("prod");
  // Before any handler is loaded: they keep the clock that they find.
  vi.useFakeTimers({ toFake: ["Date"], shouldAdvanceTime: true });
  deployment = await deploy(resources);
  await useEverything(deployment);
  await useRareWays(deployment);
}, 300_000);

afterAll(async () => {
  vi.useRealTimers();
  await deployment?.close();
});

test("nothing was refused to any function", () => {
  expect(deployment.refused).toEqual([]);
});

/** What Lambda itself does in the name of a function, and what the library grants together with it. */
const byLambda: [right: RegExp, reason: string][] = [
  [/^logs:(?:CreateLogStream|PutLogEvents) log-group:/, "Lambda writes down what a function prints"],
  [
    /^dynamodb:(?:DescribeStream|GetRecords|GetShardIterator) table\/[\w-]+\/stream\/|^dynamodb:ListStreams \*$/,
    "Lambda reads the stream for the function",
  ],
  [/^sqs:(?:ReceiveMessage|DeleteMessage|GetQueueAttributes) ImportsQueue/, "Lambda polls the queue for the function"],
  [/^sqs:(?:ChangeMessageVisibility|GetQueueUrl) ImportsQueue/, "granted by the library with polling; of no use beyond what polling may do"],
  [/^sqs:SendMessage DeadLetters/, "Lambda tells what it gave up on"],
];

test("no function has a right that it does not use", () => {
  const unused: string[] = [];
  const waived = new Set<RegExp>();
  for (const [role] of ofType(resources, "AWS::IAM::Role")) {
    const wishes = [...(deployment.used.get(role)?.values() ?? [])];
    for (const statement of deployment.rightsOf(role)) {
      if (statement.Effect === "Deny") continue;
      for (const action of statement.actions)
        for (const resource of statement.resources) {
          if (wishes.some((wish) => isAllowed([{ ...statement, actions: [action], resources: [resource] }], wish))) continue;
          const right = `${action} ${resource.replace(/^arn:aws:\w+:[\w-]*:\d*:/, "")}`;
          const waiver = byLambda.find(([pattern]) => pattern.test(right));
          if (waiver === undefined) unused.push(`${role} ${right}`);
          else waived.add(waiver[0]);
        }
    }
  }
  expect(unused).toEqual([]);
  // A waiver that nothing asks for any more goes.
  expect(byLambda.filter(([pattern]) => !waived.has(pattern))).toEqual([]);
});
