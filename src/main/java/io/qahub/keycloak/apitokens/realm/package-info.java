/** The root at {@code /realms/{realm}/api-tokens}: sends each path to its door. */
@NullMarked
package io.qahub.keycloak.apitokens.realm;

import org.jspecify.annotations.NullMarked;
