package io.qahub.keycloak.apitokens.token;

/** Base 62 in the alphabet {@code 0-9A-Za-z}. */
final class Base62 {
    static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Base62() {}

    /** Returns {@code value}, padded with leading zeros to {@code width} characters. */
    static String encode(long value, int width) {
        char[] out = new char[width];
        long remainder = value;
        for (int i = width - 1; i >= 0; i--) {
            out[i] = ALPHABET.charAt((int) (remainder % ALPHABET.length()));
            remainder /= ALPHABET.length();
        }
        return new String(out);
    }
}
