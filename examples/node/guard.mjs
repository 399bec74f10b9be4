// Authorizes requests: introspects the token of each one at Keycloak (RFC 7662), without a cache.
import * as oauth from 'oauth4webapi';

const NEEDED = { GET: 'read', HEAD: 'read', POST: 'write', PATCH: 'write', DELETE: 'write' };

/** Returns a function that takes a request, and returns null if it is authorized, otherwise the status and challenge to send. */
export async function guard(realmUrl, clientId, clientSecret) {
  const issuer = new URL(realmUrl);
  const options = { [oauth.allowInsecureRequests]: issuer.protocol === 'http:' };
  const realm = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
  const client = { client_id: clientId };
  const authentication = oauth.ClientSecretBasic(clientSecret);

  async function introspect(token, address) {
    const parameters = { additionalParameters: { caller_address: address } };
    const response = await oauth.introspectionRequest(realm, client, authentication, token, { ...options, ...parameters });
    return oauth.processIntrospectionResponse(realm, client, response);
  }

  return async request => {
    const token = /^Bearer ([^\s,]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) {
      return { status: 401, challenge: 'Bearer' };
    }
    const result = await introspect(token, request.socket.remoteAddress);
    if (!result.active) {
      return { status: 401, challenge: 'Bearer error="invalid_token"' };
    }
    const needed = NEEDED[request.method];
    return needed && (result.scope ?? '').split(' ').includes(needed)
      ? null
      : { status: 403, challenge: 'Bearer error="insufficient_scope"' };
  };
}
