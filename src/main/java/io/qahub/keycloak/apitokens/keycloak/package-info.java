/** Access to Keycloak's configuration, transactions and metrics. */
@NullMarked
package io.qahub.keycloak.apitokens.keycloak;

import org.jspecify.annotations.NullMarked;
