import { Problem } from "./problem";
import { here, type Session } from "./session";

/** The part of keycloak-js that we use. */
interface Keycloak {
  token?: string;
  subject?: string;
  tokenParsed?: { locale?: string };
  updateToken(minValidity: number): Promise<boolean>;
  login(options: { maxAge?: number; redirectUri: string }): Promise<void>;
}

interface Fiber {
  return: Fiber | null;
  memoizedProps?: { value?: { keycloak?: Keycloak; environment?: unknown } } | null;
}

/**
 * The console's own session. The console keeps it in a React context that no page can import, so it is looked up from
 * one of our elements upwards; undefined where React no longer allows that.
 */
export function consoleSession(element: Element): Session | undefined {
  const key = Object.keys(element).find((name) => name.startsWith("__reactFiber$"));
  let fiber = key ? (element as unknown as Record<string, Fiber | null>)[key] : null;
  while (fiber) {
    const value = fiber.memoizedProps?.value;
    if (value?.environment && typeof value.keycloak?.updateToken === "function") {
      return sessionOf(value.keycloak);
    }
    fiber = fiber.return;
  }
  return undefined;
}

function sessionOf(keycloak: Keycloak): Session {
  return {
    user: keycloak.subject ?? "",
    locale: keycloak.tokenParsed?.locale,
    async accessToken() {
      try {
        await keycloak.updateToken(30);
      } catch {
        // keycloak-js forgets its token when the session is over, and keeps it when the network is down
        throw new Problem(keycloak.token ? "network" : "session");
      }
      return keycloak.token ?? "";
    },
    signIn: (maxAge) => keycloak.login({ maxAge, redirectUri: here() }),
  };
}
