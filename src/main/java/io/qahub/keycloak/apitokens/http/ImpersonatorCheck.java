package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.model.Impersonator;
import io.qahub.keycloak.apitokens.model.TokenEvents;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Rejects new and edited tokens of impersonators: they outlive the impersonation, and look as if the user had created or
 * edited them.
 */
public final class ImpersonatorCheck {
    private ImpersonatorCheck() {}

    /** Responds with 403 and sends an event if the caller is an impersonator, who asks for a token of the owner. */
    public static void requireNone(KeycloakSession session, RealmModel realm, UserModel owner) {
        find(session).ifPresent(impersonator -> reject(session, realm, owner, impersonator));
    }

    /** Returns the impersonator who calls, if any; logs why and responds with 503 if this cannot be determined. */
    public static Optional<Impersonator> find(KeycloakSession session) {
        return AccessTokenClaims.getOrUnavailable(
                () -> Impersonator.of(session), "whether you are acting as another user");
    }

    private static void reject(KeycloakSession session, RealmModel realm, UserModel owner, Impersonator impersonator) {
        EventBuilder event = new EventBuilder(
                        realm, session, session.getContext().getConnection())
                .event(EventType.UPDATE_CREDENTIAL)
                .user(owner.getId())
                .client(session.getContext().getClient())
                .detail(Details.CREDENTIAL_TYPE, TokenEvents.CREDENTIAL_TYPE)
                .detail(Details.REASON, "impersonators cannot create, rotate or edit tokens");
        impersonator.details().forEach(event::detail);
        // The event is stored in a transaction of its own, which must not wait for a second database connection.
        session.getTransactionManager().commit();
        event.error(Errors.ACCESS_DENIED);
        throw OAuthError.of(
                403,
                "access_denied",
                "You are acting as another user. Only the user can create, rotate or edit API tokens.");
    }
}
