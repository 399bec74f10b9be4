package io.qahub.keycloak.apitokens.lifecycle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Hears of changed passwords from Keycloak's events, in every realm without being configured. */
public final class PasswordChangeListenerFactory implements EventListenerProviderFactory {
    private static final Pattern RESET = Pattern.compile("users/([^/]+)/reset-password");

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new Listener(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "api-token-password-change";
    }

    private record Listener(KeycloakSession session) implements EventListenerProvider {
        @Override
        public void onEvent(Event event) {
            if (event.getType() == EventType.UPDATE_CREDENTIAL
                    && event.getDetails() != null
                    && PasswordCredentialModel.TYPE.equals(event.getDetails().get(Details.CREDENTIAL_TYPE))) {
                changed(event.getRealmId(), event.getUserId());
            }
        }

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {
            Matcher reset = RESET.matcher(event.getResourcePath() == null ? "" : event.getResourcePath());
            if (reset.matches()) {
                changed(event.getRealmId(), reset.group(1));
            }
        }

        private void changed(String realmId, String userId) {
            new PasswordChanges(session).onChange(session.realms().getRealm(realmId), userId);
        }

        @Override
        public void close() {}
    }
}
