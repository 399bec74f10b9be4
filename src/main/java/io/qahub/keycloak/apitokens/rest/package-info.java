/** The resource {@code /realms/{realm}/api-tokens} for owners, with the paths of the other resources below it. */
@NullMarked
package io.qahub.keycloak.apitokens.rest;

import org.jspecify.annotations.NullMarked;
