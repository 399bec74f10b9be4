package io.qahub.keycloak.apitokens.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.JsonBody;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.RealmPolicy;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Applies the maximum lifetime of the policy to existing tokens. The lifetime counts from now, not from the creation of
 * a token, so that no token expires immediately and owners can be notified.
 */
record ExpiryShortening(KeycloakSession session, RealmModel realm, AdminRights rights) {
    /** Returns whether the body requests a dry run. */
    static boolean isDryRun(InputStream body) {
        JsonNode dryRun = JsonBody.readOrEmpty(body, Set.of("dryRun")).path("dryRun");
        if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
            throw OAuthError.invalidRequest("dryRun must be true or false.");
        }
        return dryRun.booleanValue();
    }

    /** Shortens the tokens; returns how many were or, in a dry run, would be shortened. */
    int shorten(boolean dryRun) {
        // Check rights first, so that admins without them learn nothing about the policy.
        rights.manageable(TokenFilter.notRevoked());
        Instant latest = RealmPolicy.require(realm)
                .latestExpiry(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .orElseThrow(
                        () -> OAuthError.invalidRequest("Set the realm attribute apiTokens.maxLifetimeDays first."));
        TokenFilter filter = rights.manageable(TokenFilter.livingBeyond(latest));
        return dryRun
                ? Math.toIntExact(session.getProvider(ApiTokens.class).count(realm, filter))
                : new BulkChange(session, realm).shorten(filter, latest);
    }
}
