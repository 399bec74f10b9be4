package io.qahub.keycloak.apitokens.notice;

import io.qahub.keycloak.apitokens.model.AfterCommit;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.ExpiryNotice;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.ReplacedSecretUsed;
import io.qahub.keycloak.apitokens.model.TokenChange;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.time.Clock;
import java.util.List;
import org.keycloak.cache.LocalCache;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Tells owners by mail what happens to their tokens, each thing once, where the realm wants it and can send mail. */
public final class Notices {
    private final NoticeSender postman;
    private final Clock clock;

    /** Current hash by token id: repeated uses of a replaced secret do not query the database. */
    private final LocalCache<String, String> seen;

    /** Takes the cache of tokens whose replaced secret was used: the token's current hash by its id. */
    public Notices(LocalCache<String, String> seen, Clock clock) {
        this.clock = clock;
        this.seen = seen;
        this.postman = new NoticeSender(clock);
    }

    /** Tells those concerned, once the change is committed. */
    public void tell(TokenChange change) {
        List<Notice> notices = isWanted(change.realm()) ? notices(change) : List.of();
        sendAfterCommit(change.session(), notices);
    }

    private void sendAfterCommit(KeycloakSession session, List<Notice> notices) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        if (!notices.isEmpty()) {
            AfterCommit.run(session, () -> postman.send(factory, notices));
        }
    }

    private static List<Notice> notices(TokenChange change) {
        if (change instanceof TokenChange.Created created) {
            return Notice.of(Notice.Kind.CREATED, List.of(created.token()));
        }
        if (change instanceof TokenChange.Revoked revoked) {
            return switch (revoked.by()) {
                case ADMIN -> Notice.of(Notice.Kind.REVOKED, revoked.tokens());
                case LEAK_REPORT -> Notice.of(Notice.Kind.LEAKED, revoked.tokens());
                case OWNER, HOLDER, IDLE_POLICY, PASSWORD_CHANGE -> List.of();
            };
        }
        return List.of();
    }

    /** Tells the owner of a use of a replaced secret, the first after each rotation. */
    public void tell(ReplacedSecretUsed used) {
        ApiToken token = used.token();
        RealmModel realm = used.session().getContext().getRealm();
        if (token.secretHash().equals(seen.get(token.id())) || realm == null || !isWanted(realm)) {
            return;
        }
        seen.put(token.id(), token.secretHash()); // what is forgotten is asked of the database
        KeycloakSessionFactory factory = used.session().getKeycloakSessionFactory();
        Notice notice = Notice.of(Notice.Kind.REPLACED_SECRET, List.of(token)).get(0);
        postman.run(factory, notice, () -> {
            if (claim(factory, token)) {
                postman.send(factory, List.of(notice));
            }
        });
    }

    private boolean claim(KeycloakSessionFactory factory, ApiToken token) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory, own -> ApiTokenStore.of(own).claimReplacedSecretNotice(token, clock.instant()));
    }

    /** Tells of up to {@code max} tokens that expire soon, once it is committed that this is done; returns how many. */
    public int tellOfExpiry(KeycloakSession session, RealmModel realm, int max) {
        if (!isWanted(realm)) {
            return 0;
        }
        ApiTokenStore store = ApiTokenStore.of(session);
        int all = 0;
        for (ExpiryNotice due : ExpiryNotice.values()) {
            List<ApiToken> tokens = store.claimExpiryNotices(realm.getId(), due, clock.instant(), max - all);
            sendAfterCommit(session, Notice.of(Notice.Kind.EXPIRES, tokens));
            all += tokens.size();
        }
        return all;
    }

    /** A wrong policy sends nothing; it is said where tokens are created. */
    private static boolean isWanted(RealmModel realm) {
        try {
            return !realm.getSmtpConfig().isEmpty() && TokenPolicy.of(realm).notices();
        } catch (InvalidPolicyException e) {
            return false;
        }
    }
}
