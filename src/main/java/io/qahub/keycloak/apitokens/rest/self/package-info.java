/** Resources authenticated by the token itself: view it, revoke it, or report it as leaked. */
@NullMarked
package io.qahub.keycloak.apitokens.rest.self;

import org.jspecify.annotations.NullMarked;
