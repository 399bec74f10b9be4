/** Meters in the registry that Keycloak publishes at {@code /metrics}. */
@NullMarked
package io.qahub.keycloak.apitokens.metrics;

import org.jspecify.annotations.NullMarked;
