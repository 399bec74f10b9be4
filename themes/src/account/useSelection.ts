import { useEffect, useState } from "react";
import type { ApiToken } from "../shared/tokens";

export interface Selection {
  tokens: ApiToken[];
  allSelected: boolean;
  has(token: ApiToken): boolean;
  toggle(token: ApiToken, selected: boolean): void;
  toggleAll(selected: boolean): void;
}

/** The ticked ones of the tokens on show: what is not seen is not selected. */
export function useSelection(shown: ApiToken[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setIds(new Set()), [shown]);
  const revocable = shown.filter((token) => token.status !== "revoked");
  const tokens = revocable.filter((token) => ids.has(token.id));
  return {
    tokens,
    allSelected: tokens.length > 0 && tokens.length === revocable.length,
    has: (token) => ids.has(token.id),
    toggle: (token, selected) =>
      setIds((before) => new Set(selected ? [...before, token.id] : [...before].filter((id) => id !== token.id))),
    toggleAll: (selected) => setIds(new Set(selected ? revocable.map((token) => token.id) : [])),
  };
}
