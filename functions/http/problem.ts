/**
 * What a caller reads when a request cannot be answered: problem+json (RFC 9457) with a stable `code`, and where
 * fields are wrong the place of each as a JSON pointer (RFC 6901) and what to mend there.
 */

/** Where a pointer points into: the body, the query (`/limit`), the path (`/accountId`) or a header (`/if-match`). */
export type Place = "body" | "query" | "path" | "header";

export interface FieldError {
  in: Place;
  pointer: string;
  detail: string;
}

/** The phrase of each status that the service answers problems with. */
const phrases = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;

export type ProblemStatus = keyof typeof phrases;

/** More errors than these are counted, not listed: a body of a megabyte must not become an answer of ten. */
export const mostErrorsListed = 50;

/** A request that cannot be answered as it is. Thrown anywhere below `serve`, answered there. */
export class Problem extends Error {
  readonly status: ProblemStatus;
  /** Stable and kebab-case: programs may branch on it. */
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: ProblemStatus, code: string, detail: string, more: { errors?: readonly FieldError[]; headers?: Record<string, string> } = {}) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors: FieldError[];
  errorCount: number;
  requestId: string | null;
}

export function describeProblem(problem: Problem, requestId: string | null): ProblemDocument {
  return {
    type: "about:blank",
    title: phrases[problem.status],
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    errors: problem.errors.slice(0, mostErrorsListed),
    errorCount: problem.errors.length,
    requestId,
  };
}

/** JSON pointer (RFC 6901) of a path into a document: `["lines", 0, "a/b"]` → `/lines/0/a~1b`. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** A value for a message: in backticks, short, without what a terminal could act on. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const plain = (text ?? "nothing").replace(/[\p{C}`]/gu, "?");
  return `\`${plain.length > 60 ? `${plain.slice(0, 60)}…` : plain}\``;
}

/** A 404 with the code `license-not-found` for a `licenseId` that is not recorded. */
export function notFound(what: string, idName: string, id: string | undefined, place: Place = "path"): Problem {
  const detail = `there is no ${what} ${shown(id ?? "")}`;
  return new Problem(404, `${what.replaceAll(" ", "-")}-not-found`, detail, {
    errors: [{ in: place, pointer: `/${idName}`, detail: "is not known" }],
  });
}

/** The problem of a part of the body, with pointers into the whole. */
export function beneath(problem: Problem, at: readonly PropertyKey[]): Problem {
  const errors = problem.errors.map((error) => (error.in === "body" ? { ...error, pointer: pointerTo(at) + error.pointer } : error));
  return new Problem(problem.status, problem.code, problem.message, { errors, headers: problem.headers });
}
