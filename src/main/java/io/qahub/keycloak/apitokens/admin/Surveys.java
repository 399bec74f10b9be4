package io.qahub.keycloak.apitokens.admin;

import io.qahub.keycloak.apitokens.model.AfterCommit;
import io.qahub.keycloak.apitokens.model.TokenChange;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderEvent;

/**
 * What this node knows of long lists, where finding out costs more than a page. Whoever asks for what is old gets it, and has
 * it made anew behind the answer. A revocation on this node drops what is known of its realm.
 */
final class Surveys {
    private static final Logger LOG = Logger.getLogger(Surveys.class);
    private static final int MANY = 10_000;
    private static final int MOST_REALMS = 1_000;
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Clock clock;
    private volatile LocalCache<String, Map<TokenFilter, Survey>> byRealm;

    Surveys(Clock clock) {
        this.clock = clock;
    }

    /** Returns what is known of the list that the query is a page of. */
    Optional<Survey> find(KeycloakSession session, RealmModel realm, TokenQuery query) {
        Map<TokenFilter, Survey> ofRealm = cache(session).get(realm.getId());
        Survey survey = ofRealm == null ? null : ofRealm.get(key(query.filter()));
        if (survey == null || isOlder(survey, KEPT)) {
            return Optional.empty();
        }
        if (isOlder(survey, FRESH) || survey.lacksMarksFor(query)) {
            renew(session, realm, query, survey);
        }
        return Optional.of(survey);
    }

    /** Notes how many a list has, if they are many. Those of some owners are not: that filter may be as long as the list of all. */
    void begin(KeycloakSession session, RealmModel realm, TokenQuery query, long total) {
        if (total < MANY || query.filter().ownerIds() != null) {
            return;
        }
        LocalCache<String, Map<TokenFilter, Survey>> cache = cache(session);
        Map<TokenFilter, Survey> ofRealm = cache.get(realm.getId());
        if (ofRealm == null) {
            ofRealm = new ConcurrentHashMap<>();
            cache.put(realm.getId(), ofRealm);
        }
        Survey survey = Survey.of(total, clock.instant());
        ofRealm.put(key(query.filter()), survey);
        if (survey.lacksMarksFor(query)) {
            renew(session, realm, query, survey);
        }
    }

    /** On a thread of Keycloak's; what fails is not tried again before the old one is too old. */
    private void renew(KeycloakSession session, RealmModel realm, TokenQuery query, Survey old) {
        if (old.isRenewed().getAndSet(true)) {
            return;
        }
        String realmId = realm.getId();
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        try {
            session.getProvider(ExecutorsProvider.class)
                    .getExecutor("qh-api-token-surveys")
                    .execute(() -> renew(factory, realmId, query, old));
        } catch (RejectedExecutionException e) {
            LOG.debug("A list of API tokens is not surveyed: the server is going down");
        }
    }

    private void renew(KeycloakSessionFactory factory, String realmId, TokenQuery query, Survey old) {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, own -> renew(own, realmId, query, old));
        } catch (RuntimeException e) {
            LOG.warnf("Realm %s: a list of API tokens could not be surveyed: %s", realmId, e.getMessage());
            LOG.debug("It failed like this", e);
        }
    }

    private void renew(KeycloakSession own, String realmId, TokenQuery query, Survey old) {
        RealmModel realm = own.realms().getRealm(realmId);
        Map<TokenFilter, Survey> ofRealm = byRealm.get(realmId);
        if (realm == null || ofRealm == null) {
            return;
        }
        // Not in the place of one that a revocation has dropped meanwhile.
        if (ofRealm.replace(key(query.filter()), old, old.renewed(own, realm, query, clock.instant()))) {
            ofRealm.values().removeIf(survey -> isOlder(survey, KEPT));
        }
    }

    private boolean isOlder(Survey survey, Duration age) {
        return survey.madeAt().plus(age).isBefore(clock.instant());
    }

    void onEvent(ProviderEvent event) {
        if (event instanceof TokenChange.Revoked revoked && byRealm != null) {
            String realmId = revoked.realm().getId();
            AfterCommit.run(revoked.session(), () -> byRealm.invalidate(realmId));
        }
    }

    /** Admins ask in whole days before or from now, so that two numbers of them never fall on the same day. */
    private static TokenFilter key(TokenFilter filter) {
        return filter.withNotUsedSince(day(filter.notUsedSince())).withExpiresBefore(day(filter.expiresBefore()));
    }

    private static Instant day(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.DAYS);
    }

    private LocalCache<String, Map<TokenFilter, Survey>> cache(KeycloakSession session) {
        LocalCache<String, Map<TokenFilter, Survey>> made = byRealm;
        if (made == null) {
            synchronized (this) {
                made = byRealm == null ? create(session.getProvider(LocalCacheProvider.class)) : byRealm;
                byRealm = made;
            }
        }
        return made;
    }

    private static LocalCache<String, Map<TokenFilter, Survey>> create(LocalCacheProvider caches) {
        return caches.create(LocalCacheConfiguration.<String, Map<TokenFilter, Survey>>builder()
                .name("qh-api-token-surveys")
                .maxSize(MOST_REALMS) // whose surveys tell their age themselves: Keycloak 26.6 cannot
                .build());
    }
}
