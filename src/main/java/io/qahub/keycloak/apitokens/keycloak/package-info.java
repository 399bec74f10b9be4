/** Access to Keycloak's configuration, transactions and metrics, and what differs between its versions. */
@NullMarked
package io.qahub.keycloak.apitokens.keycloak;

import org.jspecify.annotations.NullMarked;
