package io.qahub.keycloak.apitokens.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JsonSerialization;

/**
 * An administrator or client who acts as another user.
 *
 * @param details the event details that name the impersonator, as in Keycloak's event {@code IMPERSONATE}
 */
public record Impersonator(Map<String, String> details) {
    private static final Logger LOG = Logger.getLogger(Impersonator.class);

    /** Also set by a token exchange in which a client, not an administrator, impersonates the user. */
    private static final String AUTH_METHOD = "impersonate";

    private static final String ACTOR = "act";

    private static final String KNOWN = Impersonator.class.getName();
    private static final String REALM = KNOWN + ".realm";

    /**
     * Returns the impersonator of the user session that authenticates the request, or the actor of a delegation
     * (RFC 8693, section 4.1); empty if there is none.
     *
     * @throws RuntimeException if a protocol mapper of the access token's client fails
     */
    public static Optional<Impersonator> of(KeycloakSession session) {
        return ofUserSession(session).or(() -> ofDelegation(session));
    }

    /**
     * Returns the event details that name the impersonator; empty if there is none. Does not fail, so that tokens can be
     * revoked in any case. Looks them up once per session, which may need the database.
     */
    public static Map<String, String> eventDetails(KeycloakSession session) {
        Impersonator known = session.getAttribute(KNOWN, Impersonator.class);
        if (known == null) {
            known = new Impersonator(detailsOrNone(session));
            session.setAttribute(KNOWN, known);
        }
        return known.details;
    }

    /** Lets events that are sent in the session {@code own} name the impersonator of a request. */
    public static void copy(KeycloakSession session, KeycloakSession own) {
        own.setAttribute(KNOWN, new Impersonator(eventDetails(session)));
    }

    private static Map<String, String> detailsOrNone(KeycloakSession session) {
        try {
            return of(session).map(Impersonator::details).orElse(Map.of());
        } catch (RuntimeException e) {
            LOG.warnf("Events about API tokens do not say whether the user was impersonated: %s", e);
            LOG.debug("The claims of an access token could not be determined", e);
            return Map.of();
        }
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

    private static Optional<Impersonator> ofDelegation(KeycloakSession session) {
        if (!(session.getContext().getBearerToken() instanceof AccessToken token)) {
            return Optional.empty();
        }
        Object actor = token.getOtherClaims().get(ACTOR);
        if (actor == null) {
            actor = introspected(session, token).getOtherClaims().get(ACTOR);
        }
        if (actor == null) {
            return Optional.empty();
        }
        // A map in a token that was parsed, a JSON node if a mapper has added it.
        JsonNode name = JsonSerialization.mapper.valueToTree(actor).path("sub");
        return Optional.of(
                new Impersonator(name.isTextual() ? Map.of(Details.IMPERSONATOR, name.textValue()) : Map.of()));
    }

    /**
     * Returns the claims that mappers add at Keycloak's introspection of the access token. Lightweight access tokens
     * omit most claims, and mappers can be limited to introspection.
     */
    private static AccessToken introspected(KeycloakSession session, AccessToken token) {
        // Without the other claims: one of these could select an organization.
        AccessToken basic = new AccessToken();
        basic.subject(token.getSubject());
        basic.issuedFor(token.getIssuedFor());
        basic.setScope(token.getScope());
        UserSessionModel userSession = session.getContext().getUserSession();
        RealmModel target = session.getContext().getRealm();
        // An administrator of the master realm calls for another realm.
        session.getContext().setRealm(userSession.getRealm());
        try {
            return new AccessTokenIntrospectionProvider<>(session).transformAccessToken(basic, userSession);
        } finally {
            session.getContext().setRealm(target);
        }
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
