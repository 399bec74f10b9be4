package io.qahub.keycloak.apitokens.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.model.AllowedNetworks;
import io.qahub.keycloak.apitokens.model.InvalidTokenRequestException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The field {@code allowedNetworks} of requests. Responds with 400 if it is invalid or the policy does not allow it. */
public final class NetworksField {
    /** The name of the field. */
    public static final String NAME = "allowedNetworks";

    private NetworksField() {}

    /** Returns the networks in the request {@code json}; all if the field is missing or null. */
    public static AllowedNetworks read(JsonNode json, TokenPolicy policy) {
        JsonNode values = json.path(NAME);
        if (values.isMissingNode() || values.isNull()) {
            return AllowedNetworks.ALL;
        }
        AllowedNetworks networks = parse(texts(values));
        try {
            return policy.checkedNetworks(networks);
        } catch (InvalidTokenRequestException e) {
            throw OAuthError.invalidRequest(Objects.requireNonNull(e.getMessage()));
        }
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.textValue()));
        if (!values.isArray() || texts.contains(null)) {
            throw OAuthError.invalidRequest(
                    NAME + " must be an array of networks in CIDR notation, such as 192.0.2.0/24 and 2001:db8::/32.");
        }
        if (texts.isEmpty()) {
            throw OAuthError.invalidRequest(
                    NAME + " must contain at least one network; send null for a token without restriction.");
        }
        return texts;
    }

    private static AllowedNetworks parse(List<String> texts) {
        try {
            return AllowedNetworks.of(texts);
        } catch (InvalidTokenRequestException e) {
            throw OAuthError.invalidRequest(NAME + ": " + e.getMessage() + ".");
        }
    }
}
