import type { Problem } from "../shared/problem";
import type { Session } from "../shared/session";
import { useLoaded } from "../shared/useLoaded";
import { listTokens, type Query, type TokenPage } from "./tokensApi";

export interface TokenList extends TokenPage {
  loading: boolean;
  /** Whether the tokens do not belong to the current query. */
  isStale: boolean;
  /** Whether nothing has been loaded yet. */
  isFirst: boolean;
  problem?: Problem;
  /** True if the user has never created a token, so that there is nothing to search or filter. */
  none: boolean;
  reload(): void;
}

const NOTHING: TokenPage & { none: boolean } = { tokens: [], total: 0, none: false };

/** One page of the user's tokens, reloaded whenever the query changes. */
export function useTokenList(session: Session, query: Query): TokenList {
  const { value, ...state } = useLoaded(NOTHING, JSON.stringify(query), (signal) => fetchPage(session, query, signal));
  return { ...value, ...state };
}

async function fetchPage(session: Session, query: Query, signal: AbortSignal): Promise<TokenPage & { none: boolean }> {
  const found = await listTokens(session, query, signal);
  const untouched = query.search.trim() === "" && query.status === "current";
  if (found.total > 0 || !untouched) {
    return { ...found, none: false };
  }
  const ever = await listTokens(session, { ...query, status: "all", page: 1, perPage: 0 }, signal);
  return { ...found, none: ever.total === 0 };
}
