/** JPA: entity, repository, changelog. */
package io.qahub.keycloak.apitokens.store;
