package io.qahub.keycloak.apitokens.token;

import java.security.SecureRandom;

/** Generates random token strings with 31 bits of entropy in the prefix and 178 bits in the secret. */
public final class TokenGenerator {
    private static final String PREFIX_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

    private final SecureRandom random = new SecureRandom();

    /** Returns a new token string. Its prefix may already be in use. */
    public TokenString next() {
        return next(random(PREFIX_ALPHABET, TokenString.PREFIX_LENGTH));
    }

    /** Returns a new token string with this prefix. */
    public TokenString next(String prefix) {
        return TokenString.assemble(prefix, random(Checksum.ALPHABET, TokenString.SECRET_LENGTH - Checksum.LENGTH));
    }

    private String random(String alphabet, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
