/**
 * Why a call failed.
 *
 * network: no response; session: the user is no longer signed in; stepUp: the sign-in is too old; refused: the server
 * rejected the call with a reason; server: the server failed.
 */
export type ProblemKind = "network" | "session" | "stepUp" | "refused" | "server";

export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly status = 0,
    /** The error description of the server, in English. */
    readonly description = "",
    readonly maxAge?: number,
    /** Whether the provider itself reported the error, so that nothing was changed. */
    private readonly isReported = false,
  ) {
    super(`${kind} ${status}`);
  }

  /** Whether the server may have carried out the call. */
  get isOutcomeUnknown(): boolean {
    return this.kind === "network" || (this.kind === "server" && !this.isReported);
  }
}

/** Converts a thrown value to a Problem. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem("network");
}
