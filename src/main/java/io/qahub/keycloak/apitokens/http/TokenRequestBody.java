package io.qahub.keycloak.apitokens.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.model.InvalidTokenRequestException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenRequest;
import io.qahub.keycloak.apitokens.model.TokenTexts;
import io.qahub.keycloak.apitokens.verification.OwnerScopes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Parses request bodies of requests for tokens strictly. Responds with 400 if one is invalid. */
public final class TokenRequestBody {
    /** The fields of the request body. */
    public static final Set<String> FIELDS =
            Set.of("name", "description", "scopes", "expiresAt", "organization", NetworksField.NAME);

    private TokenRequestBody() {}

    /** Parses and validates a request for a token of an owner. */
    public static TokenRequest read(
            KeycloakSession session, JsonNode json, TokenPolicy policy, UserModel owner, Instant now) {
        TokenTexts texts = texts(text(json, "name"), text(json, "description"));
        RealmModel realm = session.getContext().getRealm();
        Set<String> scopes = scopes(json.path("scopes"), OwnerScopes.of(realm, owner));
        Instant requested = expiry(json.path("expiresAt"));
        try {
            return policy.request(texts, scopes, json.has("expiresAt"), requested, now)
                    .withOrganization(OrganizationField.read(session, json.path("organization"), policy, owner))
                    .withNetworks(NetworksField.read(json, policy))
                    .withKey(IdempotencyKey.read(session, owner));
        } catch (InvalidTokenRequestException e) {
            throw OAuthError.invalidRequest(Objects.requireNonNull(e.getMessage()));
        }
    }

    /** Returns the expiry, null for never. Without {@code expiresAt}, the default of the policy applies. */
    public static @Nullable Instant expiry(JsonNode json, TokenPolicy policy, Instant now) {
        Instant requested = expiry(json.path("expiresAt"));
        try {
            Optional<Instant> checked = Optional.ofNullable(TokenRequest.checkedExpiry(requested, now));
            return policy.expiry(json.has("expiresAt"), checked, now).orElse(null);
        } catch (InvalidTokenRequestException e) {
            throw OAuthError.invalidRequest(Objects.requireNonNull(e.getMessage()));
        }
    }

    /** Returns the value of a field that is a string; null if the field is missing or null. */
    public static @Nullable String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
            throw OAuthError.invalidRequest(field + " must be a string.");
        }
        return value.textValue();
    }

    /** Returns valid texts; responds with 400 if one is invalid. */
    public static TokenTexts texts(@Nullable String name, @Nullable String description) {
        try {
            return TokenTexts.of(name, description);
        } catch (InvalidTokenRequestException e) {
            throw OAuthError.invalidRequest(Objects.requireNonNull(e.getMessage()));
        }
    }

    private static Set<String> scopes(JsonNode values, OwnerScopes owner) {
        Set<String> scopes = new TreeSet<>();
        if (!values.isArray()) {
            throw OAuthError.invalidRequest("scopes must be an array of names of scopes, such as read and write.");
        }
        for (JsonNode value : values) {
            if (!value.isTextual() || owner.problem(value.textValue()).isPresent()) {
                throw OAuthError.invalidRequest("Each scope must be one of these: " + String.join(", ", owner.names())
                        + ". These are the scopes that the owner of the token may choose now.");
            }
            if (!scopes.add(value.textValue())) {
                throw OAuthError.invalidRequest("scopes must not contain duplicates.");
            }
        }
        return scopes;
    }

    private static @Nullable Instant expiry(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.isTextual() ? value.textValue() : "")
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw OAuthError.invalidRequest("expiresAt must be a time such as 2027-01-01T00:00:00Z.");
        }
    }
}
