package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.SecretHasher;
import io.qahub.keycloak.apitokens.token.TokenGenerator;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.Provider;
import org.keycloak.storage.UserStorageUtil;

/** Creates, lists and revokes the tokens of an owner. */
public final class ApiTokens implements Provider {
    private static final int PREFIX_DRAWS = 10;

    private final KeycloakSession session;
    private final TokenGenerator generator;
    private final SecretHasher hasher;
    private final Clock clock;

    ApiTokens(KeycloakSession session, TokenGenerator generator, SecretHasher hasher, Clock clock) {
        this.session = session;
        this.generator = generator;
        this.hasher = hasher;
        this.clock = clock;
    }

    /** Makes and stores a token. */
    public CreatedToken create(RealmModel realm, UserModel owner, TokenRequest request) {
        TokenString tokenString = drawUnused(realm);
        ApiToken token = new ApiToken(
                KeycloakModelUtils.generateId(),
                realm.getId(),
                owner.getId(),
                request.name(),
                tokenString.prefix(),
                hasher.hash(tokenString.secret()),
                request.scopes(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                request.expiresAt() == null ? null : request.expiresAt().truncatedTo(ChronoUnit.MILLIS),
                null,
                null);
        store().insert(token);
        return new CreatedToken(token, tokenString);
    }

    /** Returns a page of the owner's tokens, newest first. */
    public List<ApiToken> list(RealmModel realm, UserModel owner, TokenQuery query) {
        return store().list(realm.getId(), owner.getId(), query, clock.instant());
    }

    /** Returns how many of the owner's tokens the query matches on all its pages. */
    public long count(RealmModel realm, UserModel owner, TokenQuery query) {
        return store().count(realm.getId(), owner.getId(), query, clock.instant());
    }

    /** Returns the owner's token of that id. */
    public Optional<ApiToken> find(RealmModel realm, UserModel owner, String id) {
        return store().findOwned(realm.getId(), owner.getId(), id);
    }

    /** Revokes the owner's token; returns it as it was if it was good until now, else empty. */
    public Optional<ApiToken> revoke(RealmModel realm, UserModel owner, String id) {
        Optional<ApiToken> token = find(realm, owner, id);
        if (token.isEmpty() || !store().revoke(realm.getId(), owner.getId(), id, clock.instant())) {
            return Optional.empty();
        }
        forget(realm, owner);
        return token;
    }

    /** Drops the cached owner, and the rows attached to it, on every node once the transaction has committed. */
    private void forget(RealmModel realm, UserModel owner) {
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            cache.evict(realm, owner);
        }
    }

    private TokenString drawUnused(RealmModel realm) {
        for (int i = 0; i < PREFIX_DRAWS; i++) {
            TokenString drawn = generator.next();
            if (store().findByPrefix(realm.getId(), drawn.prefix()).isEmpty()) {
                return drawn;
            }
        }
        throw new IllegalStateException("no unused prefix in " + PREFIX_DRAWS + " draws");
    }

    private ApiTokenStore store() {
        return session.getProvider(ApiTokenStore.class);
    }

    @Override
    public void close() {}
}
