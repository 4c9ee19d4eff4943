/** The demo issuer's key pair: made once and kept with the facts, so that tokens are good after a restart too. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { calculateJwkThumbprint, exportJWK, type JWK } from "jose";
import { CannotStart } from "./cannot-start.ts";

export interface DemoKeys {
  privateKey: KeyObject;
  /** As the key set names it, with `kid`. */
  publicJwk: JWK & { kid: string };
}

/** @throws CannotStart where the file can neither be read as a key nor be written */
export async function demoKeys(dataFolder: string): Promise<DemoKeys> {
  const file = join(resolve(dataFolder), "demo-issuer.pem");
  let pem: string;
  try {
    pem = existsSync(file) ? readFileSync(file, "utf8") : newKey(file);
  } catch (error) {
    throw new CannotStart(`cannot keep the demo issuer's key in \`${file}\`: ${(error as Error).message} (set DATA_DIR to another folder)`);
  }
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    throw new CannotStart(`\`${file}\` is no private key: remove it, a new one is then made`);
  }
  const jwk = await exportJWK(createPublicKey(privateKey));
  return { privateKey, publicJwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: "RS256", use: "sig" } };
}

function newKey(file: string): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  mkdirSync(resolve(file, ".."), { recursive: true });
  writeFileSync(file, pem, { mode: 0o600 });
  return pem;
}
