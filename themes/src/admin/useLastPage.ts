import { useEffect } from "react";
import type { Loaded } from "../shared/useLoaded";
import type { AdminTokenPage } from "./adminApi";
import type { AdminQuery } from "./query";

/** Goes to the last page if the requested page no longer exists. */
export function useLastPage(
  list: Omit<Loaded<AdminTokenPage>, "isStale" | "isFirst">,
  query: AdminQuery,
  show: (query: AdminQuery) => void,
): void {
  const { tokens, total } = list.value;
  const beyond = !list.loading && !list.problem && tokens.length === 0 && total > 0 && query.page > 1;
  useEffect(() => {
    if (beyond) {
      show({ ...query, page: Math.ceil(total / query.perPage) });
    }
  }, [beyond, query, show, total]);
}
