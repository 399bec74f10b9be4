package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.TokenGenerator;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.Provider;

/** Creates, lists, rotates and revokes the tokens of a realm, and sends a user event for each change. */
public final class ApiTokens implements Provider {
    private static final int MAX_PREFIX_ATTEMPTS = 10;

    /** Longer than a node waits for others, with a tolerance for clocks that differ. */
    private static final Duration RECENTLY = Duration.ofMinutes(2);

    private static final TokenGenerator GENERATOR = new TokenGenerator();

    /** Other values, such as those with a NUL character, can make a database query fail. */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,36}");

    private final KeycloakSession session;
    private final Supplier<ApiTokenStore> store;
    private final TokenVerifier verifier;
    private final TokenHasher hasher;
    private final Clock clock;

    /** Creates the service for a session. */
    public ApiTokens(
            KeycloakSession session,
            Supplier<ApiTokenStore> store,
            TokenVerifier verifier,
            TokenHasher hasher,
            Clock clock) {
        this.session = session;
        this.store = store;
        this.verifier = verifier;
        this.hasher = hasher;
        this.clock = clock;
    }

    /** Returns the verifier of token strings, which is shared by all sessions of this node. */
    public TokenVerifier verifier() {
        return verifier;
    }

    /**
     * Creates and stores a token; returns empty if the owner was deleted concurrently.
     *
     * @throws RepeatedRequestException if a request with the same key has created a token
     */
    public Optional<CreatedToken> create(RealmModel realm, UserModel owner, TokenRequest request, CreatedBy by) {
        for (int i = 0; i < MAX_PREFIX_ATTEMPTS; i++) {
            TokenString generated = GENERATOR.next();
            HashedSecret secret = hasher.hash(realm.getId(), generated); // before the queries, which take a connection
            requireFirst(realm, request.key());
            if (store().findByPrefix(realm.getId(), generated.prefix()).isEmpty()) {
                ApiToken token = ApiToken.of(realm, owner, request, generated.prefix(), secret, clock.instant());
                return insert(realm, token, request.key(), by)
                        ? Optional.of(new CreatedToken(token, generated))
                        : Optional.empty();
            }
        }
        throw new IllegalStateException("no unused prefix in " + MAX_PREFIX_ATTEMPTS + " attempts");
    }

    private void requireFirst(RealmModel realm, @Nullable RequestKey key) {
        Optional<ApiToken> earlier = key == null ? Optional.empty() : store().findCreated(realm.getId(), key);
        if (earlier.isPresent()) {
            throw new RepeatedRequestException(earlier.get());
        }
    }

    private boolean insert(RealmModel realm, ApiToken token, @Nullable RequestKey key, CreatedBy by) {
        try {
            if (!store().insert(token, key)) {
                return false;
            }
        } catch (ModelDuplicateException e) {
            throw key == null ? e : repeatedConcurrently(token.realmId(), key, e);
        }
        ExpiryNotice.missed(token.expiresAt(), token.createdAt())
                .ifPresent(notice -> store().notices().skipExpiring(token.id(), notice));
        publish(new TokenChange.Created(session, realm, token, by));
        return true;
    }

    /** A transaction in which a constraint was violated cannot be used, and does not see the other token. */
    private RuntimeException repeatedConcurrently(String realmId, RequestKey key, ModelDuplicateException violation) {
        session.getTransactionManager().rollback(); // returns the connection
        return KeycloakModelUtils.runJobInTransactionWithResult(
                        session.getKeycloakSessionFactory(),
                        own -> ApiTokenStore.of(own).findCreated(realmId, key))
                .<RuntimeException>map(RepeatedRequestException::new)
                .orElse(violation);
    }

    /** Returns a page of the realm's tokens. */
    public List<ApiToken> list(RealmModel realm, TokenQuery query) {
        return store().lists().list(realm.getId(), query, clock.instant());
    }

    /**
     * Returns up to {@code max} of the realm's tokens that match the filter, ordered by owner id and token id.
     *
     * @param after the last token of the previous call; null to start from the beginning
     */
    public List<ApiToken> listByOwner(RealmModel realm, TokenFilter filter, @Nullable ApiToken after, int max) {
        return store().lists().listByOwner(realm.getId(), filter, after, max, clock.instant());
    }

    /** Returns the number of the realm's tokens that match the filter. */
    public long count(RealmModel realm, TokenFilter filter) {
        return store().lists().count(realm.getId(), filter, clock.instant());
    }

    /** Returns the number of the realm's tokens that are not revoked, by the name of a scope that they have. */
    public Map<String, Long> countByScope(RealmModel realm) {
        Map<String, Long> counts = new HashMap<>();
        store().lists().countByScopes(realm.getId()).forEach((scopes, number) -> Scopes.split(scopes)
                .forEach(name -> counts.merge(name, number, Long::sum)));
        return counts;
    }

    /** Returns the ids of the owners of the tokens that match the filter. */
    public Set<String> ownerIds(RealmModel realm, TokenFilter filter) {
        return store().lists().ownerIds(realm.getId(), filter, clock.instant());
    }

    /** Returns the realm's token with this id, which may be any string. */
    public Optional<ApiToken> find(RealmModel realm, String id) {
        return ID.matcher(id).matches() ? store().find(realm.getId(), id) : Optional.empty();
    }

    /** Revokes a token; returns false if it was revoked before. */
    public boolean revoke(RealmModel realm, ApiToken token, RevokedBy by) {
        return !revoke(realm, List.of(token), by).isEmpty();
    }

    /** Revokes tokens; returns those that were not revoked before. No node accepts them after the commit. */
    public List<ApiToken> revoke(RealmModel realm, Collection<ApiToken> tokens, RevokedBy by) {
        return revoke(realm, tokens, by, Map.of());
    }

    /** As {@link #revoke}, for reported tokens and the places where they were found, by ID of the token. */
    public List<ApiToken> revokeLeaked(RealmModel realm, Collection<ApiToken> tokens, Map<String, LeakPlace> places) {
        return revoke(realm, tokens, RevokedBy.LEAK_REPORT, places);
    }

    private List<ApiToken> revoke(
            RealmModel realm, Collection<ApiToken> tokens, RevokedBy by, Map<String, LeakPlace> places) {
        List<String> notRevoked = tokens.stream()
                .filter(token -> token.revokedAt() == null)
                .map(ApiToken::id)
                .toList();
        Set<String> ids = store().revoke(realm.getId(), notRevoked, clock.instant());
        List<ApiToken> revoked =
                tokens.stream().filter(token -> ids.contains(token.id())).toList();
        OwnerEviction.afterCommit(
                session, realm, tokens.stream().map(ApiToken::ownerId).toList());
        if (!revoked.isEmpty()) {
            TokenChange.Revoked change = new TokenChange.Revoked(session, realm, revoked, by, places);
            TokenEvents.sendAfterCommit(change);
            session.getKeycloakSessionFactory().publish(change);
        }
        return revoked;
    }

    /**
     * Revokes up to {@code max} tokens, oldest first, that were created and last used, if ever, before {@code since}.
     *
     * @param createdFrom excludes tokens that were created earlier
     * @return the idle tokens
     */
    public List<ApiToken> revokeIdle(RealmModel realm, Instant since, Instant createdFrom, int max) {
        List<ApiToken> idle = store().findIdle(realm.getId(), since, createdFrom, max);
        revoke(realm, idle, RevokedBy.IDLE_POLICY);
        return idle;
    }

    /** Deletes all tokens of an owner who does not exist any more; returns how many. */
    public int deleteByOwner(RealmModel realm, String ownerId) {
        int deleted = store().deletion().deleteByOwner(realm.getId(), ownerId);
        OwnerEviction.afterCommit(session, realm, List.of(ownerId));
        return deleted;
    }

    /** Returns the usernames of the tokens' owners by id. Omits owners that do not exist or cannot be looked up. */
    public Map<String, String> usernames(RealmModel realm, Collection<ApiToken> tokens) {
        Set<String> ids = tokens.stream().map(ApiToken::ownerId).collect(Collectors.toSet());
        Map<String, String> names = new HashMap<>(store().lists().usernames(ids));
        ids.removeAll(names.keySet());
        names.putAll(Owners.usernames(session, realm, ids));
        return names;
    }

    /**
     * Replaces the secret of a token and keeps its prefix. Previous secrets stay valid for {@code overlap} at most.
     *
     * @param expiresAt the new expiry; null for a token that does not expire
     * @param key identifies the request if it may be repeated; null if not
     * @return the token with its new token string; empty if it was rotated or revoked concurrently
     * @throws RepeatedRequestException if a request with the same key was the last one to rotate the token
     */
    public Optional<CreatedToken> rotate(
            RealmModel realm, ApiToken token, Duration overlap, @Nullable Instant expiresAt, @Nullable RequestKey key) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        TokenString renewed = GENERATOR.next(token.prefix());
        ApiToken rotated = token.rotated(hasher.hash(realm.getId(), renewed), now, overlap, expiresAt);
        if (key != null && store().isRotatedBy(token, key)) { // locks the row, so not before bcrypt
            throw new RepeatedRequestException(token);
        }
        boolean stored = store().rotate(token, rotated, key);
        OwnerEviction.afterCommit(session, realm, List.of(token.ownerId()));
        if (stored && !Objects.equals(expiresAt, token.expiresAt())) {
            store().notices()
                    .skipExpiring(
                            token.id(), ExpiryNotice.missed(expiresAt, now).orElse(null));
        }
        if (stored) {
            publish(new TokenChange.Rotated(session, realm, rotated));
        }
        return stored ? Optional.of(new CreatedToken(rotated, renewed)) : Optional.empty();
    }

    /**
     * Ends the overlap of the secrets that rotations have replaced. No node accepts them after the commit.
     *
     * @param by {@link RevokedBy#OWNER} or {@link RevokedBy#ADMIN}
     * @return whether a secret was accepted before; empty if the token was rotated concurrently
     */
    public Optional<Boolean> endOverlap(RealmModel realm, ApiToken token, RevokedBy by) {
        OwnerEviction.afterCommit(session, realm, List.of(token.ownerId()));
        if (token.previousSecretUntil(clock.instant()) == null) {
            return Optional.of(false);
        }
        List<PreviousSecret> ended =
                token.previousSecrets().stream().map(PreviousSecret::ended).toList();
        if (!store().updatePreviousSecrets(token, ended)) {
            return Optional.empty();
        }
        publish(new TokenChange.OverlapEnded(session, realm, token, by));
        return Optional.of(true);
    }

    /**
     * Changes the texts of a token.
     *
     * @param networks other allowed networks; empty to keep them
     * @return the changed token; empty if it was revoked or deleted concurrently
     */
    public Optional<ApiToken> edit(
            RealmModel realm, ApiToken token, TokenTexts texts, Optional<AllowedNetworks> networks) {
        Optional<ApiToken> edited = store().edit(token, texts, networks);
        if (edited.isPresent()) {
            OwnerEviction.afterCommit(session, realm, List.of(token.ownerId()));
            publish(new TokenChange.Edited(session, realm, edited.get()));
        }
        return edited;
    }

    /** Sets the expiry of tokens that expire later or never to {@code latest}; returns the number of changed tokens. */
    public int shorten(RealmModel realm, Collection<ApiToken> tokens, Instant latest) {
        if (tokens.isEmpty()) {
            return 0;
        }
        int shortened =
                store().shorten(realm.getId(), tokens.stream().map(ApiToken::id).toList(), latest);
        publish(new TokenChange.Shortened(session, realm, List.copyOf(tokens), latest));
        OwnerEviction.afterCommit(
                session, realm, tokens.stream().map(ApiToken::ownerId).toList());
        return shortened;
    }

    /**
     * Evicts the owners of matching tokens that other requests have revoked recently. A request evicts owners on the
     * other nodes after its commit. A node that does not respond delays this, and other nodes accept the token until
     * then.
     *
     * @param filter its status is ignored
     * @param except the ids of owners who are not evicted
     */
    public void evictOwnersOfRecentlyRevoked(RealmModel realm, TokenFilter filter, Set<String> except) {
        Instant now = clock.instant();
        Set<String> ids =
                new HashSet<>(store().lists().ownerIdsOfRevoked(realm.getId(), filter, now.minus(RECENTLY), now));
        ids.removeAll(except);
        OwnerEviction.afterCommit(session, realm, ids);
    }

    private void publish(TokenChange change) {
        TokenEvents.send(change);
        session.getKeycloakSessionFactory().publish(change);
    }

    ApiTokenStore store() {
        return store.get();
    }

    @Override
    public void close() {}
}
