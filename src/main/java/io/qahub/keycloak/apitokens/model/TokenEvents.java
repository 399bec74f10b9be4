package io.qahub.keycloak.apitokens.model;

import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** User events about a token's life. They name the prefix, never the secret. */
public final class TokenEvents {
    /** The {@code credential_type} of our events. */
    public static final String CREDENTIAL_TYPE = "api-token";

    private TokenEvents() {}

    /** Returns an event for its owner that a token was created; the caller adds details and sends it. */
    public static EventBuilder created(KeycloakSession session, RealmModel realm, ApiToken token) {
        return event(session, realm, token).event(EventType.UPDATE_CREDENTIAL);
    }

    /** Returns an event for its owner that a token was revoked; the caller adds details and sends it. */
    public static EventBuilder revoked(KeycloakSession session, RealmModel realm, ApiToken token) {
        return event(session, realm, token).event(EventType.REMOVE_CREDENTIAL);
    }

    private static EventBuilder event(KeycloakSession session, RealmModel realm, ApiToken token) {
        return new EventBuilder(realm, session, session.getContext().getConnection())
                .user(token.ownerId())
                .detail(Details.CREDENTIAL_TYPE, CREDENTIAL_TYPE)
                .detail("prefix", token.prefix())
                .detail("name", token.name());
    }
}
