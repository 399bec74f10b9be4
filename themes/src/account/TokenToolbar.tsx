import { Button, Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { ChoiceSelect } from "../shared/ChoiceSelect";
import { useMessages } from "../shared/messages";
import { RefreshButton } from "../shared/RefreshButton";
import { RevokeSelected } from "../shared/RevokeSelected";
import { SMALLEST_PAGE, TokenPagination } from "../shared/TokenPagination";
import { TokenSearch } from "../shared/TokenSearch";
import { type Query, SORTS, type Sort, type StatusFilter, sortedBy } from "./tokensApi";

interface Props {
  query: Query;
  onQuery(query: Query): void;
  total: number;
  selected: number;
  showOrganization: boolean;
  mayCreate: boolean;
  onCreate(): void;
  onRevoke(): void;
  onRefresh(): void;
}

const FILTERS: { value: StatusFilter; key: string }[] = [
  { value: "current", key: "apiTokensFilterCurrent" },
  { value: "active", key: "apiTokensActive" },
  { value: "expired", key: "apiTokensExpired" },
  { value: "revoked", key: "apiTokensRevoked" },
  { value: "all", key: "apiTokensFilterAll" },
];

const COLUMNS: Record<Sort, string> = {
  name: "apiTokensName",
  prefix: "apiTokensToken",
  scopes: "apiTokensScopes",
  organization: "apiTokensOrganization",
  created: "apiTokensCreatedAt",
  lastUsed: "apiTokensLastUsed",
  expires: "apiTokensExpires",
  status: "apiTokensStatus",
};

export function TokenToolbar(props: Props) {
  const { query, onQuery, total, selected, showOrganization, mayCreate, onCreate, onRevoke, onRefresh } = props;
  const { t } = useMessages();
  // For a stacked table, which has no headers.
  const sorts = SORTS.filter((sort) => showOrganization || sort !== "organization");
  return (
    <Toolbar id="api-tokens-toolbar" inset={{ default: "insetNone" }}>
      <ToolbarContent>
        <ToolbarItem variant="search-filter">
          <TokenSearch
            label={t("apiTokensSearch")}
            search={query.search}
            onSearch={(search) => onQuery({ ...query, search, page: 1 })}
          />
        </ToolbarItem>
        <ToolbarItem>
          <ChoiceSelect
            id="api-tokens-status"
            label={t("apiTokensStatus")}
            choices={FILTERS.map(({ value, key }) => ({ value, label: t(key) }))}
            value={query.status}
            onChange={(status) => onQuery({ ...query, status, page: 1 })}
          />
        </ToolbarItem>
        <ToolbarItem visibility={{ default: "visible", lg: "hidden" }}>
          <ChoiceSelect
            id="api-tokens-sort"
            label={t("apiTokensSort")}
            isLabelled
            choices={sorts.map((value) => ({ value, label: t(COLUMNS[value]) }))}
            value={query.sort}
            onChange={(sort) => onQuery(sortedBy(sort, query))}
          />
        </ToolbarItem>
        <ToolbarItem>
          <Button id="create-api-token" variant="primary" isDisabled={!mayCreate} onClick={onCreate}>
            {t("apiTokensCreate")}
          </Button>
        </ToolbarItem>
        <ToolbarItem>
          <RevokeSelected selected={selected} onRevoke={onRevoke} />
        </ToolbarItem>
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
