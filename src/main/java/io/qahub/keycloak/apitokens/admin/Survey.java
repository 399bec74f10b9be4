package io.qahub.keycloak.apitokens.admin;

import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.TokenMark;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What is known of a long list.
 *
 * @param total how many tokens it has
 * @param marks where some of them stand, by what the list is sorted by
 * @param isRenewed set once another is made in its place
 */
record Survey(long total, Map<TokenQuery.Order, List<TokenMark>> marks, Instant madeAt, AtomicBoolean isRenewed) {
    private static final int APART = 1_000;

    /** Knows of the total alone. */
    static Survey of(long total, Instant now) {
        return new Survey(total, Map.of(), now, new AtomicBoolean());
    }

    /** Returns whether marks would bring the page nearer: none do near an end of the list. */
    boolean lacksMarksFor(TokenQuery page) {
        return !marks.containsKey(page.order()) && page.first() >= APART && page.first() <= total - APART;
    }

    /** Returns one that is made now, with the marks that this one has, and those of the query's order if it asks for them. */
    Survey renewed(KeycloakSession session, RealmModel realm, TokenQuery query, Instant now) {
        ApiTokens tokens = session.getProvider(ApiTokens.class);
        Map<TokenQuery.Order, List<TokenMark>> renewed = new EnumMap<>(TokenQuery.Order.class);
        for (TokenQuery.Order order : TokenQuery.Order.values()) {
            if (marks.containsKey(order) || (order == query.order() && lacksMarksFor(query))) {
                renewed.put(order, tokens.marks(realm, query.filter(), order, APART));
            }
        }
        return new Survey(tokens.count(realm, query.filter()), renewed, now, new AtomicBoolean());
    }

    /**
     * Returns the mark from which a page in ascending order is reached. A page near an end has none and needs none; neither has
     * one with tokens both with and without the time that they are sorted by.
     */
    Optional<TokenMark> before(TokenQuery page) {
        List<TokenMark> all = marks.getOrDefault(page.order(), List.of());
        int end = page.first() + page.max();
        Optional<TokenMark> after =
                all.stream().filter(mark -> mark.position() >= end).findFirst();
        return all.stream()
                .filter(mark -> mark.position() <= page.first())
                .reduce((one, next) -> next)
                .filter(mark ->
                        after.isPresent() && mark.hasTime() == after.get().hasTime());
    }
}
