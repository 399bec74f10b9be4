package io.qahub.keycloak.apitokens.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import io.qahub.keycloak.apitokens.representation.JsonBody;
import io.qahub.keycloak.apitokens.representation.RealmPolicy;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Lets existing tokens live no longer than one made now may. A longer life is cut to
 * the longest one from now on, not from creation, so that nothing stops at once and owners can be told.
 */
record ExpiryShortening(KeycloakSession session, RealmModel realm, AdminRights rights) {
    /** Returns whether the body asks for a count only. */
    static boolean isDryRun(InputStream body) {
        JsonNode dryRun = JsonBody.readOrEmpty(body, Set.of("dryRun")).path("dryRun");
        if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
            throw OAuthError.invalidRequest("dryRun must be true or false.");
        }
        return dryRun.booleanValue();
    }

    /** Returns how many tokens were, or on a dry run would be, shortened. */
    int shorten(boolean dryRun) {
        // Rights first: those who have none are told nothing of the policy.
        rights.manageable(TokenFilter.notRevoked());
        Instant latest = RealmPolicy.require(realm)
                .latestExpiry(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .orElseThrow(
                        () -> OAuthError.invalidRequest(
                                "Set the realm attribute apiTokens.maxLifetimeDays first; existing tokens are shortened to it."));
        TokenFilter filter = rights.manageable(TokenFilter.livingBeyond(latest));
        return dryRun
                ? Math.toIntExact(session.getProvider(ApiTokens.class).count(realm, filter))
                : new BulkChange(session, realm).shorten(filter, latest);
    }
}
