/** Adds our pages to Keycloak's consoles without configuration of a theme. */
@NullMarked
package io.qahub.keycloak.apitokens.theme;

import org.jspecify.annotations.NullMarked;
