package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/** A change to tokens. Published within its transaction; listeners with external effects must wait for the commit. */
public sealed interface TokenChange extends ProviderEvent {
    /** Returns the session that makes the change. */
    KeycloakSession session();

    /** Returns the realm of the tokens. */
    RealmModel realm();

    /** A token was created. */
    record Created(KeycloakSession session, RealmModel realm, ApiToken token, CreatedBy by) implements TokenChange {}

    /** The secret of a token was replaced. */
    record Rotated(KeycloakSession session, RealmModel realm, ApiToken token) implements TokenChange {}

    /** The secrets that rotations of a token have replaced were invalidated before the end of their overlap. */
    record OverlapEnded(KeycloakSession session, RealmModel realm, ApiToken token, RevokedBy by)
            implements TokenChange {}

    /** The name, description or allowed networks of a token were changed. */
    record Edited(KeycloakSession session, RealmModel realm, ApiToken token) implements TokenChange {}

    /** The expiry of tokens was brought forward to {@code latest}. */
    record Shortened(KeycloakSession session, RealmModel realm, List<ApiToken> tokens, Instant latest)
            implements TokenChange {}

    /**
     * Tokens were revoked. Contains only tokens that were not revoked before.
     *
     * @param places where leaked tokens were found, by ID of the token, if the report states it
     */
    record Revoked(
            KeycloakSession session,
            RealmModel realm,
            List<ApiToken> tokens,
            RevokedBy by,
            Map<String, LeakPlace> places)
            implements TokenChange {}
}
