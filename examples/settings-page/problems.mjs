// Explains to the user what went wrong.
import { ApiError } from './api.mjs';
import { clientId, realmUrl } from './session.mjs';

/**
 * Returns a sentence, whether signing in again helps, and the maximum age of that sign-in in seconds, which is NaN if any
 * sign-in helps.
 */
export async function explain(error) {
  if (error?.code === 'repeated_request') {
    const text = 'An earlier attempt has created this token, but its response was lost. Revoke it, and create another one.';
    return { text, signIn: false, maxAge: NaN };
  }
  if (error instanceof ApiError && (error.status !== 401 || error.maxAge)) {
    return { text: error.message, signIn: error.status === 401, maxAge: error.maxAge };
  }
  if (error instanceof TypeError) {
    return { text: await explainUnreadable(), signIn: false, maxAge: NaN };
  }
  // 401, or an error of keycloak-js: the session has ended, or the sign-in failed.
  const reason = error?.error_description ?? error?.error;
  const text = reason ? `You are not signed in: ${reason}.` : 'Your session has ended. Sign in again.';
  return { text, signIn: true, maxAge: NaN };
}

/** The browser does not tell a page why it cannot read a response, but a page can try to send a request without reading. */
async function explainUnreadable() {
  try {
    await fetch(realmUrl, { mode: 'no-cors', cache: 'no-store' });
  } catch {
    return 'Keycloak cannot be reached. Check your network connection and try again.';
  }
  return (
    'The browser could not read the response of Keycloak. If this happens again, ask an administrator to add ' +
    `${location.origin} to the Web origins of the client ${clientId}.`
  );
}
