/** Bundles as the stack bundles a function, into one file. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

export type Source = { entryPoints: string[] } | { stdin: { contents: string; resolveDir: string } };

export interface Bundled {
  url: string;
  bytes: number;
}

/** @param providers `left-out`: without the ways to credentials that Lambda never takes, as the stack does; `all`: as the SDK comes */
export async function bundled(folder: string, name: string, source: Source, providers: "left-out" | "all" = "left-out"): Promise<Bundled> {
  // Loaded here, last: the CDK is large.
  const { bundling, projectRoot } = await import("../../infra/bundling.ts");
  const { format, target, mainFields, minify, externalModules } = bundling;
  const outfile = join(folder, `${name}.mjs`);
  const { metafile } = await build({
    ...source,
    outfile,
    bundle: true,
    platform: "node",
    format,
    target,
    mainFields: [...mainFields],
    minify,
    external: providers === "all" ? [] : [...externalModules],
    absWorkingDir: projectRoot,
    metafile: true,
    logLevel: "error",
  });
  return { url: pathToFileURL(outfile).href, bytes: Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0) };
}
