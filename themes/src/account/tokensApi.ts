import { realmUrl } from "../shared/environment";
import { send } from "../shared/http";
import type { CreationRules } from "../shared/scopes";
import { withoutSecret } from "../shared/secrets";
import type { Session } from "../shared/session";
import type { ApiToken, CreatedToken, Status, TokenRequest } from "../shared/tokens";
import { joinUrl } from "../shared/url";

/** Which tokens to list; "current" are those that are not revoked. */
export type StatusFilter = Status | "all" | "current";

export const SORTS = ["name", "prefix", "scopes", "organization", "created", "lastUsed", "expires", "status"] as const;
export type Sort = (typeof SORTS)[number];
export type Order = "asc" | "desc";

export interface Query {
  search: string;
  status: StatusFilter;
  sort: Sort;
  order: Order;
  page: number;
  perPage: number;
}

export const FIRST_PAGE: Query = {
  search: "",
  status: "current",
  sort: "created",
  order: "desc",
  page: 1,
  perPage: 20,
};

/** The list sorted by a column; in the other direction if it was sorted by this column before. */
export function sortedBy(sort: Sort, query: Query): Query {
  const first: Order = sort === "created" || sort === "lastUsed" ? "desc" : "asc";
  const other: Order = query.order === "asc" ? "desc" : "asc";
  return { ...query, sort, order: query.sort === sort ? other : first, page: 1 };
}

export interface TokenPage {
  tokens: ApiToken[];
  total: number;
}

/** The realm's rules for new tokens, and what the user may choose. */
export interface Policy extends CreationRules {
  /** The URL of the realm's own page about API tokens. */
  helpUrl: string | null;
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
export interface TokenChanges {
  name: string;
  description: string;
  /** null to allow all networks; omitted if they do not change. */
  allowedNetworks?: string[] | null;
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
  if (query.sort !== "created" || query.order !== "desc") {
    parameters.set("sort", query.sort);
    parameters.set("order", query.order);
  }
  const response = await send(session, `${url}?${parameters}`, { signal });
  const tokens = (await response.json()) as ApiToken[];
  return { tokens, total: Number(response.headers.get("X-Total-Count") ?? tokens.length) };
}

const NAMED = 100;

/** The tokens that are not revoked and whose name contains this one, newest first. */
export async function tokensNamed(session: Session, name: string): Promise<ApiToken[]> {
  return (await listTokens(session, { ...FIRST_PAGE, search: name, perPage: NAMED })).tokens;
}

export async function readToken(session: Session, id: string): Promise<ApiToken> {
  return (await (await send(session, joinUrl(url, encodeURIComponent(id)))).json()) as ApiToken;
}

export async function createToken(session: Session, token: TokenRequest, key: string): Promise<CreatedToken> {
  const response = await send(session, url, { method: "POST", body: token, key });
  return (await response.json()) as CreatedToken;
}

/** Changes a token without a new secret. */
export async function editToken(session: Session, id: string, changes: TokenChanges): Promise<void> {
  await send(session, joinUrl(url, encodeURIComponent(id)), { method: "PATCH", body: changes });
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
