package io.qahub.keycloak.apitokens.model;

import java.util.Locale;

/** Who or what ended a token. */
public enum RevokedBy {
    OWNER,
    ADMIN,
    /** Whoever holds the token, by the token itself. */
    HOLDER,
    /** Whoever found the token. */
    LEAK_REPORT,
    /** The realm's {@code apiTokens.idleDays}. */
    IDLE_POLICY,
    /** The realm's {@code apiTokens.revokeOnPasswordChange}. */
    PASSWORD_CHANGE;

    /** Returns the name as metrics have it, such as {@code idle_policy}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
