/** Whether a name or an address means this machine and nobody else. */
import { BlockList, isIP } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** @param host as in HOST or in an address: `127.0.0.1`, `::1`, `[::1]`, `localhost` */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  const version = isIP(name);
  if (version === 0) return name === "localhost" || name.endsWith(".localhost");
  return loopback.check(name, version === 4 ? "ipv4" : "ipv6");
}

/** The address of a server as this machine itself reaches it: one that listens everywhere is also at loopback. */
export function fromHere(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}
