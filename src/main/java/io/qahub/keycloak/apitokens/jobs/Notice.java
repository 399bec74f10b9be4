package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.LeakPlace;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An email to an owner about one or more of the owner's tokens in one realm.
 *
 * @param places where leaked tokens were found, by ID of the token, if the report states it
 */
record Notice(Kind kind, List<ApiToken> tokens, Map<String, LeakPlace> places) {
    String realmId() {
        return tokens.get(0).realmId();
    }

    String ownerId() {
        return tokens.get(0).ownerId();
    }

    /** The reason for a notice. */
    enum Kind {
        CREATED,
        /** An administrator revoked the tokens. */
        REVOKED,
        /** The tokens were reported as leaked and therefore revoked. */
        LEAKED,
        EXPIRES,
        /** A replaced secret was used that is no longer valid. */
        REPLACED_SECRET;

        /** Returns the name used in metrics and message keys, such as {@code replaced_secret}. */
        String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Creates one notice per owner of the tokens, which must belong to one realm. */
    static List<Notice> of(Kind kind, Collection<ApiToken> tokens) {
        return of(kind, tokens, Map.of());
    }

    /** As {@link #of(Kind, Collection)}, for leaked tokens and the places where they were found. */
    static List<Notice> of(Kind kind, Collection<ApiToken> tokens, Map<String, LeakPlace> places) {
        Map<String, List<ApiToken>> byOwner = tokens.stream().collect(Collectors.groupingBy(ApiToken::ownerId));
        return byOwner.values().stream()
                .map(owned -> new Notice(kind, owned, places))
                .toList();
    }
}
