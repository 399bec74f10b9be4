package io.qahub.keycloak.apitokens.verify;

import io.qahub.keycloak.apitokens.token.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.cache.LocalCache;

/** Remembers which secret passed against which bcrypt hash, as a keyed digest whose key dies with the process. */
final class SecretProofs {
    private static final String HMAC = "HmacSHA256";

    /** Half of the digest, which RFC 2104 (section 5) allows: there may be very many. */
    private static final int DIGEST_BYTES = 16;

    private final LocalCache<String, byte[]> digestByHash;
    private final ConcurrentHashMap<String, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();
    private final BcryptRuns bcrypts;
    private final SecretKeySpec key;
    private final Mac keyed;

    SecretProofs(LocalCache<String, byte[]> digestByHash, BcryptRuns bcrypts) {
        this.digestByHash = digestByHash;
        this.bcrypts = bcrypts;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
        this.keyed = keyed();
    }

    /** Returns which of {@code hashes} is that of {@code secret}; costs bcrypts only where that is not known yet. */
    Optional<String> match(Secret secret, List<String> hashes) {
        byte[] digest = digest(secret);
        for (String hash : hashes) {
            if (isProven(hash, digest)) {
                return Optional.of(hash);
            }
        }
        return hashes.stream().filter(hash -> share(secret, hash, digest)).findFirst();
    }

    private boolean isProven(String hash, byte[] digest) {
        byte[] proven = digestByHash.get(hash);
        return proven != null && MessageDigest.isEqual(proven, digest);
    }

    /** Concurrent askers of the same question wait for one bcrypt. */
    private boolean share(Secret secret, String hash, byte[] digest) {
        String question = hash + HexFormat.of().formatHex(digest);
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> first = running.putIfAbsent(question, mine);
        if (first != null) {
            return join(first);
        }
        try {
            boolean passed = isProven(hash, digest) || bcrypts.matches(secret, hash);
            if (passed) {
                digestByHash.put(hash, digest);
            }
            mine.complete(passed);
            return passed;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(question, mine);
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
            // Looking for a provider and scheduling the key takes longer than the digest.
            return digest((Mac) keyed.clone(), secret);
        } catch (CloneNotSupportedException e) {
            return digest(keyed(), secret);
        }
    }

    private static byte[] digest(Mac mac, Secret secret) {
        return Arrays.copyOf(mac.doFinal(secret.bytes()), DIGEST_BYTES);
    }

    private Mac keyed() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
