/** Domain model: tokens, policies, the {@code ApiTokens} service and its interfaces. Independent of HTTP and SQL. */
@NullMarked
package io.qahub.keycloak.apitokens.model;

import org.jspecify.annotations.NullMarked;
