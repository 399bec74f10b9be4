package io.qahub.keycloak.apitokens.jpa;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenLists;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies a filter with more owners than a statement may have parameters, such as that of an administrator with
 * fine-grained permissions: the tokens of all owners are read in batches, and those of others are skipped.
 */
record ManyOwners(JpaTokenLists lists) implements TokenLists {
    private static @Nullable Set<String> manyOwners(TokenFilter filter) {
        Set<String> owners = filter.ownerIds();
        return owners == null || owners.size() <= Batches.SIZE ? null : owners;
    }

    @Override
    public List<ApiToken> list(String realmId, TokenQuery query, Instant now) {
        Set<String> owners = manyOwners(query.filter());
        if (owners == null) {
            return lists.list(realmId, query, now);
        }
        TokenFilter all = query.filter().ofAllOwners();
        List<ApiToken> found = new ArrayList<>();
        List<ApiToken> batch;
        int first = 0;
        do {
            batch = lists.list(
                    realmId, new TokenQuery(all, query.order(), query.descending(), first, Batches.SIZE), now);
            batch.stream().filter(token -> owners.contains(token.ownerId())).forEach(found::add);
            first += Batches.SIZE;
        } while (batch.size() == Batches.SIZE && found.size() - query.first() < query.max());
        return found.stream().skip(query.first()).limit(query.max()).toList();
    }

    @Override
    public List<ApiToken> listByOwner(
            String realmId, TokenFilter filter, @Nullable ApiToken after, int max, Instant now) {
        Set<String> owners = manyOwners(filter);
        if (owners == null) {
            return lists.listByOwner(realmId, filter, after, max, now);
        }
        List<ApiToken> found = new ArrayList<>();
        List<ApiToken> batch;
        ApiToken last = after;
        do {
            batch = lists.listByOwner(realmId, filter.ofAllOwners(), last, Batches.SIZE, now);
            batch.stream().filter(token -> owners.contains(token.ownerId())).forEach(found::add);
            last = batch.isEmpty() ? last : batch.get(batch.size() - 1);
        } while (batch.size() == Batches.SIZE && found.size() < max);
        return found.stream().limit(max).toList();
    }

    @Override
    public long count(String realmId, TokenFilter filter, Instant now) {
        Set<String> owners = manyOwners(filter);
        if (owners == null) {
            return lists.count(realmId, filter, now);
        }
        return lists.countByOwner(realmId, filter.ofAllOwners(), now).entrySet().stream()
                .filter(count -> owners.contains(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public Set<String> ownerIds(String realmId, TokenFilter filter, Instant now) {
        Set<String> owners = manyOwners(filter);
        return owners == null
                ? lists.ownerIds(realmId, filter, now)
                : common(owners, lists.ownerIds(realmId, filter.ofAllOwners(), now));
    }

    @Override
    public Set<String> ownerIdsOfRevoked(String realmId, TokenFilter filter, Instant since, Instant now) {
        Set<String> owners = manyOwners(filter);
        return owners == null
                ? lists.ownerIdsOfRevoked(realmId, filter, since, now)
                : common(owners, lists.ownerIdsOfRevoked(realmId, filter.ofAllOwners(), since, now));
    }

    private static Set<String> common(Set<String> owners, Set<String> found) {
        return found.stream().filter(owners::contains).collect(Collectors.toSet());
    }

    @Override
    public Map<String, Long> countByScopes(String realmId) {
        return lists.countByScopes(realmId);
    }

    @Override
    public Map<String, String> usernames(Collection<String> ownerIds) {
        return lists.usernames(ownerIds);
    }

    @Override
    public Map<String, List<String>> clientIds(Collection<String> clientScopeIds, String required) {
        return lists.clientIds(clientScopeIds, required);
    }
}
