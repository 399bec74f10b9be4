package io.qahub.keycloak.apitokens.notice;

import io.qahub.keycloak.apitokens.model.ApiToken;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One mail to one owner about one or more tokens. */
record Notice(Kind kind, List<ApiToken> tokens) {
    String realmId() {
        return tokens.get(0).realmId();
    }

    String ownerId() {
        return tokens.get(0).ownerId();
    }

    /** What happened. */
    enum Kind {
        CREATED,
        /** By an administrator. */
        REVOKED,
        /** Somebody found the token and reported it, which revoked it. */
        LEAKED,
        EXPIRES,
        /** A secret that a rotation replaced was used after its end. */
        REPLACED_SECRET;

        /** Returns the name as metrics and message keys have it, such as {@code replaced_secret}. */
        String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns one notice for each owner of these tokens of one realm. */
    static List<Notice> of(Kind kind, Collection<ApiToken> tokens) {
        Map<String, List<ApiToken>> byOwner = tokens.stream().collect(Collectors.groupingBy(ApiToken::ownerId));
        return byOwner.values().stream().map(ofOne -> new Notice(kind, ofOne)).toList();
    }
}
