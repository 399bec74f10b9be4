/** What our APIs answer. */
export type Scope = "read" | "write";
export type Status = "active" | "expired" | "revoked";

export const SCOPES: readonly Scope[] = ["read", "write"];

export interface ApiToken {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  status: Status;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface CreatedToken extends ApiToken {
  /** The token string; this answer is the only one that has it. */
  token: string;
}

/** What a new token shall be; where it is for a service account, `client` is the client id. */
export interface TokenRequest {
  client?: string;
  name: string;
  scopes: Scope[];
  expiresAt?: string;
}

export function shortForm(token: ApiToken): string {
  return `qh_${token.prefix}…`;
}
