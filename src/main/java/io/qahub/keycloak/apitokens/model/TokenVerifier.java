package io.qahub.keycloak.apitokens.model;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Verifies tokens of the session's realm. Every result is counted in {@code api_tokens_verifications_total}. Every method
 * throws a {@link RuntimeException} if there is no result, which must not be mistaken for an inactive token.
 */
public interface TokenVerifier {
    /** Verifies a token string, which may have any shape. If it is active, its use is recorded. */
    Verification verify(KeycloakSession session, String input);

    /** Verifies the token with this prefix for a caller who holds something obtained with it, but not its secret. */
    Verification verifyStatus(KeycloakSession session, String prefix);

    /** Returns the token whose secret {@code input} contains, active or not: whoever holds the secret may revoke it. */
    Optional<ApiToken> findBySecret(KeycloakSession session, String input);
}
