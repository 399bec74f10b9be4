/** Introspection (RFC 7662) at the realm's standard endpoint and at our own. */
@NullMarked
package io.qahub.keycloak.apitokens.introspect;

import org.jspecify.annotations.NullMarked;
