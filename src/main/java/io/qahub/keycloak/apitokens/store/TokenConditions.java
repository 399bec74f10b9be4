package io.qahub.keycloak.apitokens.store;

import io.qahub.keycloak.apitokens.model.TokenFilter;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link TokenFilter} as JPA criteria. */
record TokenConditions(CriteriaBuilder cb, Root<ApiTokenEntity> token, TokenFilter filter, Instant now) {
    Predicate[] in(String realmId) {
        List<Predicate> all = new ArrayList<>();
        all.add(cb.equal(token.get("realmId"), realmId));
        if (filter.ownerIds() != null) {
            all.add(token.get("ownerId").in(filter.ownerIds()));
        }
        if (filter.search() != null) {
            all.add(search());
        }
        if (filter.scope() != null) {
            all.add(cb.like(token.get("scopes"), "%" + filter.scope().value() + "%"));
        }
        addStatus(all);
        addTimes(all);
        return all.toArray(Predicate[]::new);
    }

    private Predicate search() {
        Expression<String> name = cb.lower(token.get("name"));
        Predicate inName = cb.like(name, "%" + escape(filter.search().toLowerCase(Locale.ROOT)) + "%", '!');
        return filter.prefixes()
                .map(range -> cb.or(inName, cb.between(token.get("prefix"), range.first(), range.last())))
                .orElse(inName);
    }

    private void addStatus(List<Predicate> all) {
        Path<Long> expiresAt = token.get("expiresAt");
        Predicate isRevoked = cb.isNotNull(token.get("revokedAt"));
        switch (filter.status()) {
            case REVOKED -> all.add(isRevoked);
            case NOT_REVOKED -> all.add(isRevoked.not());
            case ACTIVE -> {
                all.add(isRevoked.not());
                all.add(cb.or(cb.isNull(expiresAt), cb.gt(expiresAt, now.toEpochMilli())));
            }
            case EXPIRED -> {
                all.add(isRevoked.not());
                all.add(cb.le(expiresAt, now.toEpochMilli()));
            }
            case ALL -> {}
        }
    }

    private void addTimes(List<Predicate> all) {
        Path<Long> lastUsedAt = token.get("lastUsedAt");
        if (filter.neverUsed()) {
            all.add(cb.isNull(lastUsedAt));
        }
        if (filter.notUsedSince() != null) {
            Expression<Long> lastSeen = cb.coalesce(lastUsedAt, token.<Long>get("createdAt"));
            all.add(cb.lt(lastSeen, filter.notUsedSince().toEpochMilli()));
        }
        if (filter.livesBeyond() != null) {
            Path<Long> expiresAt = token.get("expiresAt");
            all.add(cb.or(
                    cb.isNull(expiresAt), cb.gt(expiresAt, filter.livesBeyond().toEpochMilli())));
        }
        if (filter.expiresBefore() != null) {
            all.add(cb.between(
                    token.<Long>get("expiresAt"),
                    now.toEpochMilli(),
                    filter.expiresBefore().toEpochMilli()));
        }
    }

    private static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
