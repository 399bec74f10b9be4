package io.qahub.keycloak.apitokens.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.CreatedToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token in responses to its owner. {@code token}, the token string, is null except on creation and rotation. */
@JsonInclude(JsonInclude.Include.ALWAYS) // Keycloak's mapper omits nulls by default
public record TokenRepresentation(
        String id,
        String name,
        String prefix,
        List<String> scopes,
        String status,
        String createdAt,
        @Nullable String expiresAt,
        @Nullable String lastUsedAt,
        @Nullable String revokedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lastUsedAddress,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {

    /** Creates a representation without the token string. */
    public static TokenRepresentation of(ApiToken token, Instant now) {
        return of(token, now, null);
    }

    /** Creates a representation with the token string, for responses to creation and rotation. */
    public static TokenRepresentation of(CreatedToken created, Instant now) {
        return of(created.token(), now, created.tokenString().reveal());
    }

    private static TokenRepresentation of(ApiToken token, Instant now, @Nullable String tokenString) {
        return new TokenRepresentation(
                token.id(),
                token.name(),
                token.prefix(),
                List.copyOf(token.scopes()),
                token.status(now).value(),
                token.createdAt().toString(),
                text(token.expiresAt()),
                text(token.lastUsedAt()),
                text(token.revokedAt()),
                token.lastUsedAddress(),
                tokenString);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    @Override
    public String toString() {
        return "TokenRepresentation[" + id + "]";
    }
}
