package io.qahub.keycloak.apitokens.model;

import java.util.Optional;

/**
 * A query for a page of tokens.
 *
 * @param filter the criteria that tokens must match
 * @param order the time to sort by
 * @param descending whether the latest time comes first
 * @param first the number of tokens to skip
 * @param max the maximum number of tokens to return
 */
public record TokenQuery(TokenFilter filter, Order order, boolean descending, int first, int max) {

    /** Returns a query that sorts the newest tokens first. */
    public static TokenQuery newest(TokenFilter filter, int first, int max) {
        return new TokenQuery(filter, Order.CREATED, true, first, max);
    }

    /** The time to sort by. Tokens never used sort before used ones, tokens that do not expire after those that do. */
    public enum Order {
        CREATED,
        LAST_USED,
        EXPIRES;

        /** Returns the order with this name, {@code created}, {@code lastUsed} or {@code expires}; empty if unknown. */
        public static Optional<Order> of(String value) {
            return switch (value) {
                case "created" -> Optional.of(CREATED);
                case "lastUsed" -> Optional.of(LAST_USED);
                case "expires" -> Optional.of(EXPIRES);
                default -> Optional.empty();
            };
        }
    }
}
