package io.qahub.keycloak.apitokens.token;

import org.mindrot.jbcrypt.BCrypt;

/** Hashes secrets with bcrypt. A secret has 36 bytes, which is within bcrypt's limit of 72 bytes. */
public final class SecretHasher {
    /** The minimum cost. */
    public static final int MINIMUM_COST = 10;

    /** The maximum cost, which is that of jbcrypt. */
    public static final int MAXIMUM_COST = 30;

    private final int cost;

    /**
     * Creates a hasher.
     *
     * @param cost binary logarithm of the number of bcrypt rounds
     * @throws IllegalArgumentException if the cost is outside 10 to 30
     */
    public SecretHasher(int cost) {
        if (cost < MINIMUM_COST || cost > MAXIMUM_COST) {
            throw new IllegalArgumentException(
                    "bcrypt cost must be from " + MINIMUM_COST + " to " + MAXIMUM_COST + ", not " + cost);
        }
        this.cost = cost;
    }

    /** Returns a salted hash of {@code secret}. */
    public String hash(Secret secret) {
        return BCrypt.hashpw(secret.reveal(), BCrypt.gensalt(cost));
    }

    /** Returns whether {@code hash} is a bcrypt hash of {@code secret}, at any cost. */
    public static boolean matches(Secret secret, String hash) {
        return BCrypt.checkpw(secret.reveal(), hash);
    }
}
