/** What `npx cdk deploy` needs of an AWS account. Looks, and changes nothing. */
import { DescribeLimitsCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { type Finding, missing, unknown, well } from "./finding.ts";
import { type Credentials, signedHeaders } from "./signed-get.ts";

/** Of the CDK's own bootstrap stack, unless somebody chose another. */
const qualifier = "hnb659fds";
/** What a new account may have; ours at the gateway's limits, with room for the runs in the background. */
const enoughConcurrency = 100;
const patienceSeconds = 10;

export async function lookAtAws(environment: NodeJS.ProcessEnv): Promise<Finding[]> {
  const client = new DynamoDBClient({ maxAttempts: 2 });
  const region = await client.config.region().catch(() => null);
  if (region === null) return [missing("region", "none is set", "set AWS_REGION, or `aws configure set region …`")];
  const findings = [well("region", region)];
  const credentials = await client.config.credentials().catch(() => null);
  if (credentials === null) return [...findings, missing("credentials", "none were found", "`aws sso login`, or set AWS_PROFILE")];

  const get = (service: string, path: string) => read(environment, service, region, credentials, path);
  const identity = await get("sts", "/?Action=GetCallerIdentity&Version=2011-06-15");
  if (identity.status === 0)
    return [...findings, missing("AWS", identity.text, `look at the network, a proxy, the name of the region${ofEndpoint(environment)}`)];
  const account = /<Account>(\d{12})<\/Account>/.exec(identity.text)?.[1];
  if (account === undefined)
    return [...findings, missing("credentials", `refused (${identity.status})`, "they are expired or of another partition: sign in again")];
  findings.push(well("credentials", `account ${account}, ${/<Arn>([^<]+)<\/Arn>/.exec(identity.text)?.[1] ?? "nobody"}`));
  return [...findings, await bootstrap(account, region), await tables(client), concurrency(await get("lambda", "/2016-08-19/account-settings/"))];
}

async function bootstrap(account: string, region: string): Promise<Finding> {
  const Bucket = `cdk-${qualifier}-assets-${account}-${region}`;
  const what = "bootstrap of the CDK";
  try {
    await new S3Client({ region, maxAttempts: 2 }).send(new HeadBucketCommand({ Bucket }));
    return well(what, Bucket);
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) return missing(what, `there is no bucket ${Bucket}`, `npx cdk bootstrap aws://${account}/${region}`);
    return unknown(what, `${Bucket} cannot be looked at (${status ?? nameOf(error)})`, "needs s3:ListBucket; `npx cdk deploy` will tell");
  }
}

async function tables(client: DynamoDBClient): Promise<Finding> {
  const what = "limits of DynamoDB";
  try {
    const { TableMaxReadCapacityUnits: reads = 0, TableMaxWriteCapacityUnits: writes = 0 } = await client.send(new DescribeLimitsCommand({}));
    const found = `a table takes ${reads} read and ${writes} write units a second`;
    return reads >= 10_000 && writes >= 10_000 ? well(what, found) : missing(what, found, "ask for more: Service Quotas, Amazon DynamoDB");
  } catch (error) {
    return unknown(what, `cannot be looked at (${nameOf(error)})`, "needs dynamodb:DescribeLimits");
  }
}

function concurrency({ status, text }: Answer): Finding {
  const what = "functions at once";
  if (status !== 200) return unknown(what, `cannot be looked at (${status === 0 ? text : status})`, "needs lambda:GetAccountSettings");
  const limit = Number((JSON.parse(text) as { AccountLimit?: { ConcurrentExecutions?: number } }).AccountLimit?.ConcurrentExecutions);
  if (limit >= enoughConcurrency) return well(what, String(limit));
  return missing(
    what,
    String(limit),
    "ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000",
  );
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : String(error));

const ofEndpoint = ({ AWS_ENDPOINT_URL }: NodeJS.ProcessEnv) => (AWS_ENDPOINT_URL ? ", and at AWS_ENDPOINT_URL" : "");

interface Answer {
  /** 0: there was none, and `text` says why. */
  status: number;
  text: string;
}

async function read(environment: NodeJS.ProcessEnv, service: string, region: string, credentials: Credentials, path: string): Promise<Answer> {
  const url = new URL(path, environment.AWS_ENDPOINT_URL || `https://${service}.${region}.amazonaws.com`);
  try {
    const response = await fetch(url, {
      headers: signedHeaders(url, service, region, credentials, Date.now()),
      signal: AbortSignal.timeout(patienceSeconds * 1_000),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string; message?: string } };
    const why = name === "TimeoutError" ? `none within ${patienceSeconds} seconds` : (cause?.code ?? cause?.message ?? String(error));
    return { status: 0, text: `no answer from ${url.host}: ${why}` };
  }
}
