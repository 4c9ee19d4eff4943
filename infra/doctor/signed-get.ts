/**
 * A signed request that only reads, for services of which no client is installed.
 * Source: "Create a signed AWS API request" in the IAM user guide (Signature Version 4).
 */
import { createHash, createHmac } from "node:crypto";

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** @param at milliseconds since 1970 @returns the headers to send with a GET of this address */
export function signedHeaders(url: URL, service: string, region: string, credentials: Credentials, at: number): Record<string, string> {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const signed: [string, string][] = [
    ["host", url.host],
    ["x-amz-date", time],
    ...(sessionToken === undefined ? [] : [["x-amz-security-token", sessionToken] as [string, string]]),
  ];
  const names = signed.map(([name]) => name).join(";");
  const query = [...url.searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort();
  const canonical = ["GET", url.pathname, query.join("&"), ...signed.map(([name, value]) => `${name}:${value}`), "", names, sha256("")].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [region, service, "aws4_request"].reduce<Buffer>((key, part) => hmac(key, part), hmac(`AWS4${secretAccessKey}`, day));
  const signature = createHmac("sha256", key)
    .update(["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n"))
    .digest("hex");
  const [, ...others] = signed;
  return {
    ...Object.fromEntries(others),
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
