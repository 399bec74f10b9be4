package io.qahub.keycloak.apitokens.realm;

import io.qahub.keycloak.apitokens.oauth.OAuthError;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;

/** Refuses what is not served with errors of ours: those of JAX-RS say nothing that helps. */
record Routes(KeycloakSession session) {
    private static final String ROOT = "/api-tokens/";

    /** Answers 404 unless the request's path below {@code api-tokens} is {@code path}, then 405 unless its method is one of these. */
    void require(String path, String... methods) {
        String asked = session.getContext().getUri().getPath();
        if (!asked.endsWith(ROOT + path)) {
            throw OAuthError.noSuchPath();
        }
        if (!List.of(methods).contains(session.getContext().getHttpRequest().getHttpMethod())) {
            throw OAuthError.methodNotAllowed(methods);
        }
    }

    /** Returns what a method is told that no path takes. */
    static ErrorResponseException refusal(String path) {
        return path.isEmpty()
                ? OAuthError.methodNotAllowed("GET", "POST")
                : path.contains("/") ? OAuthError.noSuchPath() : OAuthError.methodNotAllowed("GET", "DELETE");
    }
}
