package io.qahub.keycloak.apitokens.lifecycle;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.InvalidPolicyException;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenUse;
import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Notes when tokens are used: in memory on the request path, in the database by a timer, each token once a minute. */
final class LastUsed {
    /** After which a row that cannot be written while others can is taken for deleted. */
    private static final Duration GIVE_UP = Duration.ofMinutes(10);

    static final Duration APART = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(LastUsed.class);
    private static final int BATCH = 500;

    /** What was noted within the last minute, so that a busy token costs one look. */
    private final ConcurrentHashMap<String, Instant> recent = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, TokenUse> pending = new ConcurrentHashMap<>();

    private final int most;
    private final LifecycleMeters meters;

    /** Takes how many tokens are remembered at most. */
    LastUsed(int most, LifecycleMeters meters) {
        this.most = most;
        this.meters = meters;
        meters.pending(pending);
    }

    void note(TokenUsedEvent used) {
        ApiToken token = used.token();
        Instant last = recent.get(token.id());
        if (last != null && last.plus(APART).isAfter(used.at())) {
            return;
        }
        if (recent.size() < most && pending.size() < most) { // else a later use is noted
            recent.put(token.id(), used.at());
            pending.put(token.id(), new TokenUse(token.id(), used.at(), address(used.session())));
        }
    }

    private static @Nullable String address(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        try {
            return realm != null && TokenPolicy.of(realm).recordAddress()
                    ? session.getContext().getConnection().getRemoteAddr()
                    : null;
        } catch (InvalidPolicyException e) {
            return null; // said where tokens are created
        }
    }

    /** Writes what is pending; what cannot be written, or is being changed by others, stays for the next time. */
    void flush(KeycloakSessionFactory factory, Instant now) {
        recent.values().removeIf(at -> at.plus(APART).isBefore(now));
        List<TokenUse> uses = new ArrayList<>(pending.values());
        for (int from = 0; from < uses.size(); from += BATCH) {
            List<TokenUse> batch = uses.subList(from, Math.min(from + BATCH, uses.size()));
            try {
                Set<TokenUse> done = KeycloakModelUtils.runJobInTransactionWithResult(
                        factory, session -> Set.copyOf(ApiTokenStore.of(session).touch(batch, APART)));
                batch.stream()
                        .filter(use ->
                                done.contains(use) || use.at().plus(GIVE_UP).isBefore(now))
                        .forEach(use -> pending.remove(use.tokenId(), use));
                meters.flushed(true);
            } catch (RuntimeException e) {
                meters.flushed(false);
                LOG.warnf(e, "The last use of %d API tokens is not stored yet", batch.size());
                return;
            }
        }
    }
}
