import { useCallback, useEffect, useState } from "react";
import { asProblem, type Problem } from "../shared/problem";
import type { Session } from "../shared/session";
import { listTokens, type Query, type TokenPage } from "./tokensApi";

export interface TokenList extends TokenPage {
  loading: boolean;
  problem?: Problem;
  /** True where the user has never made a token, so that there is nothing to search or filter either. */
  none: boolean;
  reload(): void;
}

const NOTHING: TokenPage & { none: boolean } = { tokens: [], total: 0, none: false };

/** One page of the user's tokens, asked for anew whenever the query changes. */
export function useTokenList(session: Session, query: Query): TokenList {
  const { search, status, page, perPage } = query;
  const [answer, setAnswer] = useState(NOTHING);
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);

  useEffect(() => {
    const aborter = new AbortController();
    setLoading(true);
    fetchPage(session, { search, status, page, perPage }, aborter.signal)
      .then((found) => {
        setAnswer(found);
        setProblem(undefined);
      })
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => !aborter.signal.aborted && setLoading(false));
    return () => aborter.abort();
  }, [session, search, status, page, perPage, round]);

  const reload = useCallback(() => setRound((number) => number + 1), []);
  return { ...answer, loading, problem, reload };
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
