// Calls the owner's resource: https://…/realms/{realm}/api-tokens.
import { accessToken, realmUrl } from './session.mjs';

const PAGE_SIZE = 50;

/** A response with an error; its message is the sentence that the server sent for users. */
export class ApiError extends Error {
  constructor(response, body) {
    const sentence = response.status === 500 ? undefined : body.error_description; // that of status 500 is for administrators
    super(sentence ?? `Keycloak reported an error (status ${response.status}). Try again later.`);
    this.status = response.status;
    this.code = body.error;
    // RFC 9470: the sign-in must be at most this many seconds old.
    this.maxAge = Number(/max_age="?(\d+)/.exec(response.headers.get('WWW-Authenticate'))?.[1]);
  }
}

async function call(method, path, { body, headers } = {}) {
  const response = await fetch(`${realmUrl}/api-tokens${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${await accessToken()}`,
      ...(body && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new ApiError(response, await response.json().catch(() => ({})));
  }
  return response;
}

/** Returns the realm's rules for new tokens, and the scopes and organizations that the user may choose. */
export async function policy() {
  return (await call('GET', '/policy')).json();
}

/** Returns a page of the user's tokens that are not revoked, newest first, and their total number. */
export async function list(first) {
  const response = await call('GET', `?first=${first}&max=${PAGE_SIZE}`);
  return { tokens: await response.json(), total: Number(response.headers.get('X-Total-Count')) };
}

/** Creates a token; a repeated request with the same key does not create another one. */
export async function create(request, key) {
  return (await call('POST', '', { body: request, headers: { 'Idempotency-Key': key } })).json();
}

export async function revoke(id) {
  await call('DELETE', `/${encodeURIComponent(id)}`);
}
