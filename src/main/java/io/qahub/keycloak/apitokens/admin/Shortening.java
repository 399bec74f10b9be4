package io.qahub.keycloak.apitokens.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.InvalidTokenRequestException;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import io.qahub.keycloak.apitokens.representation.JsonBody;
import io.qahub.keycloak.apitokens.representation.RealmPolicy;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Lets existing tokens live no longer than one made now may, in batches as {@link BulkRevocation}. A longer life is cut to
 * the longest one from now on, not from creation, so that nothing stops at once and owners can be told.
 */
record Shortening(KeycloakSession session, RealmModel realm, AdminRights rights) {
    private static final int BATCH = 500;

    /** Returns whether the body asks for a count only. */
    static boolean isDryRun(InputStream body) throws InvalidTokenRequestException {
        JsonNode dryRun = JsonBody.readOrEmpty(body, Set.of("dryRun")).path("dryRun");
        if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
            throw new InvalidTokenRequestException("dryRun must be true or false.");
        }
        return dryRun.booleanValue();
    }

    /** Returns how many tokens were, or on a dry run would be, shortened. */
    int shorten(boolean dryRun) throws InvalidTokenRequestException {
        // Rights first: those who have none are told nothing of the policy.
        rights.manageable(TokenFilter.notRevoked());
        Instant latest = RealmPolicy.require(realm)
                .latestExpiry(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .orElseThrow(
                        () -> new InvalidTokenRequestException(
                                "Set the realm attribute apiTokens.maxLifetimeDays first; existing tokens are shortened to it."));
        TokenFilter filter = rights.manageable(TokenFilter.livingBeyond(latest));
        return dryRun
                ? Math.toIntExact(session.getProvider(ApiTokens.class).count(realm, filter))
                : inBatches(filter, latest);
    }

    private int inBatches(TokenFilter filter, Instant latest) {
        int all = 0;
        int[] batch;
        do {
            batch = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    session.getContext(),
                    own -> shortenBatch(own, filter, latest),
                    "shorten API tokens");
            all += batch[1];
        } while (batch[0] == BATCH);
        return all;
    }

    private int[] shortenBatch(KeycloakSession own, TokenFilter filter, Instant latest) {
        RealmModel ownRealm = own.realms().getRealm(realm.getId());
        ApiTokens tokens = own.getProvider(ApiTokens.class);
        List<ApiToken> batch = tokens.list(ownRealm, TokenQuery.newest(filter, 0, BATCH));
        int shortened = tokens.shorten(ownRealm, batch, latest);
        return new int[] {batch.size(), shortened};
    }
}
