package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.model.TokenQuery.Order;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters {@code sort} and {@code order} of lists of tokens; by default, the newest tokens are first.
 *
 * @param by what to sort by
 * @param descending whether the order is reversed
 */
public record ListOrder(Order by, boolean descending) {

    /** Parses the parameters; responds with 400 if one is invalid. */
    public static ListOrder of(MultivaluedMap<String, String> query, List<Order> supported) {
        return new ListOrder(by(query.getFirst("sort"), supported), isDescending(query.getFirst("order")));
    }

    private static Order by(@Nullable String sort, List<Order> supported) {
        return Order.of(sort == null ? "created" : sort)
                .filter(supported::contains)
                .orElseThrow(() -> OAuthError.invalidRequest("sort must be one of these: "
                        + supported.stream().map(Order::value).collect(Collectors.joining(", ")) + "."));
    }

    private static boolean isDescending(@Nullable String order) {
        if (order == null || order.equals("desc")) {
            return true;
        }
        if (order.equals("asc")) {
            return false;
        }
        throw OAuthError.invalidRequest("order must be asc or desc.");
    }
}
