package io.qahub.keycloak.apitokens.keycloak;

import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionTask;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Runs actions after the commit of a session's transaction. */
public final class AfterCommit {
    private static final Logger LOG = Logger.getLogger(AfterCommit.class);

    private AfterCommit() {}

    /**
     * Runs {@code action} after the commit, on the same thread, or now if the transaction is committed already; does
     * not run it after a rollback. A failure is logged and not thrown: the commit cannot be undone, and the caller must
     * learn that it succeeded.
     *
     * @param name what the action does, for the log
     */
    public static void run(KeycloakSession session, String name, Runnable action) {
        enlist(session, () -> run(name, action), () -> {});
    }

    /** As {@link #run}, but runs {@code action} after a rollback, too. */
    public static void orRollback(KeycloakSession session, String name, Runnable action) {
        enlist(session, () -> run(name, action), () -> run(name, action));
    }

    private static void enlist(KeycloakSession session, Runnable afterCommit, Runnable afterRollback) {
        if (!session.getTransactionManager().isActive()) {
            afterCommit.run();
            return;
        }
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                afterCommit.run();
            }

            @Override
            protected void rollbackImpl() {
                afterRollback.run();
            }
        });
    }

    /** As {@link #run}, in a transaction of its own, with the realm, client and request of the session. */
    public static void inTransaction(KeycloakSession session, String name, KeycloakSessionTask action) {
        run(
                session,
                name,
                () -> KeycloakModelUtils.runJobInTransaction(
                        session.getKeycloakSessionFactory(), session.getContext(), action));
    }

    private static void run(String name, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.errorf("Failed after a transaction: %s (%s)", name, e);
            LOG.debugf(e, "Failed: %s", name);
        }
    }
}
