package io.qahub.keycloak.apitokens.representation;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.model.InvalidTokenRequestException;
import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads {@code {"name","scopes","expiresAt"}} strictly: wrong types are errors. */
public final class TokenRequestBody {
    /** The fields of the request for a token. */
    public static final Set<String> FIELDS = Set.of("name", "scopes", "expiresAt");

    private TokenRequestBody() {}

    /**
     * Returns the request that {@code json} makes.
     *
     * @throws InvalidTokenRequestException with a sentence that says what to do
     */
    public static TokenRequest read(JsonNode json, TokenPolicy policy, Instant now)
            throws InvalidTokenRequestException {
        String name = name(json.path("name"));
        Set<Scope> scopes = scopes(json.path("scopes"));
        return TokenRequest.of(name, scopes, expiry(json, policy, now), now);
    }

    /**
     * Returns when the token shall expire, null for never; without {@code expiresAt} the policy decides.
     *
     * @throws InvalidTokenRequestException if it is not a time, or the policy does not allow it
     */
    public static Instant expiry(JsonNode json, TokenPolicy policy, Instant now) throws InvalidTokenRequestException {
        Optional<Instant> asked = Optional.ofNullable(TokenRequest.checkedExpiry(expiry(json.path("expiresAt")), now));
        return policy.expiry(json.has("expiresAt"), asked, now).orElse(null);
    }

    private static String name(JsonNode name) throws InvalidTokenRequestException {
        if (!name.isTextual() && !name.isMissingNode() && !name.isNull()) {
            throw new InvalidTokenRequestException("name must be a string.");
        }
        return name.textValue();
    }

    private static Set<Scope> scopes(JsonNode values) throws InvalidTokenRequestException {
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (!values.isArray()) {
            throw new InvalidTokenRequestException("scopes must be an array of read, write or both.");
        }
        for (JsonNode value : values) {
            Scope scope = Scope.of(value.textValue())
                    .orElseThrow(() -> new InvalidTokenRequestException("The scopes are read and write."));
            if (!scopes.add(scope)) {
                throw new InvalidTokenRequestException("Name each scope once.");
            }
        }
        return scopes;
    }

    private static Instant expiry(JsonNode value) throws InvalidTokenRequestException {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.isTextual() ? value.textValue() : "")
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidTokenRequestException("expiresAt must be a time such as 2027-01-01T00:00:00Z.");
        }
    }
}
