package io.qahub.keycloak.apitokens.model;

import java.util.Locale;

/** Who or what revoked a token. */
public enum RevokedBy {
    OWNER("owner"),
    ADMIN("admin"),
    /** A caller who authenticated with the token itself. */
    HOLDER("the token itself"),
    /** A client that sent the token to Keycloak's revocation endpoint. */
    CLIENT("client"),
    /** A caller who reported the token as leaked. */
    LEAK_REPORT("leak report"),
    /** The realm attribute {@code apiTokens.idleDays}. */
    IDLE_POLICY("idle policy"),
    /** The realm attribute {@code apiTokens.revokeOnPasswordChange}. */
    PASSWORD_CHANGE("password change"),
    /** The realm attribute {@code apiTokens.revokeOnLogoutAll}. */
    LOGOUT("logout");

    private final String detail;

    RevokedBy(String detail) {
        this.detail = detail;
    }

    /** Returns the value of the event detail {@code revoked_by}. */
    public String detail() {
        return detail;
    }

    /** Returns the value of the metric tag {@code by}, such as {@code idle_policy}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
