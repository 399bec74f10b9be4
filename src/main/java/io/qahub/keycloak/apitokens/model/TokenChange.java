package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/** What was done to tokens. Published in the transaction that does it, so whoever tells the world waits for its commit. */
public sealed interface TokenChange extends ProviderEvent {
    /** The session whose transaction it is. */
    KeycloakSession session();

    /** The tokens' realm. */
    RealmModel realm();

    /** A token was made. */
    record Created(KeycloakSession session, RealmModel realm, ApiToken token, CreatedBy by) implements TokenChange {}

    /** A token was given a new secret. */
    record Rotated(KeycloakSession session, RealmModel realm, ApiToken token) implements TokenChange {}

    /** The expiry of tokens was brought forward to {@code latest}. */
    record Shortened(KeycloakSession session, RealmModel realm, List<ApiToken> tokens, Instant latest)
            implements TokenChange {}

    /** Tokens were revoked that were not before. */
    record Revoked(KeycloakSession session, RealmModel realm, List<ApiToken> tokens, RevokedBy by)
            implements TokenChange {}
}
