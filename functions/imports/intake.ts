/** Where files of an import are handed in, and where the work on them waits for its turn. */
export interface ImportIntake {
  /** An address that takes the file by `PUT`, without a body of JSON and without further identity, for a while. */
  uploadUrl(importId: string): Promise<string>;
  /** Has the work on an import go on. Asking twice is as good as once. */
  enqueue(importId: string): Promise<void>;
}
