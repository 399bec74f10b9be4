package io.qahub.keycloak.apitokens.token;

import java.security.SecureRandom;

/** Draws token strings: 31 bits of prefix, 178 bits of secret. */
public final class TokenGenerator {
    private static final String PREFIX_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

    private final SecureRandom random = new SecureRandom();

    /** Returns a new token string; its prefix may be taken already. */
    public TokenString next() {
        return next(draw(PREFIX_ALPHABET, TokenString.PREFIX_LENGTH));
    }

    /** Returns a new token string of that prefix. */
    public TokenString next(String prefix) {
        return TokenString.assemble(prefix, draw(Base62.ALPHABET, TokenString.SECRET_LENGTH - Checksum.LENGTH));
    }

    private String draw(String alphabet, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
