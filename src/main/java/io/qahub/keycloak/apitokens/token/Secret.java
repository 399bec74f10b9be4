package io.qahub.keycloak.apitokens.token;

import java.nio.charset.StandardCharsets;

/** The private part of a token string. Every read of it is a call of {@link #reveal()}. */
public final class Secret {
    private final String value;

    Secret(String value) {
        this.value = value;
    }

    /** Returns the secret in the clear; never log, store or send the result. */
    public String reveal() {
        return value;
    }

    /** Returns the secret's bytes (ASCII). */
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
