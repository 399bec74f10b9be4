package io.qahub.keycloak.apitokens.http;

import java.nio.charset.StandardCharsets;

/** Encodes text for header values that proxies pass on unchanged: percent-encoded UTF-8 (RFC 3986, section 2.1). */
public final class HeaderValue {
    private static final String LITERAL = "-._~@:";

    private HeaderValue() {}

    /** Percent-encodes all octets of {@code text} except ASCII letters, digits and {@code -._~@:}. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || LITERAL.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append("%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }
}
