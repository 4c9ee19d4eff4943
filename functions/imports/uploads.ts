/** Files that were handed in, wherever they are kept. */
export interface Upload {
  bytes: number;
  /** Another one where the file was replaced. */
  version: string;
  content: AsyncIterable<Uint8Array>;
}

export interface Uploads {
  /**
   * Null: nothing was handed in, or it is gone.
   * @param version the one to be read; null: whichever is there
   * @throws Unreadable `upload-replaced` where another version is there
   */
  open(importId: string, version: string | null): Promise<Upload | null>;
}

/** Larger files are refused: work in /tmp and in memory is measured for these. */
export const mostUploadBytes = 256 * 1024 * 1024;

/** How long a file is kept: a preview must be committed within. */
export const uploadDays = 7;
