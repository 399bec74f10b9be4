import { useState } from "react";
import type { ApiToken } from "./tokens";

export interface Selection<T extends ApiToken = ApiToken> {
  tokens: T[];
  allSelected: boolean;
  has(token: T): boolean;
  toggle(token: T, selected: boolean): void;
  toggleAll(selected: boolean): void;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The selected tokens among those that are displayed; a token that is no longer displayed is no longer selected. */
export function useSelection<T extends ApiToken>(shown: T[], isRevocable: (token: T) => boolean): Selection<T> {
  const [selection, setSelection] = useState({ of: shown, ids: NOTHING });
  let { ids } = selection;
  if (selection.of !== shown) {
    const displayed = shown.map((token) => token.id);
    ids = new Set(displayed.filter((id) => selection.ids.has(id)));
    setSelection({ of: shown, ids });
  }
  const select = (selected: Iterable<string>) => setSelection({ of: shown, ids: new Set(selected) });
  const revocable = shown.filter(isRevocable);
  const tokens = revocable.filter((token) => ids.has(token.id));
  return {
    tokens,
    allSelected: tokens.length > 0 && tokens.length === revocable.length,
    has: (token) => ids.has(token.id),
    toggle: (token, selected) => select(selected ? [...ids, token.id] : [...ids].filter((id) => id !== token.id)),
    toggleAll: (selected) => select(selected ? revocable.map((token) => token.id) : []),
  };
}
