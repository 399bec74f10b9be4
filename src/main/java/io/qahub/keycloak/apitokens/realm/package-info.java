/** {@code /realms/{realm}/api-tokens}: the REST resource for owners, and the paths of the other endpoints. */
package io.qahub.keycloak.apitokens.realm;
