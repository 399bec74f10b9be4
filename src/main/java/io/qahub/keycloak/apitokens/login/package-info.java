/** Sign-in with an API token, and its exchange for a JWT access token (RFC 8693). */
@NullMarked
package io.qahub.keycloak.apitokens.login;

import org.jspecify.annotations.NullMarked;
