package io.qahub.keycloak.apitokens.notice;

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

/** Sends notices on threads of Keycloak's; never tries one twice. */
final class NoticeSender {
    private static final Logger LOG = Logger.getLogger(NoticeSender.class);
    private static final String EXECUTOR = "api-token-notices";

    /** What a mail server that hangs may pile up in memory. */
    private static final int MOST_WAITING = 10_000;

    private final NoticeMeters meters = new NoticeMeters();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Clock clock;

    NoticeSender(Clock clock) {
        this.clock = clock;
    }

    /** Returns at once; the notices are on their way. */
    void send(KeycloakSessionFactory factory, List<Notice> notices) {
        notices.forEach(notice -> run(factory, notice, () -> deliver(factory, notice)));
    }

    /** Runs something that may lead to notices, on the same threads. */
    void run(KeycloakSessionFactory factory, Notice notice, Runnable delivery) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            drop(notice);
            return;
        }
        try (KeycloakSession session = factory.create()) {
            session.getProvider(ExecutorsProvider.class).getExecutor(EXECUTOR).execute(() -> {
                waiting.decrementAndGet();
                delivery.run();
            });
        } catch (RejectedExecutionException e) {
            // The server is going down.
            drop(notice);
        }
    }

    private void drop(Notice notice) {
        waiting.decrementAndGet();
        meters.count(notice.kind(), NoticeMeters.Outcome.DROPPED);
        LOG.debugf("A notice about an API token is not sent: %d wait already", MOST_WAITING);
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
        if (!canRead(owner)) {
            return;
        }
        try {
            new NoticeEmail(session, realm, owner).send(notice, clock.instant());
            meters.count(notice.kind(), NoticeMeters.Outcome.SENT);
        } catch (EmailException e) {
            fail(notice, e);
        }
    }

    private static boolean canRead(UserModel owner) {
        return owner != null
                && owner.isEnabled()
                && owner.isEmailVerified()
                && owner.getEmail() != null
                && !owner.getEmail().isBlank();
    }

    private void fail(Notice notice, Exception e) {
        meters.count(notice.kind(), NoticeMeters.Outcome.FAILED);
        LOG.warnf("Realm %s: a notice about API tokens could not be sent: %s", notice.realmId(), e.getMessage());
        LOG.debug("It failed like this", e);
    }
}
