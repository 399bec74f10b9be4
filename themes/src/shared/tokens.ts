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
  /** Can have several lines. */
  description: string | null;
  prefix: string;
  scopes: string[];
  /** Absent if the token has all its scopes. */
  inactiveScopes?: InactiveScope[];
  /** The alias of the organization, or the ID of a deleted one; absent if the token is not bound to one. */
  organization?: string;
  /** Why the token cannot be used for its organization now. */
  inactiveOrganization?: "deleted" | "disabled" | "not_member";
  /** The networks from which the token can be used; absent if it can be used from everywhere. */
  allowedNetworks?: string[];
  status: Status;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  /** Present if the realm records it. */
  lastUsedAddress?: string;
  revokedAt: string | null;
  /** The time until which the secret before the last rotation works; absent if it does not work. */
  previousSecretUntil?: string;
}

export interface CreatedToken extends ApiToken {
  /** The token string, which only this response contains. */
  token: string;
  /** The time until which the replaced secret is valid; null if it is invalid, undefined for a new token. */
  oldUntil?: string | null;
  /** Whether the token had expired before its secret was replaced. */
  renewed?: boolean;
}

/** A request for a new token; for a service account, `client` is the client ID. */
export interface TokenRequest {
  client?: string;
  name: string;
  description?: string;
  scopes: string[];
  organization?: string;
  allowedNetworks?: string[];
  expiresAt: string | null;
}

export function shortForm(token: ApiToken): string {
  return `qh_${token.prefix}…`;
}

const SHORT_LINES = 2;
const SHORT_LENGTH = 100;
/** Fewer characters are not worth a button that shows them. */
const REST = 20;

/** The start of a description for display in a list; the description itself if it is short. */
export function shortDescription(description: string): string {
  const lines = description.split("\n");
  if (lines.length <= SHORT_LINES && [...description].length <= SHORT_LENGTH + REST) {
    return description;
  }
  const start = [...lines.slice(0, SHORT_LINES).join("\n")].slice(0, SHORT_LENGTH).join("");
  return `${start.trimEnd()}…`;
}

const SOON_DAYS = 7;
/** The last part of a lifetime in which the end is near. */
const SOON_PART = 1 / 4;

/** The status for display; "soon" for a token that expires within a week and has used up most of its lifetime. */
export function shownStatus({ status, createdAt, expiresAt }: ApiToken, now: Date): Status | "soon" {
  if (status !== "active" || expiresAt === null) {
    return status;
  }
  const end = new Date(expiresAt).getTime();
  const soon = Math.min(SOON_DAYS * 86_400_000, (end - new Date(createdAt).getTime()) * SOON_PART);
  return end - now.getTime() <= soon ? "soon" : status;
}
