/** Puts our pages into Keycloak's consoles without anyone having to choose a theme. */
@NullMarked
package io.qahub.keycloak.apitokens.theme;

import org.jspecify.annotations.NullMarked;
