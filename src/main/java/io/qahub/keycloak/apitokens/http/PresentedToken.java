package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.keycloak.BasicCredentials;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the token that a request contains as {@code Authorization: Bearer}, or as the password of {@code Basic}. */
public final class PresentedToken {
    private static final String BEARER = "bearer ";

    private PresentedToken() {}

    /**
     * Returns the token; empty without the header, and an empty string if the header is repeated or malformed. Ignores
     * tokens sent as usernames, which may be logged.
     */
    public static Optional<String> of(HttpHeaders headers) {
        List<String> lines = headers.getRequestHeader(HttpHeaders.AUTHORIZATION);
        if (lines == null || lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(lines.size() == 1 ? read(lines.get(0)) : "");
    }

    private static String read(String header) {
        if (header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return header.substring(BEARER.length()).stripLeading();
        }
        String[] pair = BasicCredentials.parse(header);
        return pair == null ? "" : pair[1];
    }
}
