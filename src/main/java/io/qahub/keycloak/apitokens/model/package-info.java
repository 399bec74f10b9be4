/** What an API token is and what can be done with one: records, the {@code ApiTokens} service, ports. No HTTP, no SQL. */
package io.qahub.keycloak.apitokens.model;
