package io.qahub.keycloak.apitokens.keycloak;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Runs actions after the commit of a session's transaction. They do not run if the transaction is rolled back. */
public final class AfterCommit {
    private AfterCommit() {}

    /** Runs {@code action} after the commit, on the same thread. An exception it throws is logged, not propagated. */
    public static void run(KeycloakSession session, Runnable action) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                action.run();
            }

            @Override
            protected void rollbackImpl() {}
        });
    }
}
