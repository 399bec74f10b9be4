package io.qahub.keycloak.apitokens.token;

import java.nio.charset.StandardCharsets;

/** The private part of a token string. Redacted in {@link #toString()}; read it with {@link #reveal()}. */
public final class Secret {
    private final String value;

    Secret(String value) {
        this.value = value;
    }

    /** Returns the secret in plaintext. Do not log or store the result. */
    public String reveal() {
        return value;
    }

    /** Returns the secret in plaintext, as ASCII bytes. Do not log or store the result. */
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
