// Signs the user in with Keycloak: authorization code flow with PKCE. The tokens of the session are only in memory.
import Keycloak from './node_modules/keycloak-js/lib/keycloak.js';

const DRAFT = 'draft of a token';
const config = await (await fetch('config.json')).json();
const keycloak = new Keycloak(config);

export const clientId = config.clientId;
export const realmUrl = `${config.url}/realms/${encodeURIComponent(config.realm)}`;

/** Shows Keycloak's sign-in page if the user is not signed in; returns the user's name after that. */
export async function signIn() {
  await keycloak.init({ onLoad: 'login-required', checkLoginIframe: false });
  return keycloak.tokenParsed.preferred_username ?? '';
}

/** Returns an access token that is valid for at least 30 more seconds. */
export async function accessToken() {
  await keycloak.updateToken(30);
  return keycloak.token;
}

/** Shows the sign-in page again, even to a user whose last sign-in is older than `maxAge` seconds. Keeps a draft. */
export function signInAgain(maxAge, draft) {
  sessionStorage.setItem(DRAFT, JSON.stringify(draft));
  return keycloak.login(Number.isFinite(maxAge) ? { maxAge } : {});
}

/** Returns the draft that was kept during a sign-in, once. */
export function takeDraft() {
  const draft = JSON.parse(sessionStorage.getItem(DRAFT));
  sessionStorage.removeItem(DRAFT);
  return draft;
}

export function signOut() {
  return keycloak.logout({ redirectUri: location.href });
}
