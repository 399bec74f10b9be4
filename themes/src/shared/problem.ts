/**
 * Why a call did not do what it was to do.
 *
 * network: no answer; session: nobody is signed in any more; stepUp: the sign-in is too old; refused: the server says
 * why not; server: the server failed.
 */
export type ProblemKind = "network" | "session" | "stepUp" | "refused" | "server";

export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly status = 0,
    /** The server's own sentence, in English. */
    readonly description = "",
    readonly maxAge?: number,
  ) {
    super(`${kind} ${status}`);
  }
}

/** What was thrown, as a Problem. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem("network");
}
