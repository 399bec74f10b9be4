package io.qahub.keycloak.apitokens.lifecycle;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** What happens once a session's transaction has committed, and not at all if it is rolled back. */
final class AfterCommit {
    private AfterCommit() {}

    static void run(KeycloakSession session, Runnable action) {
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
