/** Shows how far an import is: a bar on a terminal, a line for each tenth where a file or a program reads along. */
import type { Import } from "./service.ts";

export interface Progress {
  isTTY?: boolean;
  write(text: string): unknown;
}

const width = 30;

/** @param doing such as `committing` */
export function progressLine(out: Progress, doing: string): { show(progress: Import["progress"]): void; end(): void } {
  let told = "";
  return {
    show(progress) {
      const share = shareOf(progress);
      const full = Math.round(share * width);
      if (out.isTTY) out.write(`\r\x1b[K${"█".repeat(full)}${"░".repeat(width - full)} ${doing}: ${rowsIn(progress)}`);
      const now = stageOf(progress, share);
      if (!out.isTTY && now !== told) out.write(`${doing}: ${rowsIn(progress)}\n`);
      told = now;
    },
    end() {
      if (out.isTTY) out.write("\r\x1b[K");
    },
  };
}

function rowsIn({ rowsRead, rowsDone, rowsTotal }: Import["progress"]): string {
  if (rowsTotal !== null) return `${grouped(rowsDone)} of ${grouped(rowsTotal)} rows`;
  return rowsRead === 0 ? "waiting for its turn" : `${grouped(rowsRead)} rows read`;
}

/** The same as long as there is nothing new to say where each word stays: a line as it begins, one while it reads, one for each tenth. */
function stageOf({ rowsRead, rowsTotal }: Import["progress"], share: number): string {
  if (rowsTotal === null) return rowsRead === 0 ? "waiting" : "reading";
  return String(Math.floor(share * 10));
}

function grouped(rows: number): string {
  return rows.toLocaleString("en-US");
}

/** 0 to 1. */
function shareOf({ rowsDone, rowsTotal }: Import["progress"]): number {
  return rowsTotal === null || rowsTotal === 0 ? 0 : Math.min(1, rowsDone / rowsTotal);
}
