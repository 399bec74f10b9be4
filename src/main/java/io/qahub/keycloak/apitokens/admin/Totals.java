package io.qahub.keycloak.apitokens.admin;

import io.qahub.keycloak.apitokens.model.AfterCommit;
import io.qahub.keycloak.apitokens.model.TokenChange;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/**
 * How many tokens a filter matches, remembered for a while where they are many: then counting costs more than a page. A
 * revocation on this node drops what is remembered of its realm.
 */
final class Totals {
    private static final int MANY = 10_000;
    private static final int MOST_REALMS = 1_000;
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private volatile LocalCache<String, Map<TokenFilter, Long>> byRealm;

    /** Returns what is remembered of the realm's tokens that the filter matches. */
    OptionalLong remembered(KeycloakSession session, String realmId, TokenFilter filter) {
        Map<TokenFilter, Long> totals = cache(session).get(realmId);
        Long total = totals == null ? null : totals.get(key(filter));
        return total == null ? OptionalLong.empty() : OptionalLong.of(total);
    }

    /** Remembers a total if it is large. Those of some owners are not: that filter may be as long as the list of all. */
    void remember(KeycloakSession session, String realmId, TokenFilter filter, long total) {
        if (total < MANY || filter.ownerIds() != null) {
            return;
        }
        LocalCache<String, Map<TokenFilter, Long>> cache = cache(session);
        Map<TokenFilter, Long> totals = cache.get(realmId);
        if (totals == null) {
            totals = new ConcurrentHashMap<>();
            cache.put(realmId, totals);
        }
        totals.put(key(filter), total);
    }

    void onEvent(ProviderEvent event) {
        if (event instanceof TokenChange.Revoked revoked && byRealm != null) {
            String realmId = revoked.realm().getId();
            AfterCommit.run(revoked.session(), () -> byRealm.invalidate(realmId));
        }
    }

    private static TokenFilter key(TokenFilter filter) {
        return filter.withNotUsedSince(minute(filter.notUsedSince())).withExpiresBefore(minute(filter.expiresBefore()));
    }

    private static Instant minute(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MINUTES);
    }

    private LocalCache<String, Map<TokenFilter, Long>> cache(KeycloakSession session) {
        LocalCache<String, Map<TokenFilter, Long>> made = byRealm;
        if (made == null) {
            synchronized (this) {
                made = byRealm == null ? create(session.getProvider(LocalCacheProvider.class)) : byRealm;
                byRealm = made;
            }
        }
        return made;
    }

    private static LocalCache<String, Map<TokenFilter, Long>> create(LocalCacheProvider caches) {
        return caches.create(LocalCacheConfiguration.<String, Map<TokenFilter, Long>>builder()
                .name("qh-api-token-totals")
                .maxSize(MOST_REALMS)
                .expirationAfterCreate((realmId, totals) -> A_WHILE)
                .build());
    }
}
