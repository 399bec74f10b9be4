package io.qahub.keycloak.apitokens.token;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes HMAC-SHA-256 with one key. */
public final class HmacKey {
    private static final String HMAC = "HmacSHA256";
    private static final int RANDOM_BYTES = 32;

    private final SecretKeySpec key;
    private final Mac initialized;

    /** Creates an instance with this key, which must not be empty. */
    HmacKey(byte[] key) {
        this.key = new SecretKeySpec(key, HMAC);
        this.initialized = newMac();
    }

    /** Returns a random key of 256 bits. */
    public static HmacKey random() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return new HmacKey(random);
    }

    /** Returns the HMAC of {@code message}. */
    public byte[] digest(byte[] message) {
        try {
            // Cloning avoids the provider lookup and key setup, which take longer than the digest itself.
            return ((Mac) initialized.clone()).doFinal(message);
        } catch (CloneNotSupportedException e) {
            return newMac().doFinal(message);
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
