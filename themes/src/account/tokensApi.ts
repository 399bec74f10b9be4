import { realmUrl } from "../shared/environment";
import { send } from "../shared/http";
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

const url = realmUrl("api-tokens");

export async function listTokens(session: Session, query: Query, signal?: AbortSignal): Promise<TokenPage> {
  const parameters = new URLSearchParams({
    first: String((query.page - 1) * query.perPage),
    max: String(query.perPage),
  });
  if (query.search.trim()) {
    parameters.set("search", query.search.trim());
  }
  if (query.status !== "current") {
    parameters.set("status", query.status);
  }
  const response = await send(session, `${url}?${parameters}`, { signal });
  const tokens = (await response.json()) as ApiToken[];
  return { tokens, total: Number(response.headers.get("X-Total-Count") ?? tokens.length) };
}

export async function createToken(session: Session, token: TokenRequest): Promise<CreatedToken> {
  const response = await send(session, url, { method: "POST", body: token });
  return (await response.json()) as CreatedToken;
}

export async function revokeToken(session: Session, id: string): Promise<void> {
  await send(session, joinUrl(url, encodeURIComponent(id)), { method: "DELETE" });
}
