package io.qahub.keycloak.apitokens.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qahub.keycloak.apitokens.model.InvalidTokenRequestException;
import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.model.TokenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;

/** Reads {@code {"name","scopes","expiresAt"}} strictly: unknown fields and wrong types are errors. */
final class TokenRequestBody {
    private static final int LONGEST = 16 * 1024;
    private static final Set<String> FIELDS = Set.of("name", "scopes", "expiresAt");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private TokenRequestBody() {}

    static TokenRequest read(InputStream body, Instant now) throws InvalidTokenRequestException {
        JsonNode json = parse(body);
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            if (!FIELDS.contains(names.next())) {
                throw new InvalidTokenRequestException("Only name, scopes and expiresAt can be set.");
            }
        }
        return TokenRequest.of(
                name(json.path("name")), scopes(json.path("scopes")), expiry(json.path("expiresAt")), now);
    }

    private static JsonNode parse(InputStream body) throws InvalidTokenRequestException {
        try {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new InvalidTokenRequestException("The body must be at most " + LONGEST + " bytes long.");
            }
            JsonNode json = JSON.readTree(bytes);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidTokenRequestException("The body is not valid JSON.");
        } catch (IOException e) {
            throw new InvalidTokenRequestException("The body could not be read.");
        }
        throw new InvalidTokenRequestException("Send a JSON object with name and scopes.");
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
