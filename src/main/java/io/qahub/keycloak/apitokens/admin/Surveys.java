package io.qahub.keycloak.apitokens.admin;

import io.qahub.keycloak.apitokens.model.AfterCommit;
import io.qahub.keycloak.apitokens.model.NodeCache;
import io.qahub.keycloak.apitokens.model.TokenChange;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.keycloak.cache.LocalCache;
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
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Clock clock;

    /** By lists; they tell their age themselves: the caches of Keycloak 26.6 cannot. */
    private final NodeCache<Key, Survey> surveys;

    /** What keys of a realm's lists have in common until a revocation takes it away: no such key is asked for again. */
    private final NodeCache<String, Object> sinceRevocation;

    /** Takes how many lists are remembered at most. */
    Surveys(Clock clock, int most) {
        this.clock = clock;
        this.surveys = NodeCache.of("qh-api-token-surveys", most);
        this.sinceRevocation =
                NodeCache.of("qh-api-token-survey-realms", 10 * most, cache -> cache.loader(realmId -> new Object()));
    }

    /** Returns what is known of the list that the query is a page of. */
    Optional<Survey> find(KeycloakSession session, RealmModel realm, TokenQuery query) {
        Key key = key(session, realm, query);
        Survey survey = surveys.in(session).get(key);
        if (survey == null || isOlder(survey, KEPT)) {
            return Optional.empty();
        }
        if (isOlder(survey, FRESH) || survey.lacksMarksFor(query)) {
            renew(session, key, query, survey);
        }
        return Optional.of(survey);
    }

    /**
     * Returns how many {@code counting} finds in the list that the query is a page of, and notes it if they are many. Those of some
     * owners are not: that filter may be as long as the list of all.
     */
    long count(KeycloakSession session, RealmModel realm, TokenQuery query, LongSupplier counting) {
        Key key = key(session, realm, query); // before they are counted: a revocation may come in between
        long total = counting.getAsLong();
        if (total < MANY || query.filter().ownerIds() != null) {
            return total;
        }
        Survey survey = Survey.of(total, clock.instant());
        surveys.in(session).put(key, survey);
        if (survey.lacksMarksFor(query)) {
            renew(session, key, query, survey);
        }
        return total;
    }

    /** On a thread of Keycloak's; what fails is not tried again before the old one is too old. */
    private void renew(KeycloakSession session, Key key, TokenQuery query, Survey old) {
        if (old.isRenewed().getAndSet(true)) {
            return;
        }
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        try {
            session.getProvider(ExecutorsProvider.class)
                    .getExecutor("qh-api-token-surveys")
                    .execute(() -> renew(factory, key, query, old));
        } catch (RejectedExecutionException e) {
            LOG.debug("A list of API tokens is not surveyed: the server is going down");
        }
    }

    private void renew(KeycloakSessionFactory factory, Key key, TokenQuery query, Survey old) {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, own -> renewIn(own, key, query, old));
        } catch (RuntimeException e) {
            LOG.warnf("Realm %s: a list of API tokens could not be surveyed: %s", key.realmId(), e.getMessage());
            LOG.debug("It failed like this", e);
        }
    }

    private void renewIn(KeycloakSession own, Key key, TokenQuery query, Survey old) {
        RealmModel realm = own.realms().getRealm(key.realmId());
        if (realm != null) {
            surveys.in(own).put(key, old.renewed(own, realm, query, clock.instant()));
        }
    }

    private boolean isOlder(Survey survey, Duration age) {
        return survey.madeAt().plus(age).isBefore(clock.instant());
    }

    void onEvent(ProviderEvent event) {
        if (event instanceof TokenChange.Revoked revoked) {
            String realmId = revoked.realm().getId();
            LocalCache<String, Object> realms = sinceRevocation.in(revoked.session());
            AfterCommit.run(revoked.session(), () -> realms.invalidate(realmId));
        }
    }

    /** Admins ask in whole days before or from now, so that two numbers of them never fall on the same day. */
    private Key key(KeycloakSession session, RealmModel realm, TokenQuery query) {
        TokenFilter filter = query.filter();
        return new Key(
                realm.getId(),
                sinceRevocation.in(session).get(realm.getId()),
                filter.withNotUsedSince(day(filter.notUsedSince())).withExpiresBefore(day(filter.expiresBefore())));
    }

    private static Instant day(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.DAYS);
    }

    private record Key(String realmId, Object sinceRevocation, TokenFilter filter) {}
}
