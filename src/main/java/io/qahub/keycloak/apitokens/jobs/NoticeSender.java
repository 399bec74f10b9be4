package io.qahub.keycloak.apitokens.jobs;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Sends notices asynchronously on threads of Keycloak. Failed notices are not retried. */
final class NoticeSender {
    private static final Logger LOG = Logger.getLogger(NoticeSender.class);
    private static final String EXECUTOR = "api-token-notices";

    /** Bounds memory use if the mail server does not respond. */
    private static final int MAX_WAITING = 10_000;

    private final NoticeMeters meters = new NoticeMeters();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Clock clock;

    NoticeSender(Clock clock) {
        this.clock = clock;
    }

    /** Schedules the notices and returns immediately. */
    void send(KeycloakSessionFactory factory, List<Notice> notices) {
        notices.forEach(notice -> run(factory, notice, () -> deliver(factory, notice)));
    }

    /** Runs {@code delivery}, which may send {@code notice}, on the same threads; drops the notice if too many wait. */
    void run(KeycloakSessionFactory factory, Notice notice, Runnable delivery) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            drop(notice);
            return;
        }
        try (KeycloakSession session = factory.create()) {
            session.getProvider(ExecutorsProvider.class).getExecutor(EXECUTOR).execute(() -> {
                waiting.decrementAndGet();
                delivery.run();
            });
        } catch (RejectedExecutionException e) {
            // The server is shutting down.
            drop(notice);
        }
    }

    private void drop(Notice notice) {
        waiting.decrementAndGet();
        meters.count(notice.kind(), NoticeMeters.Outcome.DROPPED);
        LOG.debugf("Realm %s: a notice about API tokens was dropped", notice.realmId());
    }

    private void deliver(KeycloakSessionFactory factory, Notice notice) {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, session -> deliver(session, notice));
        } catch (RuntimeException e) {
            fail(notice, e);
        }
    }

    private void deliver(KeycloakSession session, Notice notice) {
        RealmModel realm = session.realms().getRealm(notice.realmId());
        if (realm == null) {
            return;
        }
        session.getContext().setRealm(realm);
        UserModel owner = session.users().getUserById(realm, notice.ownerId());
        if (!canReceive(owner)) {
            return;
        }
        try {
            new NoticeEmail(session, realm, owner).send(notice, clock.instant());
            meters.count(notice.kind(), NoticeMeters.Outcome.SENT);
        } catch (EmailException e) {
            fail(notice, e);
        }
    }

    private static boolean canReceive(UserModel owner) {
        return owner != null
                && owner.isEnabled()
                && owner.isEmailVerified()
                && owner.getEmail() != null
                && !owner.getEmail().isBlank();
    }

    private void fail(Notice notice, Exception e) {
        meters.count(notice.kind(), NoticeMeters.Outcome.FAILED);
        LOG.warnf("Realm %s: a notice about API tokens could not be sent: %s", notice.realmId(), e.getMessage());
        LOG.debug("Sending the notice failed", e);
    }
}
