import type { ApiToken } from "../shared/tokens";

/** What a user can do with tokens in the list. */
export interface TokenActions {
  edit(token: ApiToken): void;
  rotate(token: ApiToken): void;
  /** Ends the validity of the secret before the last rotation. */
  endPrevious(token: ApiToken): void;
  revoke(tokens: ApiToken[]): void;
}
