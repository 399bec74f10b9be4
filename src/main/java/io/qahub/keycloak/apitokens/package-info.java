/** Creates what the packages share and registers it with Keycloak: the one place that knows all of them. */
@NullMarked
package io.qahub.keycloak.apitokens;

import org.jspecify.annotations.NullMarked;
