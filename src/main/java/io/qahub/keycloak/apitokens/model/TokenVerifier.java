package io.qahub.keycloak.apitokens.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Verifies tokens of the session's realm. Results are counted in {@code api_tokens_verifications_total}. A method that
 * cannot determine a result throws a {@link RuntimeException}, which does not mean that the token is inactive.
 */
public interface TokenVerifier {
    /**
     * Verifies {@code input}, which may be any string. Records the use of an active token.
     *
     * @param resourceServer the client at which the token must have a scope; null if the token itself
     *     authenticates the request
     * @param address the address of the caller that sent the token
     */
    Verification verify(
            KeycloakSession session, String input, @Nullable ClientModel resourceServer, CallerAddress address);

    /**
     * Verifies the token with this prefix without its secret, for an access token that was obtained with it.
     *
     * @param resourceServer the client at which the token must have a scope
     * @param address the address of the caller that sent the access token
     */
    Verification verifyStatus(
            KeycloakSession session, String prefix, ClientModel resourceServer, CallerAddress address);

    /** Returns the token whose secret {@code input} contains, active or not; empty if there is none. */
    Optional<ApiToken> findBySecret(KeycloakSession session, String input);
}
