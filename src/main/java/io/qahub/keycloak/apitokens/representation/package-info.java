/** Tokens as JSON, in and out, shared by the endpoints. */
package io.qahub.keycloak.apitokens.representation;
