package io.qahub.keycloak.apitokens.admin;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.TokenMark;
import io.qahub.keycloak.apitokens.model.TokenQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads pages of a realm's tokens, each with how many there are in all, at about the same price in a large realm as in a small one. */
record Pages(KeycloakSession session, RealmModel realm, Surveys surveys) {

    Page read(TokenQuery query) {
        return surveys.find(session, realm, query)
                .map(survey -> read(query, survey))
                .orElseGet(() -> readAndCount(query));
    }

    private Page read(TokenQuery query, Survey survey) {
        List<ApiToken> tokens = list(query, survey);
        boolean isShort = query.first() == 0 && tokens.size() < query.max();
        return new Page(tokens, isShort ? tokens.size() : survey.total());
    }

    private Page readAndCount(TokenQuery query) {
        List<ApiToken> tokens = tokens().list(realm, query);
        boolean isLast = tokens.size() < query.max() && (!tokens.isEmpty() || query.first() == 0);
        if (isLast) {
            return new Page(tokens, query.first() + tokens.size());
        }
        long total = surveys.count(session, realm, query, () -> tokens().count(realm, query.filter()));
        return new Page(tokens, total);
    }

    /** Begins at a mark, or at whichever end is nearer. */
    private List<ApiToken> list(TokenQuery query, Survey survey) {
        long total = survey.total();
        if (query.first() >= total) {
            return tokens().list(realm, query);
        }
        TokenQuery mirrored = query.fromTheEnd(total);
        TokenQuery ascending = query.descending() ? mirrored : query;
        Optional<TokenMark> mark = survey.before(ascending);
        if (mark.isPresent()) {
            List<ApiToken> tokens = tokens().list(realm, ascending, mark.get());
            return query.descending() ? reversed(tokens) : tokens;
        }
        return query.first() < total / 2 ? tokens().list(realm, query) : reversed(tokens().list(realm, mirrored));
    }

    private static List<ApiToken> reversed(List<ApiToken> tokens) {
        List<ApiToken> reversed = new ArrayList<>(tokens);
        Collections.reverse(reversed);
        return reversed;
    }

    private ApiTokens tokens() {
        return session.getProvider(ApiTokens.class);
    }

    /** A page, and how many tokens there are in all. */
    record Page(List<ApiToken> tokens, long total) {}
}
