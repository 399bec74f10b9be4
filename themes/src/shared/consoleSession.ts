import { Problem } from "./problem";
import { reactContext } from "./reactContext";
import { here, type Session } from "./session";

/** The part of keycloak-js that we use. */
interface Keycloak {
  token?: string;
  subject?: string;
  tokenParsed?: { locale?: string };
  updateToken(minValidity: number): Promise<boolean>;
  login(options: { maxAge?: number; redirectUri: string }): Promise<void>;
}

interface KeycloakContext {
  keycloak: Keycloak;
  environment: unknown;
}

/** The console's own session, found from one of its elements. */
export function consoleSession(element: Element): Session | undefined {
  const context = reactContext<KeycloakContext>(
    element,
    ({ environment, keycloak }) => !!environment && typeof keycloak?.updateToken === "function",
  );
  return context && sessionOf(context.keycloak);
}

function sessionOf(keycloak: Keycloak): Session {
  return {
    user: keycloak.subject ?? "",
    locale: keycloak.tokenParsed?.locale,
    async accessToken() {
      try {
        await keycloak.updateToken(30);
      } catch {
        // keycloak-js clears its token when the session has ended, and keeps it when the network is down
        throw new Problem(keycloak.token ? "network" : "session");
      }
      return keycloak.token ?? "";
    },
    signIn: (maxAge) => keycloak.login({ maxAge, redirectUri: here() }),
  };
}
