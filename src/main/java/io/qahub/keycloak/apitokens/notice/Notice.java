package io.qahub.keycloak.apitokens.notice;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One mail to one owner about one or more tokens.
 *
 * @param realmId the realm's id
 * @param ownerId the id of the Keycloak user who is told
 */
record Notice(Kind kind, String realmId, String ownerId, List<About> tokens) {

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

    /** What a mail says of a token: nothing that lets anybody in. */
    record About(String name, String prefix, String scopes, Instant expiresAt) {}

    /** Returns one notice for each owner of these tokens of one realm. */
    static List<Notice> of(Kind kind, Collection<ApiToken> tokens) {
        Map<String, List<ApiToken>> byOwner = tokens.stream().collect(Collectors.groupingBy(ApiToken::ownerId));
        return byOwner.values().stream()
                .map(ofOne -> new Notice(
                        kind,
                        ofOne.get(0).realmId(),
                        ofOne.get(0).ownerId(),
                        ofOne.stream().map(Notice::about).toList()))
                .toList();
    }

    private static About about(ApiToken token) {
        return new About(token.name(), token.prefix(), Scope.join(token.scopes()), token.expiresAt());
    }
}
