/** Under which licenses everything comes that is installed with us: read from the lockfile, so that every platform has the same list. */
export interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
}

/** Licenses that ask for no more than to be named, and those that let us choose such a one. */
const permissive = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "MIT OR Apache-2.0",
  "(MIT OR Apache-2.0)",
  "(MIT OR GPL-3.0-or-later)",
  "(MPL-2.0 OR Apache-2.0)",
]);

/** The license as its own files say it, where the registry has none or no name for it; or why it may be used all the same. */
const looked: Record<string, string> = {
  decko: "MIT",
  "png-js": "MIT",
  stickyfill: "MIT",
  "dejavu-fonts-ttf": "Bitstream Vera and Arev font licenses: may be embedded and handed on",
};

/** For development only, used unchanged and not handed on. */
const developmentOnly = new Set(["MPL-2.0", "CC-BY-4.0"]);

export interface Licensed {
  name: string;
  version: string;
  license: string;
  development: boolean;
}

/** In the order of names. */
export function licensesOf(packages: Record<string, LockedPackage>): Licensed[] {
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, { version = "", license, dev = false }]) => {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      return { name, version, license: looked[name] ?? license ?? "unknown", development: dev };
    })
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/** Those that somebody has to look at before they may be used. */
export function questionable(all: readonly Licensed[]): Licensed[] {
  return all.filter(
    ({ name, license, development }) => looked[name] === undefined && !permissive.has(license) && !(development && developmentOnly.has(license)),
  );
}

export function licensePage(all: readonly Licensed[]): string {
  const shipped = new Map<string, string[]>();
  for (const { name, version, license, development } of all)
    if (!development) shipped.set(license, [...(shipped.get(license) ?? []), `${name} ${version}`]);
  const sections = [...shipped].sort(([a], [b]) => (a < b ? -1 : 1)).map(([license, names]) => `## ${license}\n\n${names.join(", ")}\n`);
  const head =
    "# Licenses\n\nOf everything that is installed to run the service, read from the lockfile. Made by `npx tsx infra/supply/main.ts`; do not edit.\n";
  return [head, ...sections].join("\n");
}
