package io.qahub.keycloak.apitokens.token;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The checksum that ends a token string: the CRC-32 of the preceding characters as six base-62 digits. */
final class Checksum {
    /** The digits of base 62. */
    static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    static final int LENGTH = 6;

    private Checksum() {}

    static String of(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return encode(crc.getValue());
    }

    static boolean isValid(String tokenString) {
        int split = tokenString.length() - LENGTH;
        return tokenString.startsWith(of(tokenString.substring(0, split)), split);
    }

    /** Pads with leading zeros. */
    private static String encode(long value) {
        char[] digits = new char[LENGTH];
        long remainder = value;
        for (int i = LENGTH - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (remainder % ALPHABET.length()));
            remainder /= ALPHABET.length();
        }
        return new String(digits);
    }
}
