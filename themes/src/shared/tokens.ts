/** The responses of our APIs. */
export type Status = "active" | "expired" | "revoked";

/** A scope that a token has by name, but not now. */
export interface InactiveScope {
  name: string;
  reason: "not_grantable" | "missing_role";
}

export interface ApiToken {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  /** Absent if the token has all its scopes. */
  inactiveScopes?: InactiveScope[];
  /** The alias of the organization, or the ID of a deleted one; absent if the token is not bound to one. */
  organization?: string;
  /** Why the token cannot be used for its organization now. */
  inactiveOrganization?: "deleted" | "disabled" | "not_member";
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
  scopes: string[];
  organization?: string;
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
