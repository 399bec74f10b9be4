import { SearchInput } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { useMessages } from "../shared/messages";

const PAUSE_MS = 300;

interface Props {
  search: string;
  onSearch(search: string): void;
}

/** Searches once the user pauses, not at every letter. */
export function TokenSearch({ search, onSearch }: Props) {
  const { t } = useMessages();
  const [typed, setTyped] = useState(search);
  useEffect(() => setTyped(search), [search]);
  useEffect(() => {
    if (typed === search) {
      return;
    }
    const timer = setTimeout(() => onSearch(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, search, onSearch]);
  return (
    <SearchInput
      aria-label={t("apiTokensSearch")}
      placeholder={t("apiTokensSearch")}
      resetButtonLabel={t("apiTokensSearchClear")}
      value={typed}
      onChange={(_event, value) => setTyped(value)}
      onClear={() => onSearch("")}
    />
  );
}
