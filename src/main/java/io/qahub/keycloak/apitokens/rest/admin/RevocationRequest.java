package io.qahub.keycloak.apitokens.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.JsonBody;
import io.qahub.keycloak.apitokens.http.OAuthError;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request to revoke tokens. Exactly one of {@code ids}, {@code user}, {@code filter} and {@code all} is set.
 *
 * @param ids the ids of the tokens, or null
 * @param user the id of the owner, or null
 * @param filter an object with at least one field of {@link FilterParameters}, or null
 * @param all whether to revoke all tokens
 * @param dryRun whether to count the tokens only
 */
record RevocationRequest(
        @Nullable Set<String> ids,
        @Nullable String user,
        @Nullable JsonNode filter,
        boolean all,
        boolean dryRun) {
    private static final Set<String> FIELDS = Set.of("ids", "user", "filter", "all", "dryRun");
    private static final int MAX_IDS = 1000;

    static RevocationRequest read(InputStream body) {
        JsonNode json = JsonBody.readWithoutSecrets(body, FIELDS);
        if (Stream.of("ids", "user", "filter", "all").filter(json::has).count() != 1) {
            throw OAuthError.invalidRequest("Send exactly one of ids, user, filter and all.");
        }
        return new RevocationRequest(
                ids(json), user(json), filter(json), flag(json, "all", true), flag(json, "dryRun", false));
    }

    private static @Nullable Set<String> ids(JsonNode json) {
        if (!json.has("ids")) {
            return null;
        }
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode id : json.get("ids")) {
            ids.add(id.textValue());
        }
        if (!json.get("ids").isArray() || ids.isEmpty() || ids.size() > MAX_IDS || ids.contains(null)) {
            throw OAuthError.invalidRequest("ids must be an array of 1 to " + MAX_IDS + " token IDs.");
        }
        return ids;
    }

    private static @Nullable String user(JsonNode json) {
        if (json.has("user") && !json.get("user").isTextual()) {
            throw OAuthError.invalidRequest("user must be the ID of a user.");
        }
        return json.path("user").textValue();
    }

    private static @Nullable JsonNode filter(JsonNode json) {
        JsonNode filter = json.get("filter");
        if (filter == null) {
            return null;
        }
        if (!filter.isObject() || filter.isEmpty()) {
            throw OAuthError.invalidRequest("filter must be an object with at least one field.");
        }
        JsonBody.requireOnly(filter, FilterParameters.NAMES);
        for (JsonNode value : filter) {
            if (!value.isValueNode() || value.isNull()) {
                throw OAuthError.invalidRequest("The fields of filter must be strings, numbers or booleans.");
            }
        }
        return filter;
    }

    private static boolean flag(JsonNode json, String name, boolean onlyTrue) {
        JsonNode value = json.get(name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean() || (onlyTrue && !value.booleanValue())) {
            throw OAuthError.invalidRequest(name + (onlyTrue ? " must be true." : " must be true or false."));
        }
        return value.booleanValue();
    }
}
