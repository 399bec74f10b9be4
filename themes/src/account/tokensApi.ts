import { realmUrl } from "../shared/environment";
import { send } from "../shared/http";
import type { CreationRules } from "../shared/scopes";
import { withoutSecret } from "../shared/secrets";
import type { Session } from "../shared/session";
import type { ApiToken, CreatedToken, Status, TokenRequest } from "../shared/tokens";
import { joinUrl } from "../shared/url";

/** Which tokens to list; "current" are those that are not revoked. */
export type StatusFilter = Status | "all" | "current";

export interface Query {
  search: string;
  status: StatusFilter;
  page: number;
  perPage: number;
}

export interface TokenPage {
  tokens: ApiToken[];
  total: number;
}

/** The realm's rules for new tokens, and what the user may choose. */
export interface Policy extends CreationRules {
  /** Days after which an unused token is revoked; null for never. */
  idleDays: number | null;
  /** Whether the user may create and rotate tokens with this console. */
  mayCreate: boolean;
  /** Whether an administrator acts as the user, and therefore may not. */
  impersonated: boolean;
}

export interface RotationRequest {
  /** How long the old secret remains valid. */
  overlapSeconds: number;
  /** null for no expiry; omitted to keep the token's expiry. */
  expiresAt?: string | null;
}

/** What an owner can change without a new secret; an empty description is removed. */
export interface TokenTexts {
  name: string;
  description: string;
}

const url = realmUrl("api-tokens");

export async function listTokens(session: Session, query: Query, signal?: AbortSignal): Promise<TokenPage> {
  const parameters = new URLSearchParams({
    first: String((query.page - 1) * query.perPage),
    max: String(query.perPage),
  });
  const search = withoutSecret(query.search).trim();
  if (search) {
    parameters.set("search", search);
  }
  if (query.status !== "current") {
    parameters.set("status", query.status);
  }
  const response = await send(session, `${url}?${parameters}`, { signal });
  const tokens = (await response.json()) as ApiToken[];
  return { tokens, total: Number(response.headers.get("X-Total-Count") ?? tokens.length) };
}

const NAMED = 100;

/** The tokens that are not revoked and whose name contains this one, newest first. */
export async function tokensNamed(session: Session, name: string): Promise<ApiToken[]> {
  return (await listTokens(session, { search: name, status: "current", page: 1, perPage: NAMED })).tokens;
}

export async function readToken(session: Session, id: string): Promise<ApiToken> {
  return (await (await send(session, joinUrl(url, encodeURIComponent(id)))).json()) as ApiToken;
}

export async function createToken(session: Session, token: TokenRequest, key: string): Promise<CreatedToken> {
  const response = await send(session, url, { method: "POST", body: token, key });
  return (await response.json()) as CreatedToken;
}

/** Changes the name and the description, without a new secret. */
export async function editToken(session: Session, id: string, texts: TokenTexts): Promise<void> {
  await send(session, joinUrl(url, encodeURIComponent(id)), { method: "PATCH", body: texts });
}

export async function revokeToken(session: Session, id: string): Promise<void> {
  await send(session, joinUrl(url, encodeURIComponent(id)), { method: "DELETE" });
}

/** Ends the validity of secrets that rotations have replaced. */
export async function endPreviousSecret(session: Session, id: string): Promise<void> {
  await send(session, joinUrl(url, `${encodeURIComponent(id)}/previous-secret`), { method: "DELETE" });
}

/** Replaces the token's secret. */
export async function rotateToken(
  session: Session,
  id: string,
  rotation: RotationRequest,
  key: string,
): Promise<CreatedToken> {
  const response = await send(session, joinUrl(url, `${encodeURIComponent(id)}/rotate`), {
    method: "POST",
    body: rotation,
    key,
  });
  return (await response.json()) as CreatedToken;
}

export async function readPolicy(session: Session, signal?: AbortSignal): Promise<Policy> {
  return (await (await send(session, joinUrl(url, "policy"), { signal })).json()) as Policy;
}
