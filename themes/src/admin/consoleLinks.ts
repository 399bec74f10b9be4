import type { AdminToken } from "./adminApi";

/** Where the console shows a token's owner: the user, or the client whose service account it is. */
export function ownerLink(realm: string, token: AdminToken): string {
  const path = token.clientUuid
    ? `clients/${token.clientUuid}/settings`
    : `users/${encodeURIComponent(token.userId)}/settings`;
  return `#/${encodeURIComponent(realm)}/${path}`;
}

/** Where the console shows a client scope. */
export function clientScopeLink(realm: string, id: string): string {
  return `#/${encodeURIComponent(realm)}/client-scopes/${encodeURIComponent(id)}/settings`;
}

export function ownerName(token: AdminToken): string {
  return token.client ?? token.username ?? token.userId;
}
