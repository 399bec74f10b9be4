/** The admin endpoint: all tokens of a realm. */
package io.qahub.keycloak.apitokens.admin;
