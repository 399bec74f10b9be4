/**
 * The context that the admin console passes to the page's element, in the format of the planned UiScriptProvider
 * (keycloak issue 52777). Until that exists, the adapter in ../console passes it.
 */
export interface ElementContext {
  /** The name of the realm that is managed. */
  realm: string;
  /** The representation of that realm in the Admin REST API, as far as the admin may view it. */
  realmRepresentation: Record<string, unknown>;
  adminBaseUrl: string;
  serverBaseUrl: string;
  authServerUrl: string;
  /** Returns a valid access token, refreshed if necessary. */
  getAccessToken(): Promise<string | undefined>;
}

/** The event that the element dispatches after it changed the realm, so that the console reloads it. */
export const REALM_CHANGED = "api-tokens-realm-changed";
