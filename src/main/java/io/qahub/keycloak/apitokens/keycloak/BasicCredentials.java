package io.qahub.keycloak.apitokens.keycloak;

import org.jspecify.annotations.Nullable;
import org.keycloak.util.BasicAuthHelper;

/** Reads headers {@code Authorization: Basic}. */
public final class BasicCredentials {
    private BasicCredentials() {}

    /** Returns username and password; null if the header is malformed, for which Keycloak 26.4 throws an exception. */
    public static String @Nullable [] parse(String header) {
        try {
            return BasicAuthHelper.parseHeader(header);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
