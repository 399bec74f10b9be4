package io.qahub.keycloak.apitokens.realm;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.oauth.OAuthError;
import io.qahub.keycloak.apitokens.representation.JsonBody;
import io.qahub.keycloak.apitokens.representation.TokenRequestBody;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"overlapSeconds","expiresAt"}}, both optional. Without an expiry the token keeps its own, as far as the policy allows.
 *
 * @param overlap for how long the old secret goes on
 * @param expiresAt null for never
 */
record RotationRequest(Duration overlap, @Nullable Instant expiresAt) {
    private static final int A_DAY = 86_400;

    static RotationRequest read(InputStream body, ApiToken token, TokenPolicy policy, Instant now) {
        JsonNode json = JsonBody.readOrEmpty(body, Set.of("overlapSeconds", "expiresAt"));
        JsonNode overlap = json.path("overlapSeconds");
        if (!overlap.isMissingNode() && !(overlap.isInt() && overlap.intValue() >= 0 && overlap.intValue() <= A_DAY)) {
            throw OAuthError.invalidRequest("overlapSeconds must be a whole number from 0 to " + A_DAY + ".");
        }
        Instant expiresAt = json.has("expiresAt")
                ? TokenRequestBody.expiry(json, policy, now)
                : policy.cappedExpiry(token.expiresAt(), now);
        return new RotationRequest(Duration.ofSeconds(overlap.asInt(0)), expiresAt);
    }
}
