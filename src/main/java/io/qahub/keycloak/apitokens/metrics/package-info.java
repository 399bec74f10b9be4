/** Meters in the registry that Keycloak shows at {@code /metrics}. */
package io.qahub.keycloak.apitokens.metrics;
