import { useEffect, useState } from "react";
import type { ApiToken } from "./tokens";

export interface Selection<T extends ApiToken = ApiToken> {
  tokens: T[];
  allSelected: boolean;
  has(token: T): boolean;
  toggle(token: T, selected: boolean): void;
  toggleAll(selected: boolean): void;
}

/** The ticked ones of the tokens on show: what is not seen is not selected. */
export function useSelection<T extends ApiToken>(shown: T[], isRevocable: (token: T) => boolean): Selection<T> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setIds(new Set()), [shown]);
  const revocable = shown.filter(isRevocable);
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
