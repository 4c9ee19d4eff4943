/**
 * The stack "deployed": every function is its real handler, run with the environment that the template gives it and
 * signed as its role; requests come by the template's routes, runs by its rules, records by its event sources. Nothing
 * is there that the template does not say.
 */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import type { DynamoDBRecord } from "aws-lambda";
import { vi } from "vitest";
import { entryOf } from "../../../infra/bundling.ts";
import { routeMatcher } from "../../../infra/local/routes.ts";
import { adminClaims } from "../../functions/http/service.ts";
import { recordsOf, withStream } from "../../functions/stream.ts";
import { freshStore } from "../../store.ts";
import { type Statement, statementsOf } from "./authority.ts";
import { type Endpoints, startEndpoints } from "./endpoints.ts";
import { matches, type Pattern } from "./patterns.ts";
import { filler, ofType, type RefOf, type Resource, type Resources, region } from "./template.ts";

export interface Reply {
  status: number;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of all kinds are looked into
  body: any;
}

type Handler = (event: object, context: object) => Promise<unknown>;

export interface Deployment extends Pick<Endpoints, "refused" | "used" | "events" | "queues"> {
  routeKeys: string[];
  /** Which of them were asked. */
  asked: Set<string>;
  /** Lines of all logs. */
  log: string[];
  send(method: string, target: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Hands a file in at a signed address; whom the bucket tells is told. */
  upload(url: string, content: string): Promise<void>;
  /** Runs every function that a rule starts, once for each rule. */
  runSchedules(): Promise<void>;
  /** Hands the table's stream to those who read it, all of it, once. @returns what they could not do */
  followStream(): Promise<object[]>;
  /** Hands on what lies in queues. @param firstRemainingMilliseconds of the first run; all others have five minutes */
  workQueues(firstRemainingMilliseconds?: number): Promise<void>;
  /** Somebody else writes to this account right before each of the next transactions of the function at this place of the stack. */
  outrun(place: string, accountId: string, times: number): void;
  /** What the template gives to this role, filled in. */
  rightsOf(role: string): Statement[];
  close(): Promise<void>;
}

export async function deploy(resources: Resources): Promise<Deployment> {
  const fresh = await withStream(await freshStore());
  const refOf: RefOf = (id, { Type }) => {
    if (Type === "AWS::DynamoDB::Table") return fresh.tableName;
    if (Type === "AWS::SQS::Queue") return `${url}/queue/${id}`;
    return Type === "AWS::S3::Bucket" ? id.toLowerCase() : id;
  };
  let url = "";
  const fill = filler(resources, refOf);
  const endpoints = await startEndpoints(fresh.endpoint, (role) => rightsOf(resources, role, fill));
  url = endpoints.url;

  const functions = new Map<string, { name: string; env: Record<string, string>; handler: Handler | null }>();
  for (const [id, { Properties }] of ofType(resources, "AWS::Lambda::Function")) {
    const variables = Object.entries((Properties.Environment?.Variables ?? {}) as Record<string, unknown>);
    const role = Properties.Role["Fn::GetAtt"][0] as string;
    functions.set(id, {
      name: nameOf(id),
      // What Lambda adds, and where the services are.
      env: {
        ...Object.fromEntries(variables.map(([name, value]) => [name, fill(value)])),
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: role,
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_SESSION_TOKEN: "token",
        AWS_ENDPOINT_URL: url,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        HOME: "/nowhere",
      },
      handler: null,
    });
  }

  const log: string[] = [];
  async function run(functionId: string, event: object, remainingMilliseconds = 300_000): Promise<unknown> {
    const one = functions.get(functionId);
    if (one === undefined) throw new Error(`there is no function \`${functionId}\``);
    const around = process.env;
    const spoken = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => log.push(String(chunk)) > 0);
    process.env = { ...one.env };
    try {
      if (one.handler === null) {
        vi.resetModules();
        one.handler = ((await import(entryOf(one.name))) as { handler: Handler }).handler;
      }
      return await one.handler(event, { awsRequestId: "r-1", getRemainingTimeInMillis: () => remainingMilliseconds });
    } finally {
      process.env = around;
      spoken.mockRestore();
    }
  }

  const mayInvoke = (functionId: string, service: string, sourceId?: string) =>
    ofType(resources, "AWS::Lambda::Permission").some(
      ([, { Properties }]) =>
        JSON.stringify(Properties.FunctionName).includes(`"${functionId}"`) &&
        Properties.Principal === service &&
        (sourceId === undefined || JSON.stringify(Properties.SourceArn).includes(`"${sourceId}"`)),
    );

  const routes = new Map(ofType(resources, "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => [Properties.RouteKey as string, Properties]));
  const match = routeMatcher(routes.keys());
  const asked = new Set<string>();

  async function send(method: string, target: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const [path = "", query = ""] = target.split("?");
    const { routeKey, pathParameters } = match(method, path) ?? { routeKey: "$default", pathParameters: {} };
    const route = routes.get(routeKey) as Resource["Properties"];
    const integrationId = route.Target["Fn::Join"][1][1].Ref as string;
    const functionId = resources[integrationId]?.Properties.IntegrationUri["Fn::GetAtt"][0] as string;
    if (!mayInvoke(functionId, "apigateway.amazonaws.com")) throw new Error(`the gateway may not invoke \`${functionId}\``);
    asked.add(routeKey);
    const text = body === undefined ? "" : JSON.stringify(body);
    const event = {
      version: "2.0",
      routeKey,
      rawPath: path,
      rawQueryString: query,
      headers: { host: "test", ...(text === "" ? {} : { "content-type": "application/json" }), ...headers },
      pathParameters,
      requestContext: {
        http: { method, path, protocol: "HTTP/1.1", sourceIp: "203.0.113.7", userAgent: "test" },
        requestId: `request-${asked.size}`,
        routeKey,
        ...(route.AuthorizationType === "JWT" && { authorizer: { jwt: { claims: adminClaims, scopes: null } } }),
      },
      ...(text === "" ? {} : { body: text }),
      isBase64Encoded: false,
    };
    const answer = (await run(functionId, event)) as { statusCode: number; body?: string; headers: Record<string, string> };
    const isJson = answer.headers["content-type"]?.includes("json");
    return { status: answer.statusCode, text: answer.body ?? "", body: isJson ? JSON.parse(answer.body ?? "") : undefined };
  }

  const sources = ofType(resources, "AWS::Lambda::EventSourceMapping").map(([, { Properties }]) => Properties);

  return {
    refused: endpoints.refused,
    used: endpoints.used,
    events: endpoints.events,
    queues: endpoints.queues,
    routeKeys: [...routes.keys()],
    asked,
    log,
    send,

    async upload(address, content) {
      const { status } = await fetch(address, { method: "PUT", body: content });
      if (status !== 200) throw new Error(`the bucket answered ${status}: ${endpoints.refused.at(-1)}`);
      const key = new URL(address).pathname.split("/").slice(2).join("/");
      for (const [, { Properties }] of ofType(resources, "AWS::S3::Bucket"))
        for (const { Queue, Filter } of Properties.NotificationConfiguration.QueueConfigurations) {
          if (!key.startsWith(Filter.S3Key.Rules[0].Value)) continue;
          const name = fill(Queue).split(":").at(-1) as string;
          const body = JSON.stringify({ Records: [{ eventName: "ObjectCreated:Put", s3: { object: { key } } }] });
          endpoints.queues.set(name, [...(endpoints.queues.get(name) ?? []), body]);
        }
    },

    async runSchedules() {
      for (const [ruleId, { Properties }] of ofType(resources, "AWS::Events::Rule"))
        for (const { Arn } of Properties.Targets) {
          const functionId = Arn["Fn::GetAtt"][0] as string;
          if (!mayInvoke(functionId, "events.amazonaws.com", ruleId)) throw new Error(`\`${ruleId}\` may not invoke \`${functionId}\``);
          await run(functionId, { time: new Date().toISOString(), "detail-type": "Scheduled Event" });
        }
    },

    async followStream() {
      const records = await recordsOf(fresh);
      const failures: object[] = [];
      for (const { FunctionName, EventSourceArn, FilterCriteria } of sources) {
        if (!fill(EventSourceArn).includes("/stream/")) continue;
        const patterns = FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern) as Pattern);
        const brought = records.filter((record: DynamoDBRecord) => patterns.some((pattern: Pattern) => matches(record, pattern)));
        if (brought.length === 0) throw new Error(`\`${FunctionName.Ref}\` is brought nothing by the stream`);
        const { batchItemFailures } = (await run(FunctionName.Ref, { Records: brought })) as { batchItemFailures: object[] };
        failures.push(...batchItemFailures);
      }
      return failures;
    },

    async workQueues(firstRemainingMilliseconds) {
      let remaining = firstRemainingMilliseconds;
      for (const { FunctionName, EventSourceArn } of sources) {
        const name = fill(EventSourceArn).split(":").at(-1) as string;
        while ((endpoints.queues.get(name) ?? []).length > 0) {
          const body = endpoints.queues.get(name)?.shift();
          const answer = await run(FunctionName.Ref, { Records: [{ messageId: "m-1", body }] }, remaining);
          remaining = undefined;
          const { batchItemFailures } = answer as { batchItemFailures: object[] };
          if (batchItemFailures.length > 0) throw new Error(`\`${FunctionName.Ref}\` could not work on \`${body}\`: ${log.at(-1)}`);
        }
      }
    },

    outrun(place, accountId, times) {
      const role = ofType(resources, "AWS::IAM::Role").find(([id]) => id.startsWith(`${place}Role`))?.[0] ?? "";
      const write = async () => {
        const value = { name: randomUUID() };
        const decide = () => ({ writes: [{ path: "account", value }], answer: null });
        await fresh.store.change({ accountId }, { operationId: randomUUID(), by: "somebody else", decide });
      };
      endpoints.beforeWrite.set(
        role,
        Array.from({ length: times }, () => write),
      );
    },

    rightsOf: (role) => rightsOf(resources, role, fill),
    close: endpoints.close,
  };
}

/** `FunctionsEntitlementChecks1A2B3C4D` → `entitlement-checks` */
function nameOf(id: string): string {
  const constructId = /^(?:Functions|Events|Schedule|Imports)(\w+)[0-9A-F]{8}$/.exec(id)?.[1] ?? "";
  const name = constructId.replace(/(?<!^)[A-Z]/g, "-$&").toLowerCase();
  if (!existsSync(entryOf(name))) throw new Error(`there is no file for the function \`${id}\``);
  return name;
}

/** Of the role's own policies and of the table's. */
export function rightsOf(resources: Resources, role: string, fill: (value: unknown) => string): Statement[] {
  const own = ofType(resources, "AWS::IAM::Policy").filter(([, { Properties }]) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role));
  const ofTables = ofType(resources, "AWS::DynamoDB::Table").map(([, { Properties }]) => Properties.ResourcePolicy);
  const documents = [...own.map(([, { Properties }]) => Properties.PolicyDocument), ...ofTables.map((one) => one.PolicyDocument)];
  return documents.flatMap((document) => statementsOf(document, fill));
}
