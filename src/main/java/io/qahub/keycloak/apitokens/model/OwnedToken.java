package io.qahub.keycloak.apitokens.model;

/**
 * A token, and whether its owner is enabled in the database.
 *
 * @param ownerEnabled false if the owner is disabled, or is another user who got the same id after the token was
 *     created; true if the owner is not stored in Keycloak's database
 */
public record OwnedToken(ApiToken token, boolean ownerEnabled) {}
