package io.qahub.keycloak.apitokens.token;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The checksum that ends a token string: the CRC-32 of the preceding characters as six base-62 digits. */
final class Checksum {
    static final int LENGTH = 6;

    private Checksum() {}

    static String of(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return Base62.encode(crc.getValue(), LENGTH);
    }

    static boolean isValid(String tokenString) {
        int split = tokenString.length() - LENGTH;
        return tokenString.startsWith(of(tokenString.substring(0, split)), split);
    }
}
