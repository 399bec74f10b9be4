package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiToken;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An email to an owner about one or more of the owner's tokens in one realm. */
record Notice(Kind kind, List<ApiToken> tokens) {
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
        Map<String, List<ApiToken>> byOwner = tokens.stream().collect(Collectors.groupingBy(ApiToken::ownerId));
        return byOwner.values().stream().map(owned -> new Notice(kind, owned)).toList();
    }
}
