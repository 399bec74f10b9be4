package io.qahub.keycloak.apitokens.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.verification.OwnerScopes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A token in responses to its owner.
 *
 * @param previousSecretUntil when the last replaced secret stops being accepted; null if none is accepted
 * @param organization the alias of the organization that the token is bound to, or its id if it is deleted; null if none
 * @param inactiveOrganization why the token currently cannot be used for its organization; null if it can
 * @param allowedNetworks the networks from which the token can be used; empty if all are allowed, or none because the
 *     stored value is invalid
 * @param inactiveScopes the scopes that the token currently cannot use; empty if it can use all
 * @param token the token string; null except on creation and rotation
 */
@JsonInclude(JsonInclude.Include.ALWAYS) // Keycloak's mapper omits nulls by default
public record TokenRepresentation(
        String id,
        String name,
        @Nullable String description,
        String prefix,
        List<String> scopes,
        String status,
        String createdAt,
        @Nullable String expiresAt,
        @Nullable String lastUsedAt,
        @Nullable String revokedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String previousSecretUntil,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lastUsedAddress,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String organization,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String inactiveOrganization,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> allowedNetworks,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<InactiveScope> inactiveScopes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {

    static TokenRepresentation of(
            ApiToken token,
            Instant now,
            @Nullable String organization,
            @Nullable String inactiveOrganization,
            List<InactiveScope> inactiveScopes,
            @Nullable String tokenString) {
        return new TokenRepresentation(
                token.id(),
                token.name(),
                token.description(),
                token.prefix(),
                List.copyOf(token.scopes()),
                token.status(now).value(),
                token.createdAt().toString(),
                text(token.expiresAt()),
                text(token.lastUsedAt()),
                text(token.revokedAt()),
                text(token.previousSecretUntil(now)),
                token.lastUsedAddress(),
                organization,
                inactiveOrganization,
                token.allowedNetworks().texts(),
                inactiveScopes,
                tokenString);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** A scope that a token currently cannot use, and the reason, such as {@code missing_role}. */
    public record InactiveScope(String name, String reason) {
        static InactiveScope of(String name, OwnerScopes.Problem problem) {
            return new InactiveScope(name, problem.name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public String toString() {
        return "TokenRepresentation[" + id + "]";
    }
}
