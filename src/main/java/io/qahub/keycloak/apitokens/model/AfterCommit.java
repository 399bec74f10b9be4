package io.qahub.keycloak.apitokens.model;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** What happens once a session's transaction has committed, and not at all if it is rolled back. */
public final class AfterCommit {
    private AfterCommit() {}

    /** Has {@code action} done then, on the same thread; what it throws reaches nobody but the log. */
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
