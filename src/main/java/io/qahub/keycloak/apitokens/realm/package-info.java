/** {@code /realms/{realm}/api-tokens}: the REST resource for owners, and the paths of the other endpoints. */
@NullMarked
package io.qahub.keycloak.apitokens.realm;

import org.jspecify.annotations.NullMarked;
