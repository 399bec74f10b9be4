package io.qahub.keycloak.apitokens.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.JsonBody;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.verification.GrantableScopes;
import io.qahub.keycloak.apitokens.verification.ScopeMethods;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientScopeModel;

/**
 * A request body {@code {"grantable","methods"}}; fields that are missing do not change.
 *
 * @param grantable whether tokens may be given the client scope, or null
 * @param methods the methods that the scope allows at gateways, or null
 */
record ScopeUpdate(@Nullable Boolean grantable, @Nullable Set<String> methods) {
    static ScopeUpdate read(InputStream body) {
        JsonNode json = JsonBody.read(body, Set.of("grantable", "methods"));
        if (json.isEmpty()) {
            throw OAuthError.invalidRequest("Send grantable, methods or both.");
        }
        return new ScopeUpdate(grantable(json.path("grantable")), methods(json.path("methods")));
    }

    private static @Nullable Boolean grantable(JsonNode value) {
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw OAuthError.invalidRequest("grantable must be true or false.");
        }
        return value.booleanValue();
    }

    private static @Nullable Set<String> methods(JsonNode values) {
        if (values.isMissingNode()) {
            return null;
        }
        Set<String> methods = new LinkedHashSet<>();
        for (JsonNode value : values) {
            if (!value.isTextual() || !ScopeMethods.isKnown(value.textValue()) || !methods.add(value.textValue())) {
                throw invalidMethods();
            }
        }
        if (!values.isArray()) {
            throw invalidMethods();
        }
        return methods;
    }

    private static RuntimeException invalidMethods() {
        return OAuthError.invalidRequest(
                "methods must be an array of GET, HEAD, OPTIONS, POST, PUT, PATCH and DELETE, without duplicates.");
    }

    /** Sets the attributes of the client scope. Responds with 400 if no token can have it. */
    void apply(ClientScopeModel scope) {
        if (grantable != null) {
            if (grantable && !GrantableScopes.canBeGrantable(scope)) {
                throw OAuthError.invalidRequest(
                        "The name of this client scope contains characters that OAuth does not allow in a"
                                + " scope. Rename the client scope first.");
            }
            set(scope, GrantableScopes.ATTRIBUTE, grantable ? "true" : "");
        }
        if (methods != null) {
            set(scope, ScopeMethods.ATTRIBUTE, String.join(" ", methods));
        }
    }

    private static void set(ClientScopeModel scope, String attribute, String value) {
        if (value.isEmpty()) {
            scope.removeAttribute(attribute);
        } else {
            scope.setAttribute(attribute, value);
        }
    }
}
