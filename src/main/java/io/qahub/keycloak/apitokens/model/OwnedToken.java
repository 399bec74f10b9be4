package io.qahub.keycloak.apitokens.model;

/**
 * A token and what the database says of its owner.
 *
 * @param ownerEnabled true also of an owner who is not kept in Keycloak's own database
 */
public record OwnedToken(ApiToken token, boolean ownerEnabled) {}
