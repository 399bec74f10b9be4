/** Meters in the registry that Keycloak shows at {@code /metrics}. */
@NullMarked
package io.qahub.keycloak.apitokens.metrics;

import org.jspecify.annotations.NullMarked;
