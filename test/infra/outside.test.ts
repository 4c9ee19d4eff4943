/** What the rule packs do not see: throttles, logs, alarms with their pages, the dashboard, the operator's own domain. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { accessByRoute } from "../../functions/http/access.ts";
import { classOf, throttles } from "../../infra/api-stage.ts";
import { projectRoot } from "../../infra/bundling.ts";
import { ofType, type Resource, type Resources, resourcesOf } from "./deployed/template.ts";

let resources: Resources;
beforeAll(() => {
  resources = resourcesOf("prod");
});

const all = (type: string) => ofType(resources, type).map(([, { Properties }]) => Properties);
const one = (type: string): Resource["Properties"] => {
  const found = all(type);
  expect(found, type).toHaveLength(1);
  return found[0] as Resource["Properties"];
};

describe("the gateway", () => {
  test("lets each route through as its class may, and no route without a limit", () => {
    const { RouteSettings, DefaultRouteSettings } = one("AWS::ApiGatewayV2::Stage");
    expect(Object.keys(RouteSettings).sort()).toEqual(
      all("AWS::ApiGatewayV2::Route")
        .map(({ RouteKey }) => RouteKey)
        .sort(),
    );
    for (const settings of [DefaultRouteSettings, ...Object.values(RouteSettings)] as Record<string, number>[]) {
      expect(settings.ThrottlingRateLimit).toBeGreaterThan(0);
      expect(settings.ThrottlingBurstLimit).toBeGreaterThan(0);
    }
    expect(RouteSettings["GET /v1/health"]).toEqual({ ThrottlingRateLimit: throttles.open.rate, ThrottlingBurstLimit: throttles.open.burst });
  });

  test.each([
    ["$default", "open"],
    ["GET /docs", "open"],
    ["POST /v1/entitlement-checks", "ask"],
    ["GET /v1/accounts/{accountId}/facts", "ask"],
    ["PUT /v1/accounts/{accountId}", "write"],
    ["POST /v1/quotes", "write"],
    ["POST /v1/entitlement-checks/batch", "heavy"],
    ["GET /v1/accounts", "heavy"],
    ["GET /v1/deadlines.csv", "heavy"],
    ["GET /v1/exports/decisions.csv", "heavy"],
    ["POST /v1/imports/{importId}/commit", "heavy"],
    ["POST /v1/decisions/{decisionId}/replay", "heavy"],
    ["POST /v1/sweeps", "heavy"],
  ])("%s is %s", (routeKey, expected) => {
    expect(Object.keys(accessByRoute)).toContain(routeKey);
    expect(classOf(routeKey)).toBe(expected);
  });

  test("sets limits on a route only once it is there", () => {
    const [[, stage]] = ofType(resources, "AWS::ApiGatewayV2::Stage") as [[string, Resource]];
    for (const [id] of ofType(resources, "AWS::ApiGatewayV2::Route")) expect(stage.DependsOn).toContain(id);
  });

  test("writes a line for each request, with no person in it", () => {
    const { AccessLogSettings } = one("AWS::ApiGatewayV2::Stage");
    expect(resources[AccessLogSettings.DestinationArn["Fn::GetAtt"][0]]?.Properties.RetentionInDays).toBe(365);
    const line = JSON.parse(AccessLogSettings.Format) as Record<string, string>;
    expect(Object.values(line)).toContain("$context.routeKey");
    // No address, no path with its ids, no subject, no user agent.
    expect(AccessLogSettings.Format).not.toMatch(/sourceIp|identity|\$context\.path|claims\.(?!client_id)|userAgent/);
  });
});

describe("alarms", () => {
  const pages = () => readdirSync(`${projectRoot}docs/runbooks`).map((file) => file.replace(/\.md$/, ""));
  const pageOf = ({ AlarmDescription }: Resource["Properties"]) => /docs\/runbooks\/([a-z-]+)\.md$/.exec(AlarmDescription)?.[1];

  test("each have a page, and each page an alarm", () => {
    expect(all("AWS::CloudWatch::Alarm").map(pageOf).sort()).toEqual(pages().sort());
  });

  test("have pages that say what it means, what to look at, and what to do, with a command", () => {
    for (const page of pages()) {
      const text = readFileSync(`${projectRoot}docs/runbooks/${page}.md`, "utf8");
      expect(text, page).toMatch(/^# .+\n/);
      for (const heading of ["## What it means", "## Look", "## Do"]) expect(text, page).toContain(`\n${heading}\n`);
      expect(text, page).toContain("```");
      for (const [, path = ""] of text.matchAll(/\]\((\.\.?\/[^)#]+)/g))
        expect(existsSync(`${projectRoot}docs/runbooks/${path}`), `${page}: ${path}`).toBe(true);
    }
  });

  test("tell somebody when they begin and when they are over", () => {
    const [[topic]] = ofType(resources, "AWS::SNS::Topic") as [[string, Resource]];
    for (const alarm of all("AWS::CloudWatch::Alarm")) {
      expect(alarm.AlarmActions).toEqual([{ Ref: topic }]);
      expect(alarm.OKActions).toEqual([{ Ref: topic }]);
    }
    const [policy] = all("AWS::SNS::TopicPolicy") as [{ Topics: unknown; PolicyDocument: { Statement: object[] } }];
    expect(policy.Topics).toEqual([{ Ref: topic }]);
    // The topic's policy replaces the default one: CloudWatch must be let in by it.
    expect(policy.PolicyDocument.Statement).toContainEqual({
      Sid: "AlarmsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: { Ref: topic },
      Condition: {
        StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
        ArnLike: { "aws:SourceArn": expect.objectContaining({ "Fn::Join": expect.anything() }) },
      },
    });
    expect(all("AWS::SNS::Subscription")).toEqual([]);
    const subscribed = ofType(resourcesOf("prod", { alarmEmail: "ops@example.com" }), "AWS::SNS::Subscription");
    expect(subscribed.map(([, { Properties }]) => Properties.Endpoint)).toEqual(["ops@example.com"]);
    expect(() => resourcesOf("prod", { alarmEmail: "ops" })).toThrow("`-c alarmEmail`: got `ops`, expected a mail address");
  });

  test.each([
    ["sweep-missing", "SweepsFinished", 900, 4],
    ["audit-missing", "AuditsFinished", 21_600, 5],
  ])("%s goes off when nothing is heard", (page, MetricName, Period, EvaluationPeriods) => {
    const [alarm] = all("AWS::CloudWatch::Alarm").filter((each) => pageOf(each) === page);
    expect(alarm).toMatchObject({
      MetricName,
      Namespace: "GoodStanding",
      Dimensions: [{ Name: "stage", Value: "prod" }],
      Period,
      EvaluationPeriods,
      ComparisonOperator: "LessThanThreshold",
      Threshold: 1,
      TreatMissingData: "breaching",
    });
  });

  test("look at every function that nobody waits for, and at every queue of dead letters", () => {
    const background = ofType(resources, "AWS::Lambda::Function").filter(([id]) => !id.startsWith("Functions"));
    const looksAt = (page: string) => JSON.stringify(all("AWS::CloudWatch::Alarm").find((each) => pageOf(each) === page));
    expect(background).toHaveLength(5);
    for (const [id] of background) expect(looksAt("background-errors")).toContain(`"${id}"`);
    for (const { RedrivePolicy } of all("AWS::SQS::Queue"))
      if (RedrivePolicy !== undefined) expect(looksAt("dead-letters")).toContain(RedrivePolicy.deadLetterTargetArn["Fn::GetAtt"][0]);
    for (const { DestinationConfig } of all("AWS::Lambda::EventSourceMapping"))
      if (DestinationConfig !== undefined) expect(looksAt("dead-letters")).toContain(DestinationConfig.OnFailure.Destination["Fn::GetAtt"][0]);
  });
});

test("there is one page that shows all of it", () => {
  const text = JSON.stringify(one("AWS::CloudWatch::Dashboard").DashboardBody);
  for (const shown of ["DecisionsEntitled", "Latency", "SweepLag", "QuarantinedAccounts", "CalendarDaysLeft", "IteratorAge", "5xx"])
    expect(text).toContain(shown);
});

describe("a domain of the operator's own", () => {
  const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/1";

  test("is mapped to the API", () => {
    const made = resourcesOf("prod", { domain: "support.example.com", certificateArn });
    expect(ofType(made, "AWS::ApiGatewayV2::DomainName").map(([, { Properties }]) => Properties)).toMatchObject([
      {
        DomainName: "support.example.com",
        DomainNameConfigurations: [{ CertificateArn: certificateArn, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" }],
      },
    ]);
    expect(ofType(made, "AWS::ApiGatewayV2::ApiMapping")).toHaveLength(1);
  });

  test.each([
    [{ domain: "support.example.com" }, "`-c certificateArn`: got `undefined`"],
    [{ certificateArn }, "`-c domain`: got `undefined`"],
    [{ domain: "https://x", certificateArn }, "`-c domain`: got `https://x`"],
  ])("%j is refused", (context, message) => {
    expect(() => resourcesOf("prod", context)).toThrow(message);
  });
});
