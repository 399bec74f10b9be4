package io.qahub.keycloak.apitokens.model;

import java.util.Locale;

/** Who or what ended a token. */
public enum RevokedBy {
    OWNER("owner"),
    ADMIN("admin"),
    /** Whoever holds the token, by the token itself. */
    HOLDER("the token itself"),
    /** Whoever found the token. */
    LEAK_REPORT("leak report"),
    /** The realm's {@code apiTokens.idleDays}. */
    IDLE_POLICY("idle policy"),
    /** The realm's {@code apiTokens.revokeOnPasswordChange}. */
    PASSWORD_CHANGE("password change");

    private final String detail;

    RevokedBy(String detail) {
        this.detail = detail;
    }

    /** Returns the detail {@code revoked_by} of events. */
    public String detail() {
        return detail;
    }

    /** Returns the name as metrics have it, such as {@code idle_policy}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
