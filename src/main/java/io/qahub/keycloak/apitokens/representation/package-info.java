/** JSON representations of tokens in requests and responses, shared by the endpoints. */
package io.qahub.keycloak.apitokens.representation;
