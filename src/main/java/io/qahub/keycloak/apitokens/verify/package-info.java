/** The verification pipeline of a token string, and what it remembers on this node. */
package io.qahub.keycloak.apitokens.verify;
