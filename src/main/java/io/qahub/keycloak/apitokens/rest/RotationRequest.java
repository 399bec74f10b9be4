package io.qahub.keycloak.apitokens.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.JsonBody;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.TokenRequestBody;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenStatus;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request body {@code {"overlapSeconds","expiresAt"}}; both fields are optional. Without {@code expiresAt}, the token
 * keeps its expiry, limited by the policy. An expired token needs a new one, from the request or the policy's default.
 *
 * @param overlap the time for which previous secrets stay valid, from 0 to one day
 * @param expiresAt the new expiry; null for a token that does not expire
 */
record RotationRequest(Duration overlap, @Nullable Instant expiresAt) {
    private static final int MAX_OVERLAP_SECONDS = 86_400;

    static RotationRequest read(InputStream body, ApiToken token, TokenPolicy policy, Instant now) {
        JsonNode json = JsonBody.readOrEmpty(body, Set.of("overlapSeconds", "expiresAt"));
        JsonNode overlap = json.path("overlapSeconds");
        if (!overlap.isMissingNode() && !isOverlap(overlap)) {
            throw OAuthError.invalidRequest(
                    "overlapSeconds must be a whole number from 0 to " + MAX_OVERLAP_SECONDS + ".");
        }
        boolean isExpired = token.status(now) == TokenStatus.EXPIRED;
        if (isExpired && overlap.asInt(0) > 0) {
            throw OAuthError.invalidRequest(
                    "The token has expired, so its previous secret cannot be valid again; omit overlapSeconds.");
        }
        Instant expiresAt = json.has("expiresAt") || isExpired
                ? TokenRequestBody.expiry(json, policy, now)
                : policy.cappedExpiry(token.expiresAt(), now);
        if (isExpired && expiresAt == null && !json.has("expiresAt")) {
            throw OAuthError.invalidRequest("The token has expired; send a new expiresAt.");
        }
        return new RotationRequest(Duration.ofSeconds(overlap.asInt(0)), expiresAt);
    }

    private static boolean isOverlap(JsonNode value) {
        return value.isInt() && value.intValue() >= 0 && value.intValue() <= MAX_OVERLAP_SECONDS;
    }
}
