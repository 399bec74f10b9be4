/** The responses of our APIs. */
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
  /** Present if the realm records it. */
  lastUsedAddress?: string;
  revokedAt: string | null;
}

export interface CreatedToken extends ApiToken {
  /** The token string, which only this response contains. */
  token: string;
  /** The time until which the replaced secret is valid; null if it is invalid, undefined for a new token. */
  oldUntil?: string | null;
}

/** A request for a new token; for a service account, `client` is the client ID. */
export interface TokenRequest {
  client?: string;
  name: string;
  scopes: Scope[];
  expiresAt: string | null;
}

export function shortForm(token: ApiToken): string {
  return `qh_${token.prefix}…`;
}

const SOON_DAYS = 7;

/** Whether a token expires within a week. */
export function expiresSoon({ status, expiresAt }: ApiToken, now: Date): boolean {
  return (
    status === "active" && expiresAt !== null && new Date(expiresAt).getTime() - now.getTime() <= SOON_DAYS * 86_400_000
  );
}
