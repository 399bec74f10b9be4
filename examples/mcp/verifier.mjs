// Verifies the token of each request: introspects it at Keycloak (RFC 7662), without a cache.
import { InvalidTokenError, ServerError } from '@modelcontextprotocol/sdk/server/auth/errors.js';

/** Returns a verifier for requireBearerAuth; `resource` is the URL of the MCP server, which must be in the token's audience. */
export function introspection(endpoint, clientId, clientSecret, resource) {
  const credentials = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');

  async function introspect(token) {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { Authorization: `Basic ${credentials}` },
      body: new URLSearchParams({ token }),
    });
    if (!response.ok) {
      throw new ServerError('The token cannot be verified'); // denies access
    }
    return response.json();
  }

  return {
    async verifyAccessToken(token) {
      const claims = await introspect(token);
      if (!claims.active) {
        throw new InvalidTokenError('The token is not active');
      }
      return {
        token,
        clientId: claims.client_id ?? claims.prefix,
        scopes: (claims.scope ?? '').split(' '),
        expiresAt: claims.exp,
        resource: [claims.aud].flat().includes(resource.href) ? resource : undefined,
        extra: { username: claims.username, organization: claims.organization },
      };
    },
  };
}
