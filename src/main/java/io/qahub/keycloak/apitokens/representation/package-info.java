/** Tokens as JSON, in and out, shared by the doors. */
package io.qahub.keycloak.apitokens.representation;
