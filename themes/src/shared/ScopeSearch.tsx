import { SearchInput } from "@patternfly/react-core";
import { useMessages } from "./messages";

interface Props {
  search: string;
  /** The number of scopes that match. */
  found: number;
  chosen: string[];
  onSearch(search: string): void;
}

/** Searches a long list of scopes, and names the chosen ones, which may not match. */
export function ScopeSearch({ search, found, chosen, onSearch }: Props) {
  const { t, count } = useMessages();
  return (
    <div>
      <SearchInput
        id="api-token-scope-search"
        aria-label={t("apiTokensScopesSearch")}
        placeholder={t("apiTokensScopesSearch")}
        resetButtonLabel={t("apiTokensSearchClear")}
        value={search}
        onChange={(_event, text) => onSearch(text)}
        onClear={() => onSearch("")}
        // Enter would submit the form.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      <p role="status" className="pf-v5-screen-reader">
        {search && count("apiTokensScopesFound", found)}
      </p>
      {search && found === 0 && <p className="qh-chosen-scopes">{t("apiTokensScopesNotFound")}</p>}
      {chosen.length > 0 && (
        <p className="qh-chosen-scopes">{t("apiTokensScopesChosen", { names: chosen.join(", ") })}</p>
      )}
    </div>
  );
}
