/** What the doctor says of a machine and of an account: each thing that may be missing, with what to do about it. */
import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { projectRoot } from "../../infra/bundling.ts";
import { lookAtLaptop } from "../../infra/doctor/laptop.ts";
import { signedHeaders } from "../../infra/doctor/signed-get.ts";

/** The first case of AWS's own test suite for Signature Version 4, `get-vanilla`. */
test("requests are signed as AWS signs its own example", () => {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
  const headers = signedHeaders(new URL("https://example.amazonaws.com/"), "service", "us-east-1", credentials, Date.parse("2015-08-30T12:36:00Z"));
  expect(headers.authorization).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, " +
      "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  );
});

describe("an account", () => {
  let server: Server;
  let answers: Record<string, [status: number, body: string]>;
  let asked: string[];

  beforeEach(async () => {
    answers = {
      sts: [200, "<Account>123456789012</Account><Arn>arn:aws:sts::123456789012:assumed-role/Deployer/me</Arn>"],
      s3: [200, ""],
      dynamodb: [200, JSON.stringify({ TableMaxReadCapacityUnits: 40_000, TableMaxWriteCapacityUnits: 40_000 })],
      lambda: [200, JSON.stringify({ AccountLimit: { ConcurrentExecutions: 1_000 } })],
    };
    asked = [];
    server = createServer((request, response) => {
      const service = /\/(\w+)\/aws4_request/.exec(request.headers.authorization ?? "")?.[1] ?? "";
      asked.push(`${service} ${request.method} ${request.headers["x-amz-target"] ?? request.url}`);
      const [status, body] = answers[service] ?? [500, ""];
      response
        .writeHead(status, { "content-type": service === "dynamodb" ? "application/x-amz-json-1.0" : "text/plain" })
        .end(request.method === "HEAD" ? "" : body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function doctor(environment: Record<string, string> = {}): Promise<{ code: number; said: string }> {
    const env = {
      PATH: process.env.PATH,
      HOME: "/nowhere",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
      ...environment,
    };
    return new Promise((resolve) => {
      const child = execFile(process.execPath, ["--import", "tsx", "infra/doctor/main.ts", "aws"], { cwd: projectRoot, env }, (_, stdout) =>
        resolve({ code: child.exitCode ?? -1, said: stdout }),
      );
    });
  }

  test("that is ready is found so, and nothing is changed in it", async () => {
    const { code, said } = await doctor();
    expect(said).toBe(`ok       region: eu-central-1
ok       credentials: account 123456789012, arn:aws:sts::123456789012:assumed-role/Deployer/me
ok       bootstrap of the CDK: cdk-hnb659fds-assets-123456789012-eu-central-1
ok       limits of DynamoDB: a table takes 40000 read and 40000 write units a second
ok       functions at once: 1000
`);
    expect(code).toBe(0);
    expect(asked).toEqual([
      "sts GET /?Action=GetCallerIdentity&Version=2011-06-15",
      "s3 HEAD /cdk-hnb659fds-assets-123456789012-eu-central-1/",
      "dynamodb POST DynamoDB_20120810.DescribeLimits",
      "lambda GET /2016-08-19/account-settings/",
    ]);
  });

  test("that is new is told what it lacks", async () => {
    answers.s3 = [404, ""];
    answers.lambda = [200, JSON.stringify({ AccountLimit: { ConcurrentExecutions: 10 } })];
    const { code, said } = await doctor();
    expect(said).toContain("missing  bootstrap of the CDK: there is no bucket");
    expect(said).toContain("→ npx cdk bootstrap aws://123456789012/eu-central-1\n");
    expect(said).toContain("missing  functions at once: 10\n         → ask for more: aws service-quotas");
    expect(code).toBe(1);
  });

  test("that may not be looked into is told so, and is not called unready for it", async () => {
    answers.s3 = [403, ""];
    answers.lambda = [403, ""];
    const { code, said } = await doctor();
    expect(said).toContain("unknown  bootstrap of the CDK");
    expect(said).toContain("unknown  functions at once: cannot be looked at (403)\n         → needs lambda:GetAccountSettings");
    expect(code).toBe(0);
  });

  test("without credentials, without a region, or with expired ones goes no further", async () => {
    expect((await doctor({ AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" })).said).toContain("missing  credentials: none were found");
    expect(await doctor({ AWS_REGION: "" })).toEqual({ code: 1, said: expect.stringContaining("missing  region: none is set") });
    answers.sts = [403, "<Error><Code>ExpiredToken</Code></Error>"];
    expect((await doctor()).said).toContain("missing  credentials: refused (403)");
  });

  test("that nobody answers for is told apart from one that refuses", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.once("listening", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const nobody = `http://127.0.0.1:${port}`;
    const { code, said } = await doctor({ AWS_ENDPOINT_URL: nobody });
    expect(code).toBe(1);
    expect(said).toBe(`ok       region: eu-central-1
missing  AWS: no answer from 127.0.0.1:${port}: ECONNREFUSED
         → look at the network, a proxy, the name of the region, and at AWS_ENDPOINT_URL
`);
  });

  test("whose credentials are made up is told that they are refused, and is asked nothing more", async () => {
    answers.sts = [403, "<Error><Code>InvalidClientTokenId</Code></Error>"];
    const { code, said } = await doctor();
    expect(said).toContain("missing  credentials: refused (403)\n         → they are expired or of another partition: sign in again");
    expect(code).toBe(1);
    expect(asked).toEqual(["sts GET /?Action=GetCallerIdentity&Version=2011-06-15"]);
  });
});

describe("this machine", () => {
  const found = async (environment: NodeJS.ProcessEnv, node?: string) =>
    Object.fromEntries((await lookAtLaptop(environment, node)).map((finding) => [finding.what, finding]));

  test("is ready where the port is free", async () => {
    const findings = await found({ PORT: "0" });
    expect(Object.values(findings).map(({ is }) => is)).toEqual(["well", "well", "well", "well", "well"]);
  });

  test("is told of an old Node, a port in use, a folder that cannot be written, a setting that makes no sense", async () => {
    expect((await found({ PORT: "0" }, "20.18.3")).Node).toMatchObject({ is: "missing", todo: "install Node 20.19 or newer" });
    expect((await found({ PORT: "0" }, "20.19.0")).Node).toMatchObject({ is: "well" });
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    expect((await found({ PORT: String(port) }))[`port ${port} on 127.0.0.1`]).toMatchObject({ is: "missing", found: "EADDRINUSE" });
    other.close();
    expect((await found({ PORT: "0", DATA_DIR: `${projectRoot}package.json/data` }))["data directory"]).toMatchObject({ is: "missing" });
    expect((await found({ PORT: "http" })).settings).toMatchObject({ is: "missing" });
  });
});
