package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Queries stored tokens for lists and their totals, and the names that lists show. */
public interface TokenLists {
    /** Returns a page of the realm's tokens. */
    List<ApiToken> list(String realmId, TokenQuery query, Instant now);

    /**
     * Returns up to {@code max} of the realm's tokens that match the filter, ordered by owner id and token id.
     *
     * @param after the last token of the previous call; null to start from the beginning
     */
    List<ApiToken> listByOwner(String realmId, TokenFilter filter, @Nullable ApiToken after, int max, Instant now);

    /** Returns the number of the realm's tokens that match the filter. */
    long count(String realmId, TokenFilter filter, Instant now);

    /** Returns the number of the realm's tokens that are not revoked, by their scopes as {@link Scopes#join} joins them. */
    Map<String, Long> countByScopes(String realmId);

    /** Returns the ids of the owners of the tokens that match the filter. */
    Set<String> ownerIds(String realmId, TokenFilter filter, Instant now);

    /**
     * Returns the ids of the owners of tokens that were revoked since {@code since} and match the filter, whose status
     * is ignored.
     */
    Set<String> ownerIdsOfRevoked(String realmId, TokenFilter filter, Instant since, Instant now);

    /** Returns usernames by owner id. Contains only owners that are stored in Keycloak's database. */
    Map<String, String> usernames(Collection<String> ownerIds);

    /**
     * Returns the client ids, sorted, of the enabled confidential clients that have one of the client scopes, by the id of
     * that client scope. Contains only clients that also have the client scope {@code required}.
     */
    Map<String, List<String>> clientIds(Collection<String> clientScopeIds, String required);
}
