package io.qahub.keycloak.apitokens.oidc.revocation;

import org.jspecify.annotations.Nullable;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/** An event whose error is sent only on request. */
final class HeldEvent extends EventBuilder {
    private @Nullable String error;

    HeldEvent(KeycloakSession session) {
        super(session.getContext().getRealm(), session, session.getContext().getConnection());
    }

    @Override
    public void error(String value) {
        error = value;
    }

    /** Sends the error, if there is one. */
    void send() {
        if (error != null) {
            super.error(error);
        }
    }
}
