/** A file of which no row can be read: what is wrong with it as a whole, for the person who made it. */
export class Unreadable extends Error {
  /** Stable and kebab-case: programs may branch on it. */
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.name = "Unreadable";
    this.code = code;
  }
}
