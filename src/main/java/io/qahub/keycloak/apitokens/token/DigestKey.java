package io.qahub.keycloak.apitokens.token;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A key of the digests that are stored beside bcrypt hashes. A digest is {@code <version>.<key id>.<HMAC>}, with an
 * HMAC over the version, realm, prefix, bcrypt hash and secret of a token, so that it matches in no other row.
 */
public final class DigestKey {
    private static final String VERSION = "1.";
    private static final int MIN_BITS = 256;
    private static final int ID_BYTES = 6;
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final HmacKey key;
    private final String id;

    private DigestKey(byte[] key) {
        this.key = new HmacKey(key);
        byte[] derived = this.key.digest("key id".getBytes(StandardCharsets.US_ASCII));
        this.id = ENCODER.encodeToString(Arrays.copyOf(derived, ID_BYTES));
    }

    /**
     * Parses keys in Base64, which are separated by whitespace or commas.
     *
     * @throws IllegalArgumentException if there is no key, or a key is invalid; the message contains no part of a key
     */
    public static List<DigestKey> parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("there is no key");
        }
        String[] keys = SEPARATOR.split(text.strip(), -1);
        return IntStream.range(0, keys.length)
                .mapToObj(i -> parse(keys[i], i + 1))
                .toList();
    }

    private static DigestKey parse(String base64, int number) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // The message of the exception contains a character of the key.
            throw new IllegalArgumentException("key " + number + " is not Base64");
        }
        if (key.length * Byte.SIZE < MIN_BITS) {
            throw new IllegalArgumentException("key %d has %d bits, but at least %d are required"
                    .formatted(number, key.length * Byte.SIZE, MIN_BITS));
        }
        return new DigestKey(key);
    }

    /** Returns whether {@code digest} has a version that this class can compare. */
    public static boolean isVersionKnown(String digest) {
        return digest.startsWith(VERSION);
    }

    /** Returns an id that is derived from the key but does not reveal it. */
    public String id() {
        return id;
    }

    /** Returns whether {@code digest} contains the id of this key. */
    public boolean hasMade(String digest) {
        return digest.startsWith(VERSION + id + ".");
    }

    /** Returns the digest of a secret; it has 54 characters. */
    public String digest(String realmId, String prefix, String secretHash, Secret secret) {
        return VERSION + id + "." + ENCODER.encodeToString(key.digest(message(realmId, prefix, secretHash, secret)));
    }

    /** Returns whether {@code digest} is the digest of this secret; compares in constant time. */
    public boolean matches(String digest, String realmId, String prefix, String secretHash, Secret secret) {
        return hasMade(digest)
                && MessageDigest.isEqual(bytes(digest), bytes(digest(realmId, prefix, secretHash, secret)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes each value with its length, so that no two lists of values have the same message. */
    private static byte[] message(String realmId, String prefix, String secretHash, Secret secret) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(message)) {
            for (String value : List.of(VERSION, realmId, prefix, secretHash, secret.reveal())) {
                out.writeUTF(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen in memory
        }
        return message.toByteArray();
    }
}
