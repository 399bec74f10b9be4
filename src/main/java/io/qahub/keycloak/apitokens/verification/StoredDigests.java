package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.keycloak.LogInterval;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.DigestUpdate;
import io.qahub.keycloak.apitokens.token.DigestKey;
import io.qahub.keycloak.apitokens.token.Secret;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Verifies secrets without bcrypt, with the digests that are stored beside the bcrypt hashes, if the server has the
 * key. A digest can only confirm a secret: if it does not match, bcrypt must verify the secret.
 */
public final class StoredDigests {
    private static final Logger LOG = Logger.getLogger(StoredDigests.class);

    private final Consumer<DigestUpdate> updates;
    private final AtomicBoolean isUnknownKeyLogged = new AtomicBoolean();
    private final LogInterval unknownVersions = new LogInterval();
    private final LogInterval mismatches = new LogInterval();
    private volatile List<DigestKey> keys = List.of();

    /**
     * Creates an instance without keys, which verifies and computes nothing.
     *
     * @param updates is called with each digest to store
     */
    public StoredDigests(Consumer<DigestUpdate> updates) {
        this.updates = updates;
    }

    /** Sets the keys, newest first; there must be at least one. */
    public void use(List<DigestKey> newKeys) {
        keys = newKeys;
        LOG.infof(
                "Digests of API tokens are made with the key %s. Keys: %s",
                newKeys.get(0).id(), newKeys.stream().map(DigestKey::id).collect(Collectors.joining(", ")));
    }

    /** Returns the digest of a secret, made with the newest key; null without keys. */
    @Nullable
    String digest(String realmId, String prefix, String secretHash, Secret secret) {
        return newest().map(key -> key.digest(realmId, prefix, secretHash, secret))
                .orElse(null);
    }

    /** Returns whether the token has a digest of {@code secret} that was made with the newest key. */
    boolean matchesNewest(ApiToken token, Secret secret) {
        return newest().filter(key -> matches(key, token, secret)).isPresent();
    }

    /** As {@link #matchesNewest}, with another key. */
    boolean matchesOlder(ApiToken token, Secret secret) {
        return keys.stream().skip(1).anyMatch(key -> matches(key, token, secret));
    }

    /**
     * Requests that a digest of the verified secret be stored, made with the newest key; does nothing without keys.
     */
    void renew(ApiToken token, Secret secret) {
        String digest = digest(token.realmId(), token.prefix(), token.secretHash(), secret);
        if (digest != null) {
            updates.accept(new DigestUpdate(token.id(), token.secretHash(), digest));
        }
    }

    /** Logs why bcrypt had to verify the secret of a token that has a digest. */
    void logUnusable(ApiToken token) {
        String digest = token.secretDigest();
        if (digest == null) {
            return;
        }
        if (!DigestKey.isVersionKnown(digest)) {
            if (unknownVersions.isOver()) {
                LOG.warnf(
                        "The digest of the API token qh_%s has an unknown version, so bcrypt verifies the token: the digest"
                                + " was stored by a newer release, or changed in the database (logged once a minute).",
                        token.prefix());
            }
        } else if (keys.stream().noneMatch(key -> key.hasMade(digest))) {
            if (isUnknownKeyLogged.compareAndSet(false, true)) {
                LOG.warnf(
                        "The digest of the API token qh_%s was made with a key that this node does not have, so bcrypt"
                                + " verifies the token. Expected after a key was removed; otherwise, all nodes need the"
                                + " same keys. Further tokens are not logged.",
                        token.prefix());
            }
        } else if (mismatches.isOver()) {
            LOG.warnf(
                    "The digest of the API token qh_%s does not match although the secret is correct, so bcrypt verifies the"
                            + " token: the row was changed in the database (logged once a minute).",
                    token.prefix());
        }
    }

    private Optional<DigestKey> newest() {
        return keys.stream().findFirst();
    }

    private static boolean matches(DigestKey key, ApiToken token, Secret secret) {
        String digest = token.secretDigest();
        return digest != null && key.matches(digest, token.realmId(), token.prefix(), token.secretHash(), secret);
    }
}
