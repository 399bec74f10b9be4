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
import java.util.Set;

/** A validated request body {@code {"name","description","allowedNetworks"}}; a field that is omitted does not change. */
record EditRequest(TokenTexts texts, AllowedNetworks networks) {
    static EditRequest read(InputStream body, ApiToken token, TokenPolicy policy) {
        JsonNode json = JsonBody.read(body, Set.of("name", "description", NetworksField.NAME));
        if (json.isEmpty()) {
            throw OAuthError.invalidRequest("Send at least one of name, description and allowedNetworks.");
        }
        TokenTexts texts = TokenRequestBody.texts(
                json.has("name") ? TokenRequestBody.text(json, "name") : token.name(),
                json.has("description") ? TokenRequestBody.text(json, "description") : token.description());
        return new EditRequest(
                texts, json.has(NetworksField.NAME) ? NetworksField.read(json, policy) : token.allowedNetworks());
    }
}
