package io.qahub.keycloak.apitokens.admin;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads pages of a realm's tokens, each with how many there are in all, at about the same price in a large realm as in a small one. */
record Pages(KeycloakSession session, RealmModel realm, Totals totals) {

    Page read(TokenQuery query) {
        OptionalLong remembered = totals.remembered(session, realm.getId(), query.filter());
        if (remembered.isPresent()) {
            return new Page(list(query, remembered.getAsLong()), remembered.getAsLong());
        }
        List<ApiToken> tokens = tokens().list(realm, query);
        boolean isLast = tokens.size() < query.max() && (!tokens.isEmpty() || query.first() == 0);
        return new Page(tokens, isLast ? query.first() + tokens.size() : count(query));
    }

    /** Skips from whichever end is nearer. */
    private List<ApiToken> list(TokenQuery query, long total) {
        if (query.first() < total / 2 || query.first() >= total) {
            return tokens().list(realm, query);
        }
        List<ApiToken> tokens = new ArrayList<>(tokens().list(realm, query.fromTheEnd(total)));
        Collections.reverse(tokens);
        return tokens;
    }

    private long count(TokenQuery query) {
        long total = tokens().count(realm, query.filter());
        totals.remember(session, realm.getId(), query.filter(), total);
        return total;
    }

    private ApiTokens tokens() {
        return session.getProvider(ApiTokens.class);
    }

    /** A page, and how many tokens there are in all. */
    record Page(List<ApiToken> tokens, long total) {}
}
