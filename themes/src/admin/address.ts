import { useEffect, useMemo, useSyncExternalStore } from "react";
import { withoutSecret } from "../shared/secrets";

/** The page's part of the URL: the hash after the question mark. The rest belongs to the console. */
export function useAddress(): URLSearchParams {
  const query = useSyncExternalStore(subscribe, currentQuery);
  const address = useMemo(() => cleaned(query), [query]);
  useEffect(() => {
    if (address.toString() !== new URLSearchParams(query).toString()) {
      setAddress(address, true);
    }
  }, [address, query]);
  return address;
}

/** Changes that part, with a new history entry or in place. */
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

function cleaned(query: string): URLSearchParams {
  return new URLSearchParams([...new URLSearchParams(query)].map(([name, value]) => [name, withoutSecret(value)]));
}
