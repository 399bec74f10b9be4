/** Token exchange (RFC 8693) with an API token as the subject token. */
@NullMarked
package io.qahub.keycloak.apitokens.oidc.exchange;

import org.jspecify.annotations.NullMarked;
