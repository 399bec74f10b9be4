package io.qahub.keycloak.apitokens.token;

import org.mindrot.jbcrypt.BCrypt;

/** bcrypt over a {@link Secret}, which is 36 bytes and so well under bcrypt's 72. */
public final class SecretHasher {
    /** The lowest cost that is accepted. */
    public static final int MINIMUM_COST = 10;

    /** jbcrypt's own upper bound. */
    public static final int MAXIMUM_COST = 30;

    private final int cost;

    /**
     * @param cost log2 of bcrypt's rounds
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

    /** Tells whether {@code secret} is the one that {@code hash} was made from; its cost is the hash's own. */
    public static boolean matches(Secret secret, String hash) {
        return BCrypt.checkpw(secret.reveal(), hash);
    }
}
