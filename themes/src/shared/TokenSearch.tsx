import { SearchInput } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { useMessages } from "./messages";

const PAUSE_MS = 300;

interface Props {
  label: string;
  search: string;
  onSearch(search: string): void;
  /** Transforms typed or pasted text immediately. */
  clean?(text: string): string;
}

/** Searches when the user pauses typing. */
export function TokenSearch({ label, search, onSearch, clean = (text) => text }: Props) {
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
      aria-label={label}
      placeholder={label}
      resetButtonLabel={t("apiTokensSearchClear")}
      value={typed}
      onChange={(_event, value) => setTyped(clean(value))}
      onClear={() => onSearch("")}
    />
  );
}
