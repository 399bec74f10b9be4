package io.qahub.keycloak.apitokens.model;

/**
 * A token, and whether its owner is enabled in the database.
 *
 * @param ownerEnabled false if the owner is disabled; true if the owner is not stored in Keycloak's database
 */
public record OwnedToken(ApiToken token, boolean ownerEnabled) {}
