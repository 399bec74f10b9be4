package io.qahub.keycloak.apitokens.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JsonSerialization;

/**
 * An administrator or client who acts as another user.
 *
 * @param details the event details that name the impersonator, as in Keycloak's event {@code IMPERSONATE}
 */
public record Impersonator(Map<String, String> details) {
    /** Also set by a token exchange in which a client, not an administrator, impersonates the user. */
    private static final String AUTH_METHOD = "impersonate";

    private static final String ACTOR = "act";

    private static final String REALM = Impersonator.class.getName();
    private static final String DELEGATED = REALM + "." + ACTOR;

    /**
     * Records the actor of a delegation (RFC 8693, section 4.1), if the claim {@code act} of the access token that
     * authenticates the request names one.
     */
    public static void add(KeycloakSession session, AccessToken token) {
        ofDelegation(token).ifPresent(actor -> session.setAttribute(DELEGATED, actor));
    }

    /**
     * Returns the impersonator of the user session that authenticates the request, or the actor that {@link #add} has
     * recorded; empty if there is none.
     */
    public static Optional<Impersonator> of(KeycloakSession session) {
        return ofUserSession(session)
                .or(() -> Optional.ofNullable(session.getAttribute(DELEGATED, Impersonator.class)));
    }

    private static Optional<Impersonator> ofUserSession(KeycloakSession session) {
        UserSessionModel userSession = session.getContext().getUserSession();
        if (userSession == null || !isImpersonated(userSession)) {
            return Optional.empty();
        }
        Map<String, String> details = new HashMap<>();
        String username = note(userSession, ImpersonationSessionNote.IMPERSONATOR_USERNAME);
        if (username != null) {
            details.put(Details.IMPERSONATOR, username);
        }
        realmOf(session, userSession).ifPresent(realm -> details.put(Details.IMPERSONATOR_REALM, realm));
        clientOf(userSession).ifPresent(client -> details.put("impersonator_client", client));
        return Optional.of(new Impersonator(details));
    }

    private static Optional<Impersonator> ofDelegation(AccessToken token) {
        Object actor = token.getOtherClaims().get(ACTOR);
        if (actor == null) {
            return Optional.empty();
        }
        // A map in a token that was parsed, a JSON node in a lightweight one that mappers have completed.
        JsonNode name = JsonSerialization.mapper.valueToTree(actor).path("sub");
        return Optional.of(
                new Impersonator(name.isTextual() ? Map.of(Details.IMPERSONATOR, name.textValue()) : Map.of()));
    }

    private static boolean isImpersonated(UserSessionModel userSession) {
        return AUTH_METHOD.equals(userSession.getAuthMethod())
                || List.of(ImpersonationSessionNote.values()).stream()
                        .anyMatch(name -> note(userSession, name) != null);
    }

    /**
     * The session has the id of the administrator, who is a user of its realm or of the master realm. Looks up the
     * realm once: after that, Keycloak returns the user for any realm.
     */
    private static Optional<String> realmOf(KeycloakSession session, UserSessionModel userSession) {
        String id = note(userSession, ImpersonationSessionNote.IMPERSONATOR_ID);
        if (id == null) {
            return Optional.empty();
        }
        String known = session.getAttribute(REALM, String.class);
        if (known != null) {
            return Optional.of(known);
        }
        RealmModel master = session.realms().getRealmByName(Config.getAdminRealm());
        Optional<String> found = List.of(userSession.getRealm(), master).stream()
                .filter(realm -> Owners.find(session, realm, id).isPresent())
                .map(RealmModel::getName)
                .findFirst();
        found.ifPresent(name -> session.setAttribute(REALM, name));
        return found;
    }

    private static Optional<String> clientOf(UserSessionModel userSession) {
        return Optional.ofNullable(note(userSession, ImpersonationSessionNote.IMPERSONATOR_CLIENT))
                .map(userSession.getRealm()::getClientById)
                .map(ClientModel::getClientId);
    }

    private static @Nullable String note(UserSessionModel userSession, ImpersonationSessionNote name) {
        return userSession.getNote(name.toString());
    }
}
