/**
 * What the admin console tells the page's element, in the words of its coming UiScriptProvider (keycloak issue 52777).
 * Until that is there, the adapter in ../console says it.
 */
export interface ElementContext {
  /** The name of the realm that is managed. */
  realm: string;
  /** That realm as the Admin REST API has it, as far as the admin may see it. */
  realmRepresentation: Record<string, unknown>;
  adminBaseUrl: string;
  serverBaseUrl: string;
  authServerUrl: string;
  /** Gives a valid access token, renewed if need be. */
  getAccessToken(): Promise<string | undefined>;
}

/** The event by which the element says that it changed the realm, so that the console reads it anew. */
export const REALM_CHANGED = "api-tokens-realm-changed";
