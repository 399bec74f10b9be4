import { useEffect, useState } from "react";
import { SearchField } from "./SearchField";

const PAUSE_MS = 300;

interface Props {
  label: string;
  search: string;
  onSearch(search: string): void;
}

/** Searches when the user pauses typing. */
export function TokenSearch({ label, search, onSearch }: Props) {
  const [typed, setTyped] = useState(search);
  useEffect(() => setTyped(search), [search]);
  useEffect(() => {
    if (typed === search) {
      return;
    }
    const timer = setTimeout(() => onSearch(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, search, onSearch]);
  return <SearchField label={label} value={typed} onChange={setTyped} onClear={() => onSearch("")} />;
}
