/** Endpoint: whoever holds a token may look at it, revoke it, or report it as leaked. */
@NullMarked
package io.qahub.keycloak.apitokens.selfservice;

import org.jspecify.annotations.NullMarked;
