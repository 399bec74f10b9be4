package io.qahub.keycloak.apitokens.model;

import java.util.Optional;

/**
 * A page of tokens.
 *
 * @param filter which tokens
 * @param order by what they are sorted
 * @param descending latest first
 * @param first how many to skip
 * @param max how many at most
 */
public record TokenQuery(TokenFilter filter, Order order, boolean descending, int first, int max) {

    /** Returns a page of the newest. */
    public static TokenQuery newest(TokenFilter filter, int first, int max) {
        return new TokenQuery(filter, Order.CREATED, true, first, max);
    }

    /** A time to sort by. One never used counts as used before all others, one without expiry as expiring after them. */
    public enum Order {
        CREATED,
        LAST_USED,
        EXPIRES;

        /** Returns the order of that name: {@code created}, {@code lastUsed} or {@code expires}. */
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
