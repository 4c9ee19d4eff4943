/**
 * The library that writes PDF, and the fonts that are put into each document. Fetched when a document is asked for: the
 * other requests of the same function neither load nor wait for them.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type PDFDocument from "pdfkit";

export type Pdf = InstanceType<typeof PDFDocument>;

export interface PdfKit {
  open(options: PDFKit.PDFDocumentOptions): Pdf;
  regular: Buffer;
  bold: Buffer;
}

let loaded: Promise<PdfKit> | undefined;

/** Loaded once for the life of the process. */
export function pdfKit(): Promise<PdfKit> {
  loaded ??= load();
  loaded.catch(() => {
    loaded = undefined;
  });
  return loaded;
}

const modules = createRequire(import.meta.url);

async function load(): Promise<PdfKit> {
  // The package exports its program only; the same in one file lies beside it.
  const library = fileOf("pdfkit.standalone.js", () => join(dirname(modules.resolve("pdfkit")), "pdfkit.standalone.js"));
  const font = (name: string) => readFile(fileOf(name, () => modules.resolve(`dejavu-fonts-ttf/ttf/${name}`)));
  const [regular, bold] = await Promise.all([font("DejaVuSansCondensed.ttf"), font("DejaVuSansCondensed-Bold.ttf")]);
  const Document = modules(library) as typeof PDFDocument;
  return { open: (options) => new Document(options), regular, bold };
}

/**
 * In a bundle the file lies beside the function's code: the stack copies it there, since a bundler takes in code that is
 * imported, and this is nine tenths of what the function would be. On a machine with `node_modules` it is in its package.
 */
function fileOf(name: string, installed: () => string): string {
  const beside = fileURLToPath(new URL(`./${name}`, import.meta.url));
  return existsSync(beside) ? beside : installed();
}
