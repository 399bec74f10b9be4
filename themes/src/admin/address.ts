import { useMemo, useSyncExternalStore } from "react";

/** What the page keeps in its address: the part of the hash after the question mark. The rest is the console's. */
export function useAddress(): URLSearchParams {
  const query = useSyncExternalStore(subscribe, currentQuery);
  return useMemo(() => new URLSearchParams(query), [query]);
}

/** Changes that part, as a step that "back" takes back, or in place. */
export function setAddress(parameters: URLSearchParams, inPlace: boolean): void {
  const [path] = location.hash.split("?");
  const text = parameters.toString();
  const hash = text ? `${path}?${text}` : (path ?? "");
  if (hash === location.hash) {
    return;
  }
  if (inPlace) {
    location.replace(hash);
  } else {
    location.hash = hash;
  }
}

function currentQuery(): string {
  return location.hash.split("?")[1] ?? "";
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}
