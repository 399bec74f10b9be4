/** Domain model: tokens, policies, the {@code ApiTokens} service and its interfaces. Independent of HTTP and SQL. */
package io.qahub.keycloak.apitokens.model;
