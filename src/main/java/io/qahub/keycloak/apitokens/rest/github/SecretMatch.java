package io.qahub.keycloak.apitokens.rest.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.JsonBody;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.LeakPlace;
import java.util.ArrayList;
import java.util.List;

/**
 * A string that GitHub has found and that may be a token.
 *
 * @param type the name that GitHub has given to the pattern
 */
record SecretMatch(String token, String type, LeakPlace place) {

    /** Reads a message; skips elements without a token. Responds with 400 if it is not a JSON array. */
    static List<SecretMatch> read(byte[] message) {
        JsonNode json = JsonBody.parse(message);
        if (!json.isArray()) {
            throw OAuthError.invalidRequest("Send a JSON array.");
        }
        List<SecretMatch> matches = new ArrayList<>();
        for (JsonNode element : json) {
            if (element.path("token").isTextual()) {
                matches.add(of(element));
            }
        }
        return matches;
    }

    private static SecretMatch of(JsonNode element) {
        return new SecretMatch(
                element.path("token").asText(),
                element.path("type").asText(),
                LeakPlace.of(
                        element.path("url").asText(), element.path("source").asText()));
    }

    @Override
    public String toString() {
        return "SecretMatch[" + type + "]";
    }
}
