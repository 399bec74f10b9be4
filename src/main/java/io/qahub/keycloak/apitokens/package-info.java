/** Creates the components that the packages share and registers them with Keycloak. */
@NullMarked
package io.qahub.keycloak.apitokens;

import org.jspecify.annotations.NullMarked;
