package io.qahub.keycloak.apitokens.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.JsonBody;
import io.qahub.keycloak.apitokens.http.NetworksField;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.TokenRequestBody;
import io.qahub.keycloak.apitokens.model.AllowedNetworks;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenTexts;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/**
 * A validated request body {@code {"name","description","allowedNetworks"}}.
 *
 * @param texts with those of the token where the request omits them
 * @param networks empty if the request omits them
 */
record EditRequest(TokenTexts texts, Optional<AllowedNetworks> networks) {
    static EditRequest read(InputStream body, ApiToken token, TokenPolicy policy) {
        JsonNode json = JsonBody.read(body, Set.of("name", "description", NetworksField.NAME));
        if (json.isEmpty()) {
            throw OAuthError.invalidRequest("Send at least one of name, description and allowedNetworks.");
        }
        TokenTexts texts = TokenRequestBody.texts(
                json.has("name") ? TokenRequestBody.text(json, "name") : token.name(),
                json.has("description") ? TokenRequestBody.text(json, "description") : token.description());
        return new EditRequest(
                texts, json.has(NetworksField.NAME) ? Optional.of(NetworksField.read(json, policy)) : Optional.empty());
    }
}
