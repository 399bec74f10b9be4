import { useState } from "react";
import { LoadingRows } from "../shared/LoadingRows";
import { useMessages } from "../shared/messages";
import { NothingFound } from "../shared/NothingFound";
import { ProblemAlert } from "../shared/ProblemAlert";
import { SMALLEST_PAGE, TokenPagination } from "../shared/TokenPagination";
import { useLoaded } from "../shared/useLoaded";
import { useSelection } from "../shared/useSelection";
import { useToasts } from "../shared/useToasts";
import { useAdmin } from "./AdminContext";
import { AdminTable } from "./AdminTable";
import { AdminToolbar } from "./AdminToolbar";
import { setAddress, useAddress } from "./address";
import type { AdminScope, AdminToken, AdminTokenPage } from "./adminApi";
import { type AdminQuery, addressParameters, FIRST_QUERY, isFiltered, listParameters, queryOf } from "./query";
import type { Revocation } from "./revocation";
import { tokenScopes } from "./scopes";
import { type OpenDialog, TokenDialogs } from "./TokenDialogs";
import { useLastPage } from "./useLastPage";
import { useUsername } from "./useUsername";

const NO_SCOPES: AdminScope[] = [];
const NOTHING: AdminTokenPage = { tokens: [], total: 0 };

/** The realm's tokens: search, list, details, revocation, and new ones for service accounts. */
export function TokensTab() {
  const { t, count } = useMessages();
  const { api, rights } = useAdmin();
  const query = queryOf(useAddress());
  const show = (next: AdminQuery) => setAddress(addressParameters(next), true);
  const list = useLoaded(NOTHING, String(listParameters(query)), (signal) => api.list(query, signal));
  // If they cannot be loaded, the filter offers the built-in ones.
  const scopes = useLoaded(NO_SCOPES, "", (signal) => api.scopes(signal));
  const { tokens, total } = list.value;
  const canRevokeAny = rights.revoke || tokens.some((token) => token.access.revoke);
  const selection = useSelection(tokens, isRevocable);
  const [open, setOpen] = useState<OpenDialog>();
  const revoke = (revocation: Revocation) => setOpen({ kind: "revocation", revocation });
  const toasts = useToasts();
  useLastPage(list, query, show);
  useUsername(api, query, show);

  const idle = !list.loading && !list.problem;
  return (
    <>
      <AdminToolbar
        query={query}
        onQuery={show}
        scopes={tokenScopes(scopes.value)}
        total={total}
        selected={list.isStale ? [] : selection.tokens}
        onRefresh={list.reload}
        canRevokeAny={canRevokeAny}
        onCreate={() => setOpen({ kind: "creation" })}
        onRevoke={revoke}
      />
      {list.problem && <ProblemAlert problem={list.problem} session={api.session} onRetry={list.reload} />}
      <p role="status" className="pf-v5-screen-reader">
        {idle && count("apiTokensFound", total)}
      </p>
      {list.isFirst && list.loading && <LoadingRows />}
      {tokens.length > 0 && (
        <AdminTable
          tokens={tokens}
          isBusy={list.isStale}
          query={query}
          onQuery={show}
          canRevokeAny={canRevokeAny}
          selection={selection}
          onDetails={(token) => setOpen({ kind: "details", token })}
          onRevoke={revoke}
          onEndPrevious={(token) => setOpen({ kind: "endPrevious", token })}
        />
      )}
      {total > SMALLEST_PAGE && (
        <TokenPagination
          pages={query}
          onPages={(pages) => show({ ...query, ...pages })}
          total={total}
          variant="bottom"
        />
      )}
      {idle && total === 0 && (
        <NothingFound
          advice={isFiltered(query) ? undefined : t("apiTokensNobodyHasAny")}
          onShowAll={() => show({ ...FIRST_QUERY, status: "all" })}
        />
      )}
      <TokenDialogs open={open} onOpen={setOpen} onChanged={list.reload} onDone={toasts.show} />
      {toasts.element}
    </>
  );
}

function isRevocable(token: AdminToken): boolean {
  return token.status !== "revoked" && token.access.revoke;
}
