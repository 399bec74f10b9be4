package io.qahub.keycloak.apitokens.token;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The last six characters of a token string: CRC-32 of everything before them, in base 62. */
final class Checksum {
    static final int LENGTH = 6;

    private Checksum() {}

    static String of(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return Base62.encode(crc.getValue(), LENGTH);
    }

    static boolean ends(String tokenString) {
        int split = tokenString.length() - LENGTH;
        return tokenString.startsWith(of(tokenString.substring(0, split)), split);
    }
}
