package io.qahub.keycloak.apitokens.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.JsonBody;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.TokenRequestBody;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenTexts;
import java.io.InputStream;
import java.util.Set;

/** Parses a request body {@code {"name","description"}}; a field that is omitted does not change. */
final class EditRequest {
    private EditRequest() {}

    static TokenTexts read(InputStream body, ApiToken token) {
        JsonNode json = JsonBody.read(body, Set.of("name", "description"));
        if (json.isEmpty()) {
            throw OAuthError.invalidRequest("Send name, description or both.");
        }
        return TokenRequestBody.texts(
                json.has("name") ? TokenRequestBody.text(json, "name") : token.name(),
                json.has("description") ? TokenRequestBody.text(json, "description") : token.description());
    }
}
