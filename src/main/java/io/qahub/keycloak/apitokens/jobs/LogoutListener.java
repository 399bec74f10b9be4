package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.OwnerRevocation;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Revokes tokens when an administrator signs out a user or sets a not-before time, so that lists show them as revoked.
 * Verification does not depend on it.
 */
record LogoutListener(KeycloakSession session) implements EventListenerProvider {
    private static final Pattern USER_LOGOUT = Pattern.compile("users/([^/]+)/logout");
    private static final Set<ResourceType> WITH_NOT_BEFORE = Set.of(ResourceType.REALM, ResourceType.CLIENT);

    @Override
    public void onEvent(Event event) {}

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        if (realm == null || !TokenPolicy.revokesOnLogoutAll(realm)) {
            return;
        }
        Matcher logout = USER_LOGOUT.matcher(event.getResourcePath() == null ? "" : event.getResourcePath());
        if (logout.matches()) {
            OwnerRevocation.revokeAll(session, realm, logout.group(1), RevokedBy.LOGOUT);
        } else if (WITH_NOT_BEFORE.contains(event.getResourceType())) {
            session.getKeycloakSessionFactory().publish(new NotBeforeChanged(session, realm.getId()));
        }
    }

    @Override
    public void close() {}
}
