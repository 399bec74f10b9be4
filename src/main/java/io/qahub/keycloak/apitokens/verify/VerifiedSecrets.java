package io.qahub.keycloak.apitokens.verify;

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

/** Remembers which secret has matched which bcrypt hash, as a keyed digest whose key exists only in this process. */
public final class VerifiedSecrets {
    private static final String HMAC = "HmacSHA256";

    private final LocalCache<String, byte[]> digestByHash;
    private final ConcurrentHashMap<String, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();
    private final BcryptExecutor bcrypts;
    private final SecretKeySpec key;
    private final Mac initialized;

    /** Takes the cache, whose keys are bcrypt hashes, and how many bcrypt operations run at the same time. */
    public VerifiedSecrets(LocalCache<String, byte[]> digestByHash, int concurrency) {
        this.digestByHash = digestByHash;
        this.bcrypts = new BcryptExecutor(concurrency);
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
        this.initialized = newMac();
    }

    /** Returns which of {@code candidates} is {@code secret}; runs bcrypt only if none is known to be. */
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
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> first = running.putIfAbsent(call, mine);
        if (first != null) {
            return join(first);
        }
        try {
            boolean matches = hasMatched(hash, digest) || bcrypts.matches(secret, hash);
            if (matches) {
                digestByHash.put(hash, digest);
            }
            mine.complete(matches);
            return matches;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(call, mine);
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
            // Looking up a provider and scheduling the key takes longer than the digest itself.
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
