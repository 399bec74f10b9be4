package io.qahub.keycloak.apitokens.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * A query for a page of tokens.
 *
 * @param filter the criteria that tokens must match
 * @param order what to sort by
 * @param descending whether the latest time, or the last name, comes first
 * @param first the number of tokens to skip
 * @param max the maximum number of tokens to return
 */
public record TokenQuery(TokenFilter filter, Order order, boolean descending, int first, int max) {

    /** What to sort by, in ascending order. */
    public enum Order {
        /** The name, ignoring case. */
        NAME("name"),
        PREFIX("prefix"),
        /** The names of the scopes as {@link Scopes#join} joins them, ignoring case. */
        SCOPES("scopes"),
        /** The alias of the organization, ignoring case. Tokens without one come last. */
        ORGANIZATION("organization"),
        CREATED("created"),
        /** The last use. Tokens never used come first. */
        LAST_USED("lastUsed"),
        /** The expiry. Tokens that do not expire come last. */
        EXPIRES("expires"),
        /** Active, expired, revoked; within a status, tokens that do not expire and those that expire last come first. */
        STATUS("status");

        private final String value;

        Order(String value) {
            this.value = value;
        }

        /** Returns the name of the order in requests, such as {@code lastUsed}. */
        public String value() {
            return value;
        }

        /** Returns the order with this name; empty if unknown. */
        public static Optional<Order> of(String value) {
            return Arrays.stream(values())
                    .filter(order -> order.value.equals(value))
                    .findFirst();
        }
    }
}
