/** Extensions of Keycloak's own OpenID Connect endpoints, and the JWT access tokens that they issue. */
@NullMarked
package io.qahub.keycloak.apitokens.oidc;

import org.jspecify.annotations.NullMarked;
