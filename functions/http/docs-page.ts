/**
 * The API page: Redoc, shown from this service alone. Nothing is fetched from elsewhere, and the page may not try.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

export const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Good Standing: the HTTP API</title>
<style>body { margin: 0 }</style>
</head>
<body>
<redoc spec-url="/v1/openapi.json" hide-download-button="false" native-scrollbars="true"></redoc>
<noscript>The API is described in <a href="/v1/openapi.json">/v1/openapi.json</a>.</noscript>
<script src="/docs/redoc.js"></script>
</body>
</html>
`;

/** Redoc sets styles from its script and searches in a worker that it makes of itself. */
export const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** In place of the one picture that Redoc would fetch from its makers: nothing to see. */
const noPicture = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

let script: Promise<Buffer> | undefined;

/** Redoc's script, compressed once for the life of the process: a third of its size, and well under what a function may answer. */
export function redocScript(): Promise<Buffer> {
  script ??= redocSource().then((source) => gzipSync(source.replaceAll("https://cdn.redoc.ly/redoc/logo-mini.svg", noPicture)));
  script.catch(() => {
    script = undefined;
  });
  return script;
}

/**
 * In a bundle the file lies beside the function's code: the stack copies it there, since a bundler takes in code that is
 * imported, and this is a file to hand on. On a machine with `node_modules` it is taken from Redoc's package.
 */
async function redocSource(): Promise<string> {
  try {
    return await readFile(new URL("./redoc.standalone.js", import.meta.url), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return readFile(createRequire(import.meta.url).resolve("redoc/bundles/redoc.standalone.js"), "utf8");
  }
}
