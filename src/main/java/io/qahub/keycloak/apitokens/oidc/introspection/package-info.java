/** Introspection (RFC 7662) at the realm's standard endpoint and at our own. */
@NullMarked
package io.qahub.keycloak.apitokens.oidc.introspection;

import org.jspecify.annotations.NullMarked;
