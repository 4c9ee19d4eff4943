/** Shows how far an import is: a bar on a terminal, a line for each tenth where a file or a program reads along. */
import type { Import } from "./service.ts";

export interface Progress {
  isTTY?: boolean;
  write(text: string): unknown;
}

const width = 30;

export function progressLine(out: Progress, towards: string): { show(progress: Import["progress"]): void; end(): void } {
  let tenths = -1;
  return {
    show(progress) {
      const share = shareOf(progress);
      const rows = progress.rowsTotal === null ? `${progress.rowsRead} rows read` : `${progress.rowsDone} of ${progress.rowsTotal} rows`;
      if (out.isTTY) {
        const full = Math.round(share * width);
        out.write(`\r\x1b[K${"█".repeat(full)}${"░".repeat(width - full)} ${rows}`);
        return;
      }
      if (Math.floor(share * 10) === tenths) return;
      tenths = Math.floor(share * 10);
      out.write(`${towards}: ${rows}\n`);
    },
    end() {
      if (out.isTTY) out.write("\r\x1b[K");
    },
  };
}

/** 0 to 1. */
function shareOf({ rowsDone, rowsTotal }: Import["progress"]): number {
  return rowsTotal === null || rowsTotal === 0 ? 0 : Math.min(1, rowsDone / rowsTotal);
}
