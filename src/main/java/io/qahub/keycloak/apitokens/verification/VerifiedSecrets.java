package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.HashedSecret;
import io.qahub.keycloak.apitokens.model.PreviousSecret;
import io.qahub.keycloak.apitokens.model.TokenHasher;
import io.qahub.keycloak.apitokens.token.HmacKey;
import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.keycloak.cache.LocalCache;

/** Caches which secret has matched a bcrypt hash, as an HMAC whose random key exists in this process only. */
public final class VerifiedSecrets implements TokenHasher {
    private final LocalCache<String, byte[]> digestByHash;
    private final ConcurrentHashMap<String, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();
    private final BcryptExecutor bcrypts;
    private final StoredDigests stored;
    private final HmacKey key = HmacKey.random();

    /** Takes a cache of digests by bcrypt hash. */
    public VerifiedSecrets(LocalCache<String, byte[]> digestByHash, BcryptExecutor bcrypts, StoredDigests stored) {
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
     * Returns the secret of the token that {@code secret} is: the current or a previous one. Runs bcrypt only if neither a
     * stored digest nor a cached match exists.
     */
    Optional<PreviousSecret> match(ApiToken token, Secret secret) {
        PreviousSecret current = new PreviousSecret(token.secretHash(), Instant.MAX);
        if (stored.matchesNewest(token, secret)) {
            return Optional.of(current);
        }
        byte[] digest = digest(secret);
        List<PreviousSecret> candidates = Stream.concat(Stream.of(current), token.previousSecrets().stream())
                .toList();
        return candidates.stream()
                .filter(candidate -> hasMatched(candidate.hash(), digest))
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(candidate -> matches(token, secret, candidate.hash(), digest))
                        .findFirst());
    }

    private boolean hasMatched(String hash, byte[] digest) {
        byte[] known = digestByHash.get(hash);
        return known != null && MessageDigest.isEqual(known, digest);
    }

    /** Concurrent calls with the same arguments share one bcrypt operation. */
    private boolean matches(ApiToken token, Secret secret, String hash, byte[] digest) {
        String call = hash + HexFormat.of().formatHex(digest);
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        CompletableFuture<Boolean> first = running.putIfAbsent(call, own);
        if (first != null) {
            return join(first);
        }
        try {
            boolean matches = hasMatched(hash, digest) || verify(token, secret, hash);
            if (matches) {
                digestByHash.put(hash, digest);
            }
            own.complete(matches);
            return matches;
        } catch (RuntimeException e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(call, own);
        }
    }

    private boolean verify(ApiToken token, Secret secret, String hash) {
        boolean isCurrent = hash.equals(token.secretHash());
        boolean isStored = isCurrent && stored.matchesOlder(token, secret);
        boolean matches = isStored || bcrypts.matches(secret, hash);
        if (matches && isCurrent) {
            if (!isStored) {
                stored.logUnusable(token);
            }
            stored.renew(token, secret);
        }
        return matches;
    }

    private static boolean join(CompletableFuture<Boolean> first) {
        try {
            return first.join();
        } catch (CompletionException e) {
            throw new VerificationBusyException(e);
        }
    }

    private byte[] digest(Secret secret) {
        return key.digest(secret.bytes());
    }
}
