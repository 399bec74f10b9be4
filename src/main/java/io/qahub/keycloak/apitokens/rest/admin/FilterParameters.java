package io.qahub.keycloak.apitokens.rest.admin;

import io.qahub.keycloak.apitokens.http.ListParameters;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Parses a {@link TokenFilter} from query parameters or the fields of a JSON object. */
record FilterParameters(KeycloakSession session, RealmModel realm, Clock clock) {
    static final Set<String> NAMES =
            Set.of("search", "user", "status", "scope", "neverUsed", "notUsedForDays", "expiresWithinDays");

    private static final int MAX_DAYS = 36_525;

    /** Parses a filter; {@code text} returns the value of a name or null. Responds with 400 if a value is invalid. */
    TokenFilter read(UnaryOperator<String> text) {
        Instant now = clock.instant();
        Duration unused = days("notUsedForDays", text);
        Duration expiring = days("expiresWithinDays", text);
        return new TokenFilter(
                owners(ListParameters.searchText(text.apply("user"))),
                ListParameters.searchText(text.apply("search")),
                ListParameters.status(text.apply("status")),
                scope(text.apply("scope")),
                flag(text.apply("neverUsed")),
                unused == null ? null : now.minus(unused),
                expiring == null ? null : now.plus(expiring),
                null);
    }

    /** Accepts a user id or a username. A user who does not exist results in a filter that matches no tokens. */
    private @Nullable Set<String> owners(@Nullable String user) {
        if (user == null) {
            return null;
        }
        UserModel byName = session.users().getUserByUsername(realm, user);
        return Set.of(byName == null ? user : byName.getId());
    }

    private static @Nullable Scope scope(@Nullable String value) {
        return value == null ? null : Scope.of(value).orElseThrow(() -> invalid("scope must be read or write."));
    }

    private static boolean flag(@Nullable String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw invalid("neverUsed must be true or false.");
    }

    private static @Nullable Duration days(String name, UnaryOperator<String> text) {
        String value = text.apply(name);
        if (value == null) {
            return null;
        }
        try {
            int days = Integer.parseInt(value);
            if (days >= 0 && days <= MAX_DAYS) {
                return Duration.ofDays(days);
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw invalid(name + " must be a whole number of days from 0 to " + MAX_DAYS + ".");
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.invalidRequest(description);
    }
}
