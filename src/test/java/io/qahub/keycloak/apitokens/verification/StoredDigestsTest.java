package io.qahub.keycloak.apitokens.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.DigestUpdate;
import io.qahub.keycloak.apitokens.model.TestToken;
import io.qahub.keycloak.apitokens.token.DigestKey;
import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.TokenGenerator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredDigestsTest {
    private static final List<DigestKey> OLD = DigestKey.parse("b2xkIGtleSBvbGQga2V5IG9sZCBrZXkgb2xkIGtleSBvbGQga2V5");
    private static final List<DigestKey> NEW = DigestKey.parse("bmV3IGtleSBuZXcga2V5IG5ldyBrZXkgbmV3IGtleSBuZXcga2V5");
    private static final List<DigestKey> BOTH = List.of(NEW.get(0), OLD.get(0));
    private static final Secret SECRET = new TokenGenerator().next().secret();
    private static final Secret WRONG = new TokenGenerator().next().secret();

    private final List<DigestUpdate> updates = new ArrayList<>();

    @Test
    void withoutAKeyNothingMatchesAndNothingIsStored() {
        StoredDigests none = new StoredDigests(updates::add);
        assertNull(none.digest("realm", "abc123", "hash", SECRET));
        assertFalse(none.matchesNewest(withDigest(OLD), SECRET));
        assertFalse(none.matchesOlder(withDigest(OLD), SECRET));
        none.renew(withDigest(OLD), SECRET);
        assertEquals(List.of(), updates);
    }

    @Test
    void aDigestOfTheNewestKeyMatchesTheSecretOnly() {
        assertTrue(with(OLD).matchesNewest(withDigest(OLD), SECRET));
        assertFalse(with(OLD).matchesNewest(withDigest(OLD), WRONG));
        assertFalse(with(OLD).matchesOlder(withDigest(OLD), SECRET));
        assertFalse(with(OLD).matchesNewest(TestToken.withDigest(null), SECRET));
    }

    @Test
    void aDigestOfAnOlderKeyStillMatchesAndIsRenewedWithTheNewestKey() {
        StoredDigests both = with(BOTH);
        ApiToken token = withDigest(OLD);
        assertFalse(both.matchesNewest(token, SECRET));
        assertTrue(both.matchesOlder(token, SECRET));
        assertFalse(both.matchesOlder(token, WRONG));
        both.renew(token, SECRET);
        String renewed = updates.get(0).digest();
        assertEquals(List.of(new DigestUpdate("id", "hash", renewed)), updates);
        assertTrue(with(NEW).matchesNewest(TestToken.withDigest(renewed), SECRET));
    }

    @Test
    void aDigestOfAnUnknownKeyDoesNotMatch() {
        assertFalse(with(NEW).matchesNewest(withDigest(OLD), SECRET));
        assertFalse(with(NEW).matchesOlder(withDigest(OLD), SECRET));
    }

    private StoredDigests with(List<DigestKey> keys) {
        StoredDigests digests = new StoredDigests(updates::add);
        digests.use(keys);
        return digests;
    }

    private ApiToken withDigest(List<DigestKey> keys) {
        return TestToken.withDigest(with(keys).digest("realm", "abc123", "hash", SECRET));
    }
}
