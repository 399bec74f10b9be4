package io.qahub.keycloak.apitokens.oidc;

import io.qahub.keycloak.apitokens.model.ApiToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a secret of a token in the JWTs that were obtained with it, so that a JWT becomes inactive with its
 * secret. Times are not sufficient: a JWT contains the second in which it was issued, and a token can be rotated within
 * that second.
 */
public final class SecretGeneration {
    private static final int LENGTH = 8;

    private SecretGeneration() {}

    /**
     * Returns the generation of the secret with this bcrypt hash, which is salted and thus different for each secret.
     */
    static String of(String secretHash) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secretHash.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** Returns whether a secret of this generation is accepted: the current one, or one whose overlap has not ended. */
    public static boolean isAccepted(ApiToken token, @Nullable Object generation, Instant now) {
        return Stream.concat(
                        Stream.of(token.secretHash()),
                        token.previousSecrets().stream()
                                .filter(secret -> now.isBefore(secret.until()))
                                .map(secret -> secret.hash()))
                .anyMatch(hash -> of(hash).equals(generation));
    }
}
