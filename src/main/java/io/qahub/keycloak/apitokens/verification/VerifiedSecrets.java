package io.qahub.keycloak.apitokens.verification;

import com.github.benmanes.caffeine.cache.Cache;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.HashedSecret;
import io.qahub.keycloak.apitokens.model.PreviousSecret;
import io.qahub.keycloak.apitokens.model.TokenHasher;
import io.qahub.keycloak.apitokens.token.HmacKey;
import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.TokenString;
import io.qahub.keycloak.apitokens.verification.BcryptExecutor.Purpose;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Caches which secret has matched a bcrypt hash, as an HMAC whose random key exists in this process only. */
public final class VerifiedSecrets implements TokenHasher {
    private final Cache<String, byte[]> digestByHash;
    private final ConcurrentHashMap<String, CompletableFuture<Optional<String>>> running = new ConcurrentHashMap<>();
    private final BcryptExecutor bcrypts;
    private final StoredDigests stored;
    private final HmacKey key = HmacKey.random();

    /** Creates an instance with a cache of HMACs by bcrypt hash. */
    public VerifiedSecrets(Cache<String, byte[]> digestByHash, BcryptExecutor bcrypts, StoredDigests stored) {
        this.digestByHash = digestByHash;
        this.bcrypts = bcrypts;
        this.stored = stored;
    }

    @Override
    public HashedSecret hash(String realmId, TokenString tokenString) {
        Secret secret = tokenString.secret();
        String hash = bcrypts.hash(secret);
        digestByHash.put(hash, digest(secret));
        return new HashedSecret(hash, stored.digest(realmId, tokenString.prefix(), hash, secret));
    }

    /**
     * Returns the hash of the token that {@code secret} matches, and the end of its validity, which is {@code
     * Instant.MAX} for the current secret; empty if no hash matches. Runs bcrypt only if neither a stored digest nor a
     * cached HMAC matches.
     *
     * @throws VerificationBusyException if too many operations are waiting for bcrypt
     */
    Optional<PreviousSecret> match(ApiToken token, Secret secret, Purpose purpose) {
        PreviousSecret current = new PreviousSecret(token.secretHash(), Instant.MAX);
        if (stored.matchesNewest(token, secret)) {
            return Optional.of(current);
        }
        byte[] digest = digest(secret);
        if (hasMatched(current.hash(), digest)) {
            return Optional.of(current);
        }
        List<PreviousSecret> candidates = Stream.concat(Stream.of(current), token.previousSecrets().stream())
                .toList();
        List<String> hashes = candidates.stream().map(PreviousSecret::hash).toList();
        Optional<String> matched = cached(hashes, digest)
                .or(() -> shared(
                        token, digest, () -> cached(hashes, digest).or(() -> verify(token, secret, hashes, purpose))));
        return candidates.stream()
                .filter(candidate -> matched.filter(candidate.hash()::equals).isPresent())
                .findFirst();
    }

    /** Returns the hash for which this HMAC of a secret is cached. */
    private Optional<String> cached(List<String> hashes, byte[] digest) {
        return hashes.stream().filter(hash -> hasMatched(hash, digest)).findFirst();
    }

    private boolean hasMatched(String hash, byte[] digest) {
        byte[] known = digestByHash.getIfPresent(hash);
        return known != null && MessageDigest.isEqual(known, digest);
    }

    /** Concurrent calls for the same token and secret share one verification. */
    private Optional<String> shared(ApiToken token, byte[] digest, Supplier<Optional<String>> verification) {
        String call = token.secretHash() + HexFormat.of().formatHex(digest);
        CompletableFuture<Optional<String>> own = new CompletableFuture<>();
        CompletableFuture<Optional<String>> first = running.putIfAbsent(call, own);
        if (first != null) {
            return join(first);
        }
        try {
            Optional<String> matched = verification.get();
            matched.ifPresent(hash -> digestByHash.put(hash, digest));
            own.complete(matched);
            return matched;
        } catch (RuntimeException e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(call, own);
        }
    }

    private Optional<String> verify(ApiToken token, Secret secret, List<String> hashes, Purpose purpose) {
        if (stored.matchesOlder(token, secret)) {
            stored.renew(token, secret);
            return Optional.of(token.secretHash());
        }
        Optional<String> matched = bcrypts.firstMatch(secret, hashes, purpose);
        if (matched.filter(token.secretHash()::equals).isPresent()) {
            stored.logUnusable(token);
            stored.renew(token, secret);
        }
        return matched;
    }

    private static <T> T join(CompletableFuture<T> first) {
        try {
            return first.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof VerificationBusyException busy) {
                throw new VerificationBusyException(busy);
            }
            throw e;
        }
    }

    private byte[] digest(Secret secret) {
        return key.digest(secret.bytes());
    }
}
