/** What `npm start` needs on this machine. Looks, and changes nothing. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { CannotStart } from "../local/cannot-start.ts";
import { settingsFrom } from "../local/settings.ts";
import { installedBinary } from "../local/store-binary.ts";
import { type Finding, missing, well } from "./finding.ts";

const oldestNode = [20, 19] as const;

export async function lookAtLaptop(environment: NodeJS.ProcessEnv, node = process.versions.node): Promise<Finding[]> {
  const findings = [nodeVersion(node)];
  try {
    const { host, port, dataFolder, endpoint } = settingsFrom(environment);
    findings.push(
      well("settings", "make sense"),
      await portAt(host, port),
      endpoint === null ? dataAt(resolve(dataFolder)) : well("store", endpoint),
    );
    if (endpoint === null) findings.push(embeddedStore());
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    findings.push(missing("settings", error.message, "set it otherwise, or leave it out"));
  }
  return findings;
}

function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return well("Node", version);
  return missing("Node", version, `install Node ${oldestNode.join(".")} or newer`);
}

function portAt(host: string, port: number): Promise<Finding> {
  const what = `port ${port} on ${host}`;
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) =>
      resolve(missing(what, code ?? "cannot be used", "stop what uses it, or set PORT to another one")),
    );
    server.listen(port, host, () => server.close(() => resolve(well(what, "free"))));
  });
}

/** The folder, or the nearest one above it in which it would be made. */
function dataAt(folder: string): Finding {
  let nearest = folder;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    if (!statSync(nearest).isDirectory()) return missing("data directory", `${nearest} is a file`, "set DATA_DIR to a folder");
    accessSync(nearest, constants.W_OK);
    return well("data directory", nearest === folder ? folder : `${folder} will be made`);
  } catch {
    return missing("data directory", `cannot write to ${nearest}`, "set DATA_DIR to a folder of yours");
  }
}

function embeddedStore(): Finding {
  const system = `${process.platform}-${process.arch}`;
  const path = installedBinary(`@dynoxide/${system}`);
  if (path !== null && existsSync(path)) return well("embedded store", path);
  return missing("embedded store", `none for ${system}`, "`npm start` installs it once; or set DYNAMODB_ENDPOINT to a store of your own");
}
