/** Puts our pages into Keycloak's consoles without anyone having to choose a theme. */
package io.qahub.keycloak.apitokens.theme;
