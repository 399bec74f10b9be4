/** JPA persistence of tokens. */
package io.qahub.keycloak.apitokens.store;
