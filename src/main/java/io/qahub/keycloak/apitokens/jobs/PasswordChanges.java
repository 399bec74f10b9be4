package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Revokes the tokens of an owner whose password changes, if the realm's policy requires it. */
record PasswordChanges(KeycloakSession session) implements EventListenerProvider {
    private static final Logger LOG = Logger.getLogger(PasswordChanges.class);
    private static final Pattern RESET = Pattern.compile("users/([^/]+)/reset-password");
    private static final int BATCH = 500;

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
        RealmModel realm = session.realms().getRealm(realmId);
        if (!isRequired(realm)) {
            return;
        }
        ApiTokens tokens = session.getProvider(ApiTokens.class);
        TokenFilter filter = TokenFilter.notRevoked().withOwners(Set.of(userId));
        List<ApiToken> batch = tokens.list(realm, TokenQuery.newest(filter, 0, BATCH));
        while (!batch.isEmpty()) {
            tokens.revoke(realm, batch, RevokedBy.PASSWORD_CHANGE);
            batch = tokens.list(realm, TokenQuery.newest(filter, 0, BATCH));
        }
    }

    /** Returns true also if the policy is invalid, to fail closed. */
    private static boolean isRequired(RealmModel realm) {
        try {
            return TokenPolicy.of(realm).revokeOnPasswordChange();
        } catch (InvalidPolicyException e) {
            LOG.errorf(
                    "Realm %s: a password change revokes API tokens, because the policy is invalid: %s",
                    realm.getName(), e.getMessage());
            return true;
        }
    }

    @Override
    public void close() {}
}
