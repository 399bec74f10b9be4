/** The resource {@code /admin/realms/{realm}/api-tokens} for realm administrators. */
@NullMarked
package io.qahub.keycloak.apitokens.rest.admin;

import org.jspecify.annotations.NullMarked;
