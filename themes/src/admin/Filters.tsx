import { Button, ToolbarItem } from "@patternfly/react-core";
import { type Choice, ChoiceSelect } from "../shared/ChoiceSelect";
import { useMessages } from "../shared/messages";
import { TokenSearch } from "../shared/TokenSearch";
import { useAdmin } from "./AdminContext";
import { type AdminQuery, FIRST_QUERY, isFiltered, namesOneToken, type StatusFilter } from "./query";
import { TextFilter } from "./TextFilter";

interface Props {
  query: AdminQuery;
  /** The names of the scopes that tokens may have. */
  scopes: string[];
  onQuery(query: AdminQuery): void;
}

const STATUSES: { value: StatusFilter; key: string }[] = [
  { value: "current", key: "apiTokensFilterCurrent" },
  { value: "active", key: "apiTokensActive" },
  { value: "expired", key: "apiTokensExpired" },
  { value: "revoked", key: "apiTokensRevoked" },
  { value: "all", key: "apiTokensAnyStatus" },
];
const UNUSED = ["30", "90", "180", "365"];
const EXPIRES = ["7", "30", "90"];

/** The filters of the list; each change returns to the first page. */
export function Filters({ query, scopes, onQuery }: Props) {
  const { t } = useMessages();
  const { api, organizations } = useAdmin();
  const change = (values: Partial<AdminQuery>) => onQuery({ ...query, ...values, page: 1 });
  const search = (text: string) => change({ search: text, status: namesOneToken(text) ? "all" : query.status });
  const days = (key: string, usual: string[], chosen: string): Choice<string>[] =>
    [...new Set([...usual, chosen])]
      .filter((value) => /^\d+$/.test(value))
      .map((value) => ({ value, label: t(key, { days: value }) }));
  return (
    <>
      <ToolbarItem variant="search-filter">
        <TokenSearch label={t("apiTokensAdminSearch")} search={query.search} onSearch={search} />
      </ToolbarItem>
      <ToolbarItem>
        <TextFilter
          id="api-tokens-user"
          label={t("apiTokensUser")}
          value={query.user}
          onValue={(user) => change({ user })}
          suggest={(text, signal) => api.usernames(text, signal)}
        />
      </ToolbarItem>
      {(organizations || query.organization) && (
        <ToolbarItem>
          <TextFilter
            id="api-tokens-organization"
            label={t("apiTokensOrganization")}
            value={query.organization}
            onValue={(organization) => change({ organization })}
            suggest={(text, signal) => api.organizations(text, signal)}
          />
        </ToolbarItem>
      )}
      <ToolbarItem>
        <ChoiceSelect
          id="api-tokens-status"
          label={t("apiTokensStatus")}
          choices={STATUSES.map(({ value, key }) => ({ value, label: t(key) }))}
          value={query.status}
          onChange={(status) => change({ status })}
        />
      </ToolbarItem>
      <ToolbarItem>
        <ChoiceSelect
          id="api-tokens-scope"
          label={t("apiTokensScopes")}
          choices={[
            { value: "", label: t("apiTokensAnyScope") },
            ...[...new Set([...scopes, query.scope])].filter(Boolean).map((value) => ({ value, label: value })),
          ]}
          value={query.scope}
          onChange={(scope) => change({ scope })}
        />
      </ToolbarItem>
      <ToolbarItem>
        <ChoiceSelect
          id="api-tokens-unused"
          label={t("apiTokensLastUsed")}
          choices={[
            { value: "", label: t("apiTokensAnyUse") },
            { value: "never", label: t("apiTokensUnusedEver") },
            ...days("apiTokensUnusedFor", UNUSED, query.unused),
          ]}
          value={query.unused}
          onChange={(unused) => change({ unused })}
        />
      </ToolbarItem>
      <ToolbarItem>
        <ChoiceSelect
          id="api-tokens-expires"
          label={t("apiTokensExpires")}
          choices={[
            { value: "", label: t("apiTokensAnyExpiry") },
            ...days("apiTokensExpiresWithin", EXPIRES, query.expires),
          ]}
          value={query.expires}
          onChange={(expires) => change({ expires })}
        />
      </ToolbarItem>
      {isFiltered(query) && (
        <ToolbarItem>
          <Button variant="link" onClick={() => onQuery(FIRST_QUERY)}>
            {t("apiTokensClearFilters")}
          </Button>
        </ToolbarItem>
      )}
    </>
  );
}
