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
        List<Predicate> all = certain(realmId);
        choices().forEach(choice -> all.add(cb.or(choice.toArray(Predicate[]::new))));
        return all.toArray(Predicate[]::new);
    }

    /** The same as cases that exclude each other and have no OR, so that each is counted within one range of an index. */
    List<Predicate[]> casesIn(String realmId) {
        if (filter.search() != null) {
            return List.<Predicate[]>of(in(realmId)); // what finds a name is another index
        }
        List<List<Predicate>> cases = List.of(certain(realmId));
        for (List<Predicate> choice : choices()) {
            cases = cases.stream()
                    .flatMap(begun -> choice.stream().map(one -> with(begun, one)))
                    .toList();
        }
        return cases.stream().map(all -> all.toArray(Predicate[]::new)).toList();
    }

    private static List<Predicate> with(List<Predicate> begun, Predicate one) {
        List<Predicate> all = new ArrayList<>(begun);
        all.add(one);
        return all;
    }

    private List<Predicate> certain(String realmId) {
        List<Predicate> all = new ArrayList<>();
        all.add(cb.equal(token.get("realmId"), realmId));
        if (filter.ownerIds() != null) {
            all.add(token.get("ownerId").in(filter.ownerIds()));
        }
        if (filter.search() != null) {
            all.add(search());
        }
        if (filter.scope() != null) {
            all.add(token.get("scopes").in(filter.scope().joinedWithOthers()));
        }
        addStatus(all);
        addTimes(all);
        return all;
    }

    /** Of each, one has to hold; no two of one can. */
    private List<List<Predicate>> choices() {
        Path<Long> expiresAt = token.get("expiresAt");
        Path<Long> lastUsedAt = token.get("lastUsedAt");
        List<List<Predicate>> choices = new ArrayList<>();
        if (filter.status() == TokenFilter.StatusFilter.ACTIVE) {
            choices.add(List.of(cb.isNull(expiresAt), cb.gt(expiresAt, now.toEpochMilli())));
        }
        if (filter.livesBeyond() != null) {
            choices.add(List.of(
                    cb.isNull(expiresAt), cb.gt(expiresAt, filter.livesBeyond().toEpochMilli())));
        }
        if (filter.notUsedSince() != null) {
            choices.add(List.of(
                    cb.isNull(lastUsedAt),
                    cb.lt(lastUsedAt, filter.notUsedSince().toEpochMilli())));
        }
        return choices;
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
            case NOT_REVOKED, ACTIVE -> all.add(isRevoked.not());
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
            // A younger one cannot be unused for so long.
            all.add(cb.lt(token.get("createdAt"), filter.notUsedSince().toEpochMilli()));
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
