package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.TokenGenerator;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.provider.Provider;
import org.keycloak.storage.UserStorageUtil;
import org.keycloak.storage.adapter.InMemoryUserAdapter;

/** Creates, lists and revokes the tokens of a realm, and sends the user event of each change. */
public final class ApiTokens implements Provider {
    private static final int PREFIX_DRAWS = 10;
    private static final TokenGenerator GENERATOR = new TokenGenerator();

    /** What no id can be is not asked of the database, which may refuse the question. */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,36}");

    private final KeycloakSession session;
    private final Supplier<ApiTokenStore> store;
    private final TokenVerifier verifier;
    private final Function<Secret, String> hasher;
    private final Clock clock;

    /** Takes the session of the request, and how secrets are hashed. */
    public ApiTokens(
            KeycloakSession session,
            Supplier<ApiTokenStore> store,
            TokenVerifier verifier,
            Function<Secret, String> hasher,
            Clock clock) {
        this.session = session;
        this.store = store;
        this.verifier = verifier;
        this.hasher = hasher;
        this.clock = clock;
    }

    /** Returns what verifies tokens. */
    public TokenVerifier verifier() {
        return verifier;
    }

    /** Makes and stores a token. */
    public CreatedToken create(RealmModel realm, UserModel owner, TokenRequest request, CreatedBy by) {
        TokenString tokenString = drawUnused(realm);
        String hash = hasher.apply(tokenString.secret());
        ApiToken token = ApiToken.of(realm, owner, request, tokenString.prefix(), hash, clock.instant());
        store().insert(token);
        ExpiryNotice.missed(token.expiresAt(), token.createdAt())
                .ifPresent(notice -> store().skipExpiryNotice(token.id(), notice));
        publish(new TokenChange.Created(session, realm, token, by));
        return new CreatedToken(token, tokenString);
    }

    /** Returns a page of the realm's tokens. */
    public List<ApiToken> list(RealmModel realm, TokenQuery query) {
        return store().list(realm.getId(), query, clock.instant());
    }

    /**
     * Returns up to {@code max} of the realm's tokens that the filter matches, owner by owner.
     *
     * @param after the last one that was had already, null for none
     */
    public List<ApiToken> listByOwner(RealmModel realm, TokenFilter filter, ApiToken after, int max) {
        return store().listByOwner(realm.getId(), filter, after, max, clock.instant());
    }

    /** Returns how many of the realm's tokens the filter matches. */
    public long count(RealmModel realm, TokenFilter filter) {
        return store().count(realm.getId(), filter, clock.instant());
    }

    /** Returns the ids of those whose tokens the filter matches. */
    public Set<String> ownerIds(RealmModel realm, TokenFilter filter) {
        return store().ownerIds(realm.getId(), filter, clock.instant());
    }

    /** Returns the realm's token of that id. */
    public Optional<ApiToken> find(RealmModel realm, String id) {
        return ID.matcher(id).matches() ? store().find(realm.getId(), id) : Optional.empty();
    }

    /** Returns the owner's token of that id. */
    public Optional<ApiToken> find(RealmModel realm, UserModel owner, String id) {
        return find(realm, id).filter(token -> token.ownerId().equals(owner.getId()));
    }

    /** Revokes a token; returns whether it was good until now. */
    public boolean revoke(RealmModel realm, ApiToken token, RevokedBy by) {
        return !revoke(realm, List.of(token), by).isEmpty();
    }

    /** Revokes tokens; returns those that were good until now. No node believes in them once the transaction has ended. */
    public List<ApiToken> revoke(RealmModel realm, Collection<ApiToken> tokens, RevokedBy by) {
        List<String> good = tokens.stream()
                .filter(token -> token.revokedAt() == null)
                .map(ApiToken::id)
                .toList();
        Set<String> ids = store().revoke(realm.getId(), good, clock.instant());
        List<ApiToken> revoked =
                tokens.stream().filter(token -> ids.contains(token.id())).toList();
        if (!revoked.isEmpty()) {
            publish(new TokenChange.Revoked(session, realm, revoked, by));
        }
        tokens.stream().map(ApiToken::ownerId).distinct().forEach(ownerId -> forget(realm, ownerId));
        return revoked;
    }

    /**
     * Revokes up to {@code max} tokens, the oldest first, that were last used, or else created, before {@code since}.
     *
     * @param createdFrom tokens created earlier are left out
     * @return the tokens found
     */
    public List<ApiToken> revokeIdle(RealmModel realm, Instant since, Instant createdFrom, int max) {
        List<ApiToken> idle = store().findIdle(realm.getId(), since, createdFrom, max);
        revoke(realm, idle, RevokedBy.IDLE_POLICY);
        return idle;
    }

    /** Returns the usernames of the tokens' owners by id; an owner whom Keycloak cannot find has none. */
    public Map<String, String> usernames(RealmModel realm, Collection<ApiToken> tokens) {
        Set<String> ids = tokens.stream().map(ApiToken::ownerId).collect(Collectors.toSet());
        Map<String, String> names = new HashMap<>(store().usernames(ids));
        ids.removeAll(names.keySet());
        for (String federated : ids) {
            UserModel owner = session.users().getUserById(realm, federated);
            if (owner != null) {
                names.put(federated, owner.getUsername());
            }
        }
        return names;
    }

    /**
     * Gives a token a new secret under its prefix. Earlier secrets go on for {@code overlap}, or else end now.
     *
     * @param expiresAt when the token expires from now on, null for never
     * @return empty if the token was rotated or revoked by someone else meanwhile
     */
    public Optional<CreatedToken> rotate(RealmModel realm, ApiToken token, Duration overlap, Instant expiresAt) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        TokenString renewed = GENERATOR.next(token.prefix());
        ApiToken rotated = token.rotated(hasher.apply(renewed.secret()), now, overlap, expiresAt);
        boolean done = store().rotate(token, rotated);
        forget(realm, token.ownerId());
        if (done && !Objects.equals(expiresAt, token.expiresAt())) {
            store().skipExpiryNotice(
                            token.id(), ExpiryNotice.missed(expiresAt, now).orElse(null));
        }
        if (done) {
            publish(new TokenChange.Rotated(session, realm, rotated));
        }
        return done ? Optional.of(new CreatedToken(rotated, renewed)) : Optional.empty();
    }

    /** Lets tokens expire at {@code latest} that would live longer; returns how many changed. */
    public int shorten(RealmModel realm, Collection<ApiToken> tokens, Instant latest) {
        if (tokens.isEmpty()) {
            return 0;
        }
        int shortened =
                store().shorten(realm.getId(), tokens.stream().map(ApiToken::id).toList(), latest);
        publish(new TokenChange.Shortened(session, realm, List.copyOf(tokens), latest));
        tokens.stream().map(ApiToken::ownerId).distinct().forEach(ownerId -> forget(realm, ownerId));
        return shortened;
    }

    /** Evicts the owner from the user cache of every node after the commit; tokens cached before are not valid any more then. */
    private void forget(RealmModel realm, String ownerId) {
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            UserModel owner = session.users().getUserById(realm, ownerId);
            cache.evict(realm, owner == null ? gone(realm, ownerId) : owner);
        }
    }

    /** An owner whom this node cannot find may be cached on another. */
    private UserModel gone(RealmModel realm, String ownerId) {
        UserModel owner = new InMemoryUserAdapter(session, realm, ownerId);
        owner.setUsername(ownerId);
        return owner;
    }

    private void publish(TokenChange change) {
        TokenEvents.send(change);
        session.getKeycloakSessionFactory().publish(change);
    }

    private TokenString drawUnused(RealmModel realm) {
        for (int i = 0; i < PREFIX_DRAWS; i++) {
            TokenString drawn = GENERATOR.next();
            if (store().findByPrefix(realm.getId(), drawn.prefix()).isEmpty()) {
                return drawn;
            }
        }
        throw new IllegalStateException("no unused prefix in " + PREFIX_DRAWS + " draws");
    }

    ApiTokenStore store() {
        return store.get();
    }

    @Override
    public void close() {}
}
