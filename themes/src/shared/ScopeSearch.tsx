import { useMessages } from "./messages";
import { SearchField } from "./SearchField";

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
      <SearchField id="api-token-scope-search" label={t("apiTokensScopesSearch")} value={search} onChange={onSearch} />
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
