import { useEffect } from "react";
import { LoadingRows } from "../shared/LoadingRows";
import { useMessages } from "../shared/messages";
import { NothingFound } from "../shared/NothingFound";
import { SMALLEST_PAGE, TokenPagination } from "../shared/TokenPagination";
import type { ApiToken } from "../shared/tokens";
import { useSelection } from "../shared/useSelection";
import { TokenTable } from "./TokenTable";
import { TokenToolbar } from "./TokenToolbar";
import type { TokenActions } from "./tokenActions";
import type { Query } from "./tokensApi";
import type { TokenList as List } from "./useTokenList";

interface Props {
  list: List;
  query: Query;
  /** Whether tokens can be created and rotated now. */
  mayCreate: boolean;
  onQuery(query: Query): void;
  onCreate(): void;
  actions: TokenActions;
}

/** The user's tokens: toolbar, table, pages. */
export function TokenList({ list, query, mayCreate, onQuery, onCreate, actions }: Props) {
  const { count } = useMessages();
  const selection = useSelection(list.tokens, isRevocable);
  const selected = list.isStale ? [] : selection.tokens;
  // On each page of a list that is sorted by it, or the order could not be changed there.
  const showOrganization = query.sort === "organization" || list.tokens.some((token) => token.organization);
  const beyondTheEnd = !list.loading && list.tokens.length === 0 && list.total > 0 && query.page > 1;
  useEffect(() => {
    if (beyondTheEnd) {
      onQuery({ ...query, page: Math.ceil(list.total / query.perPage) });
    }
  }, [beyondTheEnd, list.total, query, onQuery]);

  return (
    <>
      <TokenToolbar
        query={query}
        onQuery={onQuery}
        total={list.total}
        selected={selected.length}
        showOrganization={showOrganization}
        mayCreate={mayCreate}
        onCreate={onCreate}
        onRefresh={list.reload}
        onRevoke={() => actions.revoke(selected)}
      />
      <p role="status" className="pf-v5-screen-reader">
        {!list.loading && !list.problem && count("apiTokensFound", list.total)}
      </p>
      {list.isFirst && list.loading && <LoadingRows />}
      {list.tokens.length > 0 && (
        <TokenTable
          tokens={list.tokens}
          isBusy={list.isStale}
          query={query}
          onQuery={onQuery}
          selection={selection}
          showOrganization={showOrganization}
          mayChange={mayCreate}
          actions={actions}
        />
      )}
      {list.total > SMALLEST_PAGE && (
        <TokenPagination
          pages={query}
          onPages={(pages) => onQuery({ ...query, ...pages })}
          total={list.total}
          variant="bottom"
        />
      )}
      {!list.loading && !list.problem && list.total === 0 && (
        <NothingFound onShowAll={() => onQuery({ ...query, search: "", status: "all", page: 1 })} />
      )}
    </>
  );
}

const isRevocable = (token: ApiToken) => token.status !== "revoked";
