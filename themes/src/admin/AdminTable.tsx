import { CheckCell, DataTable, Head, SortHead } from "../shared/DataTable";
import { useMessages } from "../shared/messages";
import type { Selection } from "../shared/useSelection";
import { AdminRow } from "./AdminRow";
import type { AdminToken } from "./adminApi";
import type { AdminQuery, Sort } from "./query";
import type { Revocation } from "./revocation";

interface Props {
  tokens: AdminToken[];
  /** Whether the tokens do not belong to the current query. */
  isBusy: boolean;
  query: AdminQuery;
  onQuery(query: AdminQuery): void;
  /** Whether the admin may revoke any of the tokens. */
  canRevokeAny: boolean;
  selection: Selection<AdminToken>;
  onDetails(token: AdminToken): void;
  onRevoke(revocation: Revocation): void;
  onEndPrevious(token: AdminToken): void;
}

export function AdminTable(props: Props) {
  const { tokens, isBusy, query, onQuery, canRevokeAny, selection } = props;
  const { t } = useMessages();
  const showOrganization = tokens.some((token) => token.organization);
  const sortHead = (sort: Sort, label: string, isExtra = false) => (
    <SortHead
      isExtra={isExtra}
      sorted={query.sort === sort ? (query.descending ? "descending" : "ascending") : undefined}
      onSort={() =>
        onQuery({ ...query, sort, descending: query.sort === sort ? !query.descending : sort !== "prefix", page: 1 })
      }
    >
      {label}
    </SortHead>
  );
  const head = (
    <>
      {canRevokeAny && (
        <CheckCell
          label={t("apiTokensSelectAll")}
          checked={selection.allSelected}
          disabled={isBusy || !tokens.some((token) => token.status !== "revoked" && token.access.revoke)}
          onChange={selection.toggleAll}
        />
      )}
      <Head>{t("apiTokensName")}</Head>
      <Head>{t("apiTokensOwner")}</Head>
      {sortHead("prefix", t("apiTokensToken"), true)}
      <Head>{t("apiTokensScopes")}</Head>
      {showOrganization && <Head>{t("apiTokensOrganization")}</Head>}
      {sortHead("created", t("apiTokensCreatedAt"))}
      {sortHead("lastUsed", t("apiTokensLastUsed"))}
      {sortHead("expires", t("apiTokensExpires"))}
      <Head>{t("apiTokensStatus")}</Head>
      {canRevokeAny && (
        <Head>
          <span className="pf-v5-screen-reader">{t("apiTokensAction")}</span>
        </Head>
      )}
    </>
  );
  return (
    <DataTable label={t("apiTokens")} className="qh-tokens" isBusy={isBusy} head={head}>
      {tokens.map((token) => (
        <AdminRow
          key={token.id}
          token={token}
          selection={canRevokeAny ? selection : undefined}
          showOrganization={showOrganization}
          onDetails={() => props.onDetails(token)}
          onRevoke={props.onRevoke}
          onEndPrevious={() => props.onEndPrevious(token)}
          onShowOwner={() => onQuery({ ...query, user: token.username ?? token.userId, page: 1 })}
        />
      ))}
    </DataTable>
  );
}
