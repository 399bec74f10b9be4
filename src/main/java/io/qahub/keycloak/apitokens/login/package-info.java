/** Endpoint: signing in with an API token, and exchanging one for a JWT access token (RFC 8693). */
@NullMarked
package io.qahub.keycloak.apitokens.login;

import org.jspecify.annotations.NullMarked;
