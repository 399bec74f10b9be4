import { Button, Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import { RefreshButton } from "../shared/RefreshButton";
import { RevokeSelected } from "../shared/RevokeSelected";
import { SMALLEST_PAGE, TokenPagination } from "../shared/TokenPagination";
import { useAdmin } from "./AdminContext";
import type { AdminToken } from "./adminApi";
import { Filters } from "./Filters";
import type { AdminQuery } from "./query";
import type { Revocation } from "./revocation";

interface Props {
  query: AdminQuery;
  onQuery(query: AdminQuery): void;
  /** The names of the scopes that tokens may have. */
  scopes: string[];
  total: number;
  selected: AdminToken[];
  /** Whether the admin may revoke any of the tokens in the list. */
  canRevokeAny: boolean;
  onCreate(): void;
  onRefresh(): void;
  onRevoke(revocation: Revocation): void;
}

/** Filters in the first row, actions in the second. */
export function AdminToolbar({
  query,
  onQuery,
  scopes,
  total,
  selected,
  canRevokeAny,
  onCreate,
  onRefresh,
  onRevoke,
}: Props) {
  const { t } = useMessages();
  const { rights } = useAdmin();
  return (
    <Toolbar id="api-tokens-toolbar" inset={{ default: "insetNone" }}>
      <ToolbarContent>
        <Filters query={query} scopes={scopes} onQuery={onQuery} />
      </ToolbarContent>
      <ToolbarContent>
        {rights.create && (
          <ToolbarItem>
            <Button id="create-api-token" variant="primary" onClick={onCreate}>
              {t("apiTokensCreateForClient")}
            </Button>
          </ToolbarItem>
        )}
        {canRevokeAny && (
          <ToolbarItem>
            <RevokeSelected
              selected={selected.length}
              onRevoke={() => onRevoke({ kind: "tokens", tokens: selected })}
            />
          </ToolbarItem>
        )}
        {rights.revoke && total > 0 && query.status !== "revoked" && (
          <ToolbarItem>
            <Button id="revoke-matching" variant="link" isDanger onClick={() => onRevoke({ kind: "match", query })}>
              {t("apiTokensRevokeMatching")}
            </Button>
          </ToolbarItem>
        )}
        <ToolbarItem>
          <RefreshButton onRefresh={onRefresh} />
        </ToolbarItem>
        {total > SMALLEST_PAGE && (
          <ToolbarItem
            variant="pagination"
            align={{ default: "alignRight" }}
            visibility={{ default: "hidden", md: "visible" }}
          >
            <TokenPagination
              pages={query}
              onPages={(pages) => onQuery({ ...query, ...pages })}
              total={total}
              variant="top"
            />
          </ToolbarItem>
        )}
      </ToolbarContent>
    </Toolbar>
  );
}
