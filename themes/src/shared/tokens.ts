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
  /** Where the realm keeps it. */
  lastUsedAddress?: string;
  revokedAt: string | null;
}

export interface CreatedToken extends ApiToken {
  /** The token string; this answer is the only one that has it. */
  token: string;
  /** Until when the secret works that this one replaces, null for no more; undefined for a token that is new. */
  oldUntil?: string | null;
}

/** What a new token shall be; where it is for a service account, `client` is the client id. */
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

/** Whether a token has a week left at most. */
export function expiresSoon({ status, expiresAt }: ApiToken, now: Date): boolean {
  return (
    status === "active" && expiresAt !== null && new Date(expiresAt).getTime() - now.getTime() <= SOON_DAYS * 86_400_000
  );
}
