package io.qahub.keycloak.apitokens.rest.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells GitHub whether a match is a token of the realm. Contains a hash of the match instead of the match. */
record Feedback(
        @JsonProperty("token_hash") String tokenHash,
        @JsonProperty("token_type") String tokenType,
        String label) {

    static Feedback of(SecretMatch match, boolean isToken) {
        return new Feedback(sha256(match.token()), match.type(), isToken ? "true_positive" : "false_positive");
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
