import { Button, Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
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
  onCreate(): void;
  onRevoke(revocation: Revocation): void;
}

/** Filters in the first row, actions in the second. */
export function AdminToolbar({ query, onQuery, scopes, total, selected, onCreate, onRevoke }: Props) {
  const { t, count } = useMessages();
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
        {selected.length > 0 && (
          <ToolbarItem>
            <Button
              id="revoke-selected"
              variant="secondary"
              isDanger
              onClick={() => onRevoke({ kind: "tokens", tokens: selected })}
            >
              {count("apiTokensRevokeSelected", selected.length)}
            </Button>
          </ToolbarItem>
        )}
        {rights.revoke && total > 0 && query.status !== "revoked" && (
          <ToolbarItem>
            <Button id="revoke-matching" variant="link" isDanger onClick={() => onRevoke({ kind: "match", query })}>
              {t("apiTokensRevokeMatching")}
            </Button>
          </ToolbarItem>
        )}
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
