package io.qahub.keycloak.apitokens.keycloak;

import org.keycloak.models.KeycloakSession;

/** The migration strategy "manual", with which Keycloak writes SQL to a file instead of executing it. */
public final class ManualMigration {
    /** The attribute by which Keycloak notes that its own version has changed since the last start. */
    private static final String KEYCLOAK_HAS_CHANGED = "VERIFY_AND_RUN_MASTER_CHANGELOG";

    private ManualMigration() {}

    /**
     * Makes Keycloak export change sets of providers, too. Before 26.7, it executes them instead, unless its own version has
     * changed.
     *
     * @param session the one in which Keycloak looks for change sets
     */
    public static void includeProviders(KeycloakSession session) {
        session.setAttribute(KEYCLOAK_HAS_CHANGED, true);
    }
}
