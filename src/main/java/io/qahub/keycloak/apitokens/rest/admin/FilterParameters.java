package io.qahub.keycloak.apitokens.rest.admin;

import io.qahub.keycloak.apitokens.http.ListParameters;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenFilter.StatusFilter;
import io.qahub.keycloak.apitokens.model.TokenOrganizations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Parses a {@link TokenFilter} from query parameters or the fields of a JSON object. */
record FilterParameters(KeycloakSession session, RealmModel realm, Clock clock) {
    static final Set<String> NAMES = Set.of(
            "search", "user", "status", "scope", "organization", "neverUsed", "notUsedForDays", "expiresWithinDays");

    private static final Logger LOG = Logger.getLogger(FilterParameters.class);

    /** The id of a local or imported user, or of one in a directory. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|f:[^:]+:.+");

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
                scope(ListParameters.searchText(text.apply("scope"))),
                organizations(text.apply("organization")),
                flag(text.apply("neverUsed")),
                unused == null ? null : now.minus(unused),
                expiring == null ? null : now.plus(expiring),
                null);
    }

    /** Matches the owner with this id, and the one with this username. */
    private @Nullable Set<String> owners(@Nullable String user) {
        if (user == null) {
            return null;
        }
        return Stream.concat(Stream.of(user), byUsername(user).stream()).collect(Collectors.toSet());
    }

    private Optional<String> byUsername(String name) {
        try {
            return Optional.ofNullable(session.users().getUserByUsername(realm, name))
                    .map(user -> user.getId()); // UserModel::getId would refer to an interface that 26.6 has added
        } catch (RuntimeException e) {
            LOG.warnf("Realm %s: a username could not be looked up: %s", realm.getName(), e.getMessage());
            if (ID.matcher(name).matches()) {
                return Optional.empty();
            }
            throw OAuthError.of(
                    503,
                    "temporarily_unavailable",
                    "A user directory is unavailable. Send the ID of the user, or try again later.");
        }
    }

    /** Matches the organization with this alias, and the one with this id, which may be deleted. */
    private @Nullable Set<String> organizations(@Nullable String text) {
        String value = ListParameters.searchText(text);
        if (value == null) {
            return null;
        }
        return Stream.concat(
                        Stream.of(value),
                        TokenOrganizations.findByAlias(session, value).map(OrganizationModel::getId).stream())
                .collect(Collectors.toSet());
    }

    /** A scope may have been deleted, but a name that no token has either is probably misspelled. */
    private @Nullable String scope(@Nullable String name) {
        if (name == null || Scopes.BUILT_IN.contains(name)) {
            return name;
        }
        TokenFilter all = new TokenFilter(null, null, StatusFilter.ALL, name, null, false, null, null, null);
        if (KeycloakModelUtils.getClientScopeByName(realm, name) == null
                && session.getProvider(ApiTokens.class).count(realm, all) == 0) {
            throw invalid("scope must be read, write, or the name of a client scope or of a scope that a token has.");
        }
        return name;
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
