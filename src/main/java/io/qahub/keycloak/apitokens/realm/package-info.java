/** The root at {@code /realms/{realm}/api-tokens}: sends each path to its door. */
package io.qahub.keycloak.apitokens.realm;
