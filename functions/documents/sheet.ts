/**
 * Pages of A4 with headings, paragraphs and tables, filled from top to bottom. Everything is text in an embedded font:
 * no pictures, links, forms or scripts, and nothing is fetched. The same content gives the same bytes.
 */
import type { Pdf, PdfKit } from "./pdf-kit.ts";
import { printable } from "./printable.ts";
import { black, bottom, type Column, innerWidth, lineColor, page, type Row, type StyleName, sheetWidth, styles } from "./sheet-layout.ts";

interface SetRow {
  columns: readonly Column[];
  texts: readonly string[];
  style: StyleName;
  height: number;
}

/** What goes into one cell of one row: in the narrowest column that takes long texts, less than a page. */
const longest = /^.{0,2000}/su;

export class Sheet {
  readonly #pdf: Pdf;
  readonly #chunks: Buffer[] = [];
  readonly #hasGlyph: (codePoint: number) => boolean;
  #y = page.margin;
  #repeated: Row | null = null;

  /** @param made when what it says was made: the only time in it */
  constructor({ open, regular, bold }: PdfKit, { title, made, by }: { title: string; made: Date; by: string }) {
    const info = { Title: title, Creator: by, Producer: by, CreationDate: made, ModDate: made };
    // No font to begin with: the library's own are read from files that are not there.
    this.#pdf = open({
      size: "A4",
      margin: 0,
      bufferPages: true,
      font: null as unknown as string,
      lang: "en",
      displayTitle: true,
      pdfVersion: "1.7",
      info,
    });
    this.#pdf.on("data", (chunk: Uint8Array) => this.#chunks.push(Buffer.from(chunk)));
    this.#pdf.registerFont("bold", bold).registerFont("regular", regular).font("regular");
    const { font } = (this.#pdf as unknown as { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } })._font;
    this.#hasGlyph = (codePoint) => font.hasGlyphForCodePoint(codePoint);
  }

  space(points: number): void {
    this.#y += points;
  }

  write(style: StyleName, text: string): void {
    this.row([{ width: sheetWidth }], [text], style);
  }

  /** A heading stays with what follows it: at least 40 points of the page are left below. */
  heading(text: string): void {
    this.space(10);
    if (this.#y + 54 > bottom) this.#next();
    this.write("heading", text);
    this.space(2);
  }

  /** One row of a table; each cell wraps in its column. */
  row(columns: readonly Column[], cells: readonly string[], style: StyleName = "body"): void {
    this.together([{ columns, cells, style }]);
  }

  /** Rows that no page's end comes between. */
  together(rows: readonly Row[]): void {
    const set = rows.flatMap((row) => this.#set(row));
    const height = set.reduce((sum, row) => sum + row.height, 0);
    if (this.#y + height > bottom) this.#next();
    for (const row of set) this.#put(row);
  }

  /** From here on every new page begins with this row; null: no more. */
  repeat(row: Row | null): void {
    this.#repeated = row;
  }

  /** A line across. */
  rule(): void {
    if (this.#y + 6 > bottom) this.#next();
    this.#pdf
      .moveTo(page.margin, this.#y + 1)
      .lineTo(page.width - page.margin, this.#y + 1)
      .lineWidth(0.5)
      .strokeColor(lineColor)
      .stroke();
    this.#y += 5;
  }

  /** The document's bytes, with this at the foot of every page and its number. */
  async finish(foot: string): Promise<Buffer> {
    const ended = new Promise<void>((resolve, reject) => this.#pdf.on("end", () => resolve()).on("error", reject));
    const { count } = this.#pdf.bufferedPageRange();
    for (let n = 0; n < count; n++) {
      this.#pdf.switchToPage(n);
      this.#use("small");
      const y = page.height - page.margin + 4;
      this.#pdf.text(printable(foot, this.#hasGlyph), page.margin, y, { width: sheetWidth - 80, lineBreak: false });
      this.#pdf.text(`page ${n + 1} of ${count}`, page.width - page.margin - 80, y, { width: 80, align: "right" });
    }
    this.#pdf.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }

  #next(): void {
    this.#pdf.addPage();
    this.#y = page.margin;
    const repeated = this.#repeated;
    if (repeated === null) return;
    for (const row of this.#set(repeated)) this.#put(row);
    this.rule();
  }

  /** The row as it will stand. What is too long for one page goes on in another row. */
  #set({ columns, cells, style }: Row): SetRow[] {
    this.#use(style);
    const texts = cells.map((cell) => printable(cell, this.#hasGlyph));
    const now = texts.map((text) => longest.exec(text)?.[0] ?? "");
    const later = texts.map((text, n) => text.slice(now[n]?.length));
    const heights = columns.map((_, n) => (now[n] ? this.#pdf.heightOfString(now[n], { width: innerWidth(columns, n) }) : 0));
    const row = { columns, texts: now, style, height: Math.max(...heights) + 2 };
    return later.some((text) => text !== "") ? [row, ...this.#set({ columns, cells: later, style })] : [row];
  }

  #put({ columns, texts, style, height }: SetRow): void {
    if (this.#y + height > bottom) this.#next();
    this.#use(style);
    let x = page.margin;
    for (const [n, { width, align }] of columns.entries()) {
      if (texts[n]) this.#pdf.text(texts[n], x, this.#y, { width: innerWidth(columns, n), align: align ?? "left" });
      x += width;
    }
    this.#y += height;
  }

  #use(name: StyleName): void {
    const { size, bold, color } = styles[name];
    this.#pdf
      .font(bold ? "bold" : "regular")
      .fontSize(size)
      .fillColor(color ?? black);
  }
}
