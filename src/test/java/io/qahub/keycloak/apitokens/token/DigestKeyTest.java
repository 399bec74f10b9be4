package io.qahub.keycloak.apitokens.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestKeyTest {
    private static final String HASH = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
    private static final String OTHER_HASH = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWz";
    private static final Secret SECRET = new Secret("0123456789abcdefghijklmnopqrstABCDEF");
    private static final Secret OTHER_SECRET = new Secret("0123456789abcdefghijklmnopqrstABCDEG");

    /** Changes only with a new version: all digests in databases would become worthless. */
    private static final String KNOWN_DIGEST = "1.hlF0VlyE.OcsPL-tGjjwuHpbDZi89OTuwChGSQJ0cHy_pVEe8Tvs";

    private final DigestKey key = key(1);
    private final String digest = key.digest("realm", "abc123", HASH, SECRET);

    @Test
    void aDigestMatchesItsRealmPrefixHashAndSecretOnly() {
        assertTrue(key.matches(digest, "realm", "abc123", HASH, SECRET));
        assertFalse(key.matches(digest, "other", "abc123", HASH, SECRET));
        assertFalse(key.matches(digest, "realm", "abc124", HASH, SECRET));
        assertFalse(key.matches(digest, "realm", "abc123", OTHER_HASH, SECRET));
        assertFalse(key.matches(digest, "realm", "abc123", HASH, OTHER_SECRET));
        assertFalse(key.matches(digest, "realmabc", "123", HASH, SECRET));
    }

    @Test
    void aDigestIsShortEnoughForItsColumnAndContainsNeitherKeyNorSecret() {
        assertEquals(54, digest.length());
        assertTrue(digest.matches("1\\.[\\w-]{8}\\.[\\w-]{43}"), digest);
        assertFalse(digest.contains(SECRET.reveal()));
        assertFalse(key.toString().contains(text(1)));
    }

    @Test
    void anyChangedOrMissingCharacterMakesADigestWorthless() {
        for (int i = 0; i < digest.length(); i++) {
            char changed = digest.charAt(i) == 'A' ? 'B' : 'A';
            assertFalse(matches(digest.substring(0, i) + changed + digest.substring(i + 1)));
            assertFalse(matches(digest.substring(0, i)));
            assertFalse(matches(digest.substring(0, i) + digest.substring(i + 1)));
        }
        assertFalse(matches(digest + "A"));
        assertFalse(matches(digest + "="));
        assertFalse(matches(" " + digest));
    }

    @Test
    void aDigestOfAnotherKeyOrVersionIsRecognized() {
        DigestKey other = key(2);
        assertNotEquals(key.id(), other.id());
        assertTrue(key.hasMade(digest));
        assertFalse(other.hasMade(digest));
        assertFalse(other.matches(digest, "realm", "abc123", HASH, SECRET));
        assertFalse(other.matches(digest.replace(key.id(), other.id()), "realm", "abc123", HASH, SECRET));
        assertTrue(DigestKey.isVersionKnown(digest));
        for (String unknown : List.of("2" + digest.substring(1), "1" + digest, "", "1", "x")) {
            assertFalse(DigestKey.isVersionKnown(unknown), unknown);
            assertFalse(key.hasMade(unknown), unknown);
        }
    }

    @Test
    void theSameKeyHasTheSameIdAndDigestsInEveryProcess() {
        assertEquals(key.id(), key(1).id());
        assertEquals(digest, key(1).digest("realm", "abc123", HASH, SECRET));
        DigestKey known =
                DigestKey.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").get(0);
        assertEquals(KNOWN_DIGEST, known.digest("realm", "abc123", HASH, SECRET));
    }

    @Test
    void severalKeysAreParsedInTheirOrder() {
        List<String> ids = IntStream.range(1, 4).mapToObj(i -> key(i).id()).toList();
        for (String separator : List.of("\n", " ", ",", ",\r\n")) {
            String text = text(1) + separator + text(2) + separator + text(3) + "\n";
            assertEquals(ids, DigestKey.parse(text).stream().map(DigestKey::id).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 31})
    void aKeyOfLessThan256BitsIsRefused(int bytes) {
        String tooShort = Base64.getEncoder().encodeToString(new byte[bytes]);
        assertEquals(
                "key 2 has %d bits, but at least 256 are required".formatted(bytes * 8),
                refusal(text(1) + "," + tooShort));
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct-horse-battery-staple-correct-horse-battery", "päßwörd", "AAAA=AAAA"})
    void aKeyThatIsNotBase64IsRefusedWithoutBeingRepeated(String text) {
        assertEquals("key 1 is not Base64", refusal(text));
    }

    @Test
    void aTextWithoutKeysIsRefused() {
        assertEquals("there is no key", refusal(" \n"));
    }

    private boolean matches(String changed) {
        return key.matches(changed, "realm", "abc123", HASH, SECRET);
    }

    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> DigestKey.parse(text))
                .getMessage();
    }

    private static DigestKey key(int seed) {
        return DigestKey.parse(text(seed)).get(0);
    }

    private static String text(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
