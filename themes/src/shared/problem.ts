/**
 * Why a call failed.
 *
 * network: no response; session: the user is no longer signed in; stepUp: the sign-in is too old; refused: the server
 * rejected the call with a reason; server: the server failed.
 */
export type ProblemKind = "network" | "session" | "stepUp" | "refused" | "server";

interface Details {
  /** The maximum age of the sign-in, in seconds. */
  maxAge?: number;
  /** The provider's code of the error; undefined if the provider did not report it. */
  code?: string;
  /** The URL of the token that the error is about. */
  location?: string | null;
}

export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly status = 0,
    /** The error description of the server, in English. */
    readonly description = "",
    private readonly details: Details = {},
  ) {
    super(`${kind} ${status}`);
  }

  get maxAge(): number | undefined {
    return this.details.maxAge;
  }

  /** Whether the server may have carried out the call. */
  get isOutcomeUnknown(): boolean {
    return this.kind === "network" || (this.kind === "server" && this.details.code === undefined);
  }

  /** Whether the server has carried out an earlier call with the same key, whose answer it cannot repeat. */
  get isRepeated(): boolean {
    return this.details.code === "repeated_request";
  }

  /** The ID of the token that the earlier call created. */
  get tokenId(): string | undefined {
    return this.details.location?.split("/").pop();
  }
}

/** Converts a thrown value to a Problem. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem("network");
}
