package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.keycloak.AfterCommit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** Sends Keycloak user events about changes to tokens. Events contain the prefix of a token, never its secret. */
public final class TokenEvents {
    /** The event detail {@code credential_type}. */
    public static final String CREDENTIAL_TYPE = "api-token";

    private TokenEvents() {}

    /** Sends one event per changed token. Events about actions of the owner or of a client contain the client. */
    static void send(TokenChange change) {
        send(change, Impersonator.eventDetails(change.session()));
    }

    private static void send(TokenChange change, Map<String, String> actor) {
        if (change instanceof TokenChange.Created created) {
            EventBuilder event =
                    addNetworks(event(change, created.token(), EventType.UPDATE_CREDENTIAL, actor), created.token());
            if (created.by() == CreatedBy.ADMIN) {
                event.detail("created_by", "admin").success();
            } else {
                withClient(change, event).success();
            }
        } else if (change instanceof TokenChange.Rotated rotated) {
            withClient(change, event(change, rotated.token(), EventType.UPDATE_CREDENTIAL, actor))
                    .detail("rotated", "true")
                    .success();
        } else if (change instanceof TokenChange.OverlapEnded ended) {
            EventBuilder event = event(change, ended.token(), EventType.UPDATE_CREDENTIAL, actor)
                    .detail("overlap_ended_by", ended.by().detail());
            (hasClient(ended.by()) ? withClient(change, event) : event).success();
        } else if (change instanceof TokenChange.Edited edited) {
            EventBuilder event = event(change, edited.token(), EventType.UPDATE_CREDENTIAL, actor);
            withClient(change, addNetworks(event, edited.token()))
                    .detail("edited", "true")
                    .success();
        } else if (change instanceof TokenChange.Shortened shortened) {
            for (ApiToken token : shortened.tokens()) {
                event(change, token, EventType.UPDATE_CREDENTIAL, actor)
                        .detail("expires_at", shortened.latest().toString())
                        .detail("shortened_by", "admin")
                        .success();
            }
        } else if (change instanceof TokenChange.Revoked revoked) {
            for (ApiToken token : revoked.tokens()) {
                EventBuilder event = event(change, token, EventType.REMOVE_CREDENTIAL, actor)
                        .detail("revoked_by", revoked.by().detail());
                addPlace(event, revoked.places().get(token.id()));
                (hasClient(revoked.by()) ? withClient(change, event) : event).success();
            }
        }
    }

    /**
     * As {@link #send}, in a transaction after the commit: a failure to store the event does not undo the revocation.
     */
    static void sendAfterCommit(TokenChange.Revoked change) {
        KeycloakSession session = change.session();
        String realmId = change.realm().getId();
        Map<String, String> actor = Impersonator.eventDetails(session);
        AfterCommit.inTransaction(
                session,
                "sending the events of revoked API tokens",
                own -> send(
                        new TokenChange.Revoked(
                                own, own.realms().getRealm(realmId), change.tokens(), change.by(), change.places()),
                        actor));
    }

    private static EventBuilder event(TokenChange change, ApiToken token, EventType type, Map<String, String> actor) {
        EventBuilder event = new EventBuilder(
                        change.realm(),
                        change.session(),
                        change.session().getContext().getConnection())
                .event(type)
                .user(token.ownerId())
                .detail(Details.CREDENTIAL_TYPE, CREDENTIAL_TYPE)
                .detail("prefix", token.prefix())
                .detail("name", storable(token.name()));
        if (token.organizationId() != null) {
            event.detail("organization", TokenOrganizations.alias(change.session(), token.organizationId()));
        }
        actor.forEach(event::detail);
        return event;
    }

    private static EventBuilder addNetworks(EventBuilder event, ApiToken token) {
        String networks = String.join(" ", token.allowedNetworks().texts());
        return networks.isEmpty() ? event : event.detail("allowed_networks", networks);
    }

    private static void addPlace(EventBuilder event, @Nullable LeakPlace place) {
        if (place != null) {
            event.detail("leak_url", place.url()).detail("leak_source", place.source());
        }
    }

    /** Replaces characters such as emoji, which Keycloak's table of events cannot contain on MariaDB and MySQL. */
    private static String storable(String name) {
        return name.replaceAll("[\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }

    private static boolean hasClient(RevokedBy by) {
        return by == RevokedBy.OWNER || by == RevokedBy.CLIENT;
    }

    private static EventBuilder withClient(TokenChange change, EventBuilder event) {
        return event.client(change.session().getContext().getClient());
    }
}
