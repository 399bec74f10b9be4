import { useMemo, useRef } from "react";
import { CheckCell, DataTable, Head, SortHead } from "../shared/DataTable";
import { useMessages } from "../shared/messages";
import type { ApiToken } from "../shared/tokens";
import type { Selection } from "../shared/useSelection";
import { TokenRow } from "./TokenRow";
import type { TokenActions } from "./tokenActions";
import { type Query, type Sort, sortedBy } from "./tokensApi";
import { useCollapsed } from "./useCollapsed";

interface Props {
  tokens: ApiToken[];
  /** Whether the tokens do not belong to the current query. */
  isBusy: boolean;
  query: Query;
  onQuery(query: Query): void;
  selection: Selection;
  showOrganization: boolean;
  mayChange: boolean;
  actions: TokenActions;
}

export function TokenTable(props: Props) {
  const { tokens, isBusy, query, onQuery, selection, showOrganization, mayChange, actions } = props;
  const { t, locale } = useMessages();
  const box = useRef<HTMLDivElement>(null);
  const content = useMemo(() => ({ tokens, locale, mayChange }), [tokens, locale, mayChange]);
  const actionsInMenu = useCollapsed(box, content);
  const sortHead = (sort: Sort, label: string, isExtra = false) => (
    <SortHead
      isExtra={isExtra}
      sorted={query.sort === sort ? (query.order === "asc" ? "ascending" : "descending") : undefined}
      onSort={() => onQuery(sortedBy(sort, query))}
    >
      {label}
    </SortHead>
  );
  const head = (
    <>
      <CheckCell
        label={t("apiTokensSelectAll")}
        checked={selection.allSelected}
        disabled={isBusy || tokens.every((token) => token.status === "revoked")}
        onChange={selection.toggleAll}
      />
      {sortHead("name", t("apiTokensName"))}
      {sortHead("prefix", t("apiTokensToken"))}
      {sortHead("scopes", t("apiTokensScopes"))}
      {showOrganization && sortHead("organization", t("apiTokensOrganization"))}
      {sortHead("created", t("apiTokensCreatedAt"), showOrganization)}
      {sortHead("lastUsed", t("apiTokensLastUsed"))}
      {sortHead("expires", t("apiTokensExpires"))}
      {sortHead("status", t("apiTokensStatus"))}
      <Head>
        <span className="pf-v5-screen-reader">{t("apiTokensAction")}</span>
      </Head>
    </>
  );
  return (
    <div ref={box}>
      <DataTable label={t("apiTokens")} className="qh-tokens qh-own-tokens" isBusy={isBusy} head={head}>
        {tokens.map((token) => (
          <TokenRow
            key={token.id}
            token={token}
            selection={selection}
            showOrganization={showOrganization}
            mayChange={mayChange}
            actionsInMenu={actionsInMenu}
            actions={actions}
          />
        ))}
      </DataTable>
    </div>
  );
}
