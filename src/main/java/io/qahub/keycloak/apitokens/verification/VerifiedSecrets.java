package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.model.PreviousSecret;
import io.qahub.keycloak.apitokens.token.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.cache.LocalCache;

/** Caches which secret has matched a bcrypt hash, as an HMAC whose random key exists in this process only. */
public final class VerifiedSecrets {
    private static final String HMAC = "HmacSHA256";

    private final LocalCache<String, byte[]> digestByHash;
    private final ConcurrentHashMap<String, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();
    private final BcryptExecutor bcrypts;
    private final SecretKeySpec key;
    private final Mac initialized;

    /** Takes a cache of digests by bcrypt hash. */
    public VerifiedSecrets(LocalCache<String, byte[]> digestByHash, BcryptExecutor bcrypts) {
        this.digestByHash = digestByHash;
        this.bcrypts = bcrypts;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
        this.initialized = newMac();
    }

    /** Returns a bcrypt hash of a new secret, and caches that the secret matches it. */
    public String hash(Secret secret) {
        String hash = bcrypts.hash(secret);
        digestByHash.put(hash, digest(secret));
        return hash;
    }

    /** Returns the candidate whose hash matches {@code secret}. Runs bcrypt only if no cached match exists. */
    Optional<PreviousSecret> match(Secret secret, List<PreviousSecret> candidates) {
        byte[] digest = digest(secret);
        return candidates.stream()
                .filter(candidate -> hasMatched(candidate.hash(), digest))
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(candidate -> matches(secret, candidate.hash(), digest))
                        .findFirst());
    }

    private boolean hasMatched(String hash, byte[] digest) {
        byte[] known = digestByHash.get(hash);
        return known != null && MessageDigest.isEqual(known, digest);
    }

    /** Concurrent calls with the same arguments share one bcrypt operation. */
    private boolean matches(Secret secret, String hash, byte[] digest) {
        String call = hash + HexFormat.of().formatHex(digest);
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        CompletableFuture<Boolean> first = running.putIfAbsent(call, own);
        if (first != null) {
            return join(first);
        }
        try {
            boolean matches = hasMatched(hash, digest) || bcrypts.matches(secret, hash);
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

    private static boolean join(CompletableFuture<Boolean> first) {
        try {
            return first.join();
        } catch (CompletionException e) {
            throw new VerificationBusyException(e);
        }
    }

    private byte[] digest(Secret secret) {
        try {
            // Cloning avoids the provider lookup and key setup, which take longer than the digest itself.
            return ((Mac) initialized.clone()).doFinal(secret.bytes());
        } catch (CloneNotSupportedException e) {
            return newMac().doFinal(secret.bytes());
        }
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
