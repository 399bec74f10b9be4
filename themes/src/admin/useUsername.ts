import { useEffect, useRef } from "react";
import type { AdminApi } from "./adminApi";
import type { AdminQuery } from "./query";

/** The ID of a user in Keycloak's database or in a user directory, as the link on the user's page contains it. */
const USER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^f:[^:]+:/;

/** Replaces a user's ID in the filter with the username, if the admin may know it. */
export function useUsername(
  api: Pick<AdminApi, "username">,
  query: AdminQuery,
  show: (query: AdminQuery) => void,
): void {
  const { user } = query;
  const replace = useRef<(username: string) => void>(() => {});
  replace.current = (username) => show({ ...query, user: username });
  useEffect(() => {
    const aborter = new AbortController();
    if (USER_ID.test(user)) {
      api.username(user, aborter.signal).then(
        (username) => !aborter.signal.aborted && replace.current(username),
        () => {},
      );
    }
    return () => aborter.abort();
  }, [api, user]);
}
