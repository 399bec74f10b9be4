/** The owner endpoint {@code /realms/{realm}/api-tokens}, and the paths of the other endpoints. */
@NullMarked
package io.qahub.keycloak.apitokens.realm;

import org.jspecify.annotations.NullMarked;
