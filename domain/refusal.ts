/** A question that contradicts the recorded facts or the policy: not an answer, but words for the person who must mend it. */
export interface Refusal {
  /** JSON pointer (RFC 6901) into the request. */
  pointer: string;
  detail: string;
}

/** Thrown by questions for a request that cannot be asked; callers answer it as 422. */
export class Refused extends Error {
  readonly code: string;
  readonly errors: Refusal[];

  constructor(code: string, errors: Refusal[]) {
    super(errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join("; "));
    this.name = "Refused";
    this.code = code;
    this.errors = errors;
  }
}
