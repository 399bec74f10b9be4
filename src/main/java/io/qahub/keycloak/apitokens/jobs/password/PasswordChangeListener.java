package io.qahub.keycloak.apitokens.jobs.password;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Revokes tokens after password changes by user storage providers other than LDAP, if an event reports the change. */
record PasswordChangeListener(KeycloakSession session) implements EventListenerProvider {
    private static final Pattern RESET = Pattern.compile("users/([^/]+)/reset-password");

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.UPDATE_CREDENTIAL
                && event.getDetails() != null
                && PasswordCredentialModel.TYPE.equals(event.getDetails().get(Details.CREDENTIAL_TYPE))) {
            revokeTokens(event.getRealmId(), event.getUserId());
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        Matcher reset = RESET.matcher(event.getResourcePath() == null ? "" : event.getResourcePath());
        if (reset.matches()) {
            revokeTokens(event.getRealmId(), reset.group(1));
        }
    }

    private void revokeTokens(String realmId, String userId) {
        new PasswordChange(session, session.realms().getRealm(realmId), userId).revokeTokensAfterDirectory();
    }

    @Override
    public void close() {}
}
