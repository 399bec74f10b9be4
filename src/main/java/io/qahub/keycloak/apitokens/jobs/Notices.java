package io.qahub.keycloak.apitokens.jobs;

import com.github.benmanes.caffeine.cache.Cache;
import io.qahub.keycloak.apitokens.keycloak.AfterCommit;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.ExpiryNotice;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.ReplacedSecretUsed;
import io.qahub.keycloak.apitokens.model.TokenChange;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.time.Clock;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Notifies owners by email of changes to their tokens, if the realm enables notices and has an SMTP server. */
public final class Notices {
    private final NoticeSender sender;
    private final Clock clock;

    /** The current bcrypt hash by token id, so that repeated uses of a replaced secret do not query the database. */
    private final Cache<String, String> seen;

    /**
     * Creates an instance with the cache of tokens whose replaced secret was used: the current bcrypt hash by token id.
     */
    public Notices(Cache<String, String> seen, Clock clock) {
        this.clock = clock;
        this.seen = seen;
        this.sender = new NoticeSender(clock);
    }

    /** Notifies the owners of the changed tokens, after the commit of the change. */
    public void onTokenChange(TokenChange change) {
        List<Notice> notices = isEnabled(change.realm()) ? notices(change) : List.of();
        sendAfterCommit(change.session(), notices);
    }

    private void sendAfterCommit(KeycloakSession session, List<Notice> notices) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        if (!notices.isEmpty()) {
            AfterCommit.run(session, "sending notices about API tokens", () -> sender.send(factory, notices));
        }
    }

    private static List<Notice> notices(TokenChange change) {
        if (change instanceof TokenChange.Created created) {
            return Notice.of(Notice.Kind.CREATED, List.of(created.token()));
        }
        if (change instanceof TokenChange.Revoked revoked) {
            return switch (revoked.by()) {
                case ADMIN -> Notice.of(Notice.Kind.REVOKED, revoked.tokens());
                case LEAK_REPORT -> Notice.of(Notice.Kind.LEAKED, revoked.tokens(), revoked.places());
                case OWNER, HOLDER, CLIENT, IDLE_POLICY, PASSWORD_CHANGE, LOGOUT -> List.of();
            };
        }
        return List.of();
    }

    /** Notifies the owner of the first use of a replaced secret after a rotation. */
    public void onReplacedSecretUsed(ReplacedSecretUsed used) {
        ApiToken token = used.token();
        RealmModel realm = used.session().getContext().getRealm();
        if (token.secretHash().equals(seen.getIfPresent(token.id())) || realm == null || !isEnabled(realm)) {
            return;
        }
        seen.put(token.id(), token.secretHash()); // an evicted entry costs a database query
        KeycloakSessionFactory factory = used.session().getKeycloakSessionFactory();
        Notice notice = Notice.of(Notice.Kind.REPLACED_SECRET, List.of(token)).get(0);
        sender.run(factory, notice, () -> {
            if (claim(factory, token)) {
                sender.send(factory, List.of(notice));
            }
        });
    }

    private boolean claim(KeycloakSessionFactory factory, ApiToken token) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory, own -> ApiTokenStore.of(own).notices().claimReplacedSecret(token, clock.instant()));
    }

    /** Sends expiry notices for up to {@code max} tokens after the commit; returns the number of tokens. */
    public int sendExpiryNotices(KeycloakSession session, RealmModel realm, int max) {
        if (!isEnabled(realm)) {
            return 0;
        }
        ApiTokenStore store = ApiTokenStore.of(session);
        int total = 0;
        for (ExpiryNotice due : ExpiryNotice.values()) {
            List<ApiToken> tokens = store.notices().claimExpiring(realm.getId(), due, clock.instant(), max - total);
            sendAfterCommit(session, Notice.of(Notice.Kind.EXPIRES, tokens));
            total += tokens.size();
        }
        return total;
    }

    /** Returns false if the policy is invalid, which is reported when tokens are created. */
    private static boolean isEnabled(RealmModel realm) {
        try {
            return !realm.getSmtpConfig().isEmpty() && TokenPolicy.of(realm).notices();
        } catch (InvalidPolicyException e) {
            return false;
        }
    }
}
