package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.keycloak.models.RealmModel;

/**
 * A realm's rules for its tokens, read from realm attributes {@code apiTokens.…} each time they are asked for.
 *
 * @param maxLifetimeDays the longest life of a token; where set, every token expires
 * @param defaultLifetimeDays the life of a token whose creator did not say
 * @param reauthenticateSeconds how old a sign-in may be that creates or rotates; 0 for any age
 * @param allowedClients client ids whose access tokens may create and rotate
 * @param idleDays after which an unused token is revoked
 * @param keepInactiveDays after which an expired or revoked token is deleted
 * @param revokeOnPasswordChange whether a new password ends the owner's tokens
 * @param recordAddress whether the address of the last use is kept
 * @param notices whether owners are sent mail
 */
public record TokenPolicy(
        OptionalInt maxLifetimeDays,
        OptionalInt defaultLifetimeDays,
        int reauthenticateSeconds,
        Set<String> allowedClients,
        OptionalInt idleDays,
        int keepInactiveDays,
        boolean revokeOnPasswordChange,
        boolean recordAddress,
        boolean notices) {

    private static final int AN_HOUR = 3600;
    private static final int A_MONTH = 30;

    /**
     * Returns the realm's policy as it is now.
     *
     * @throws InvalidPolicyException naming the attribute that is wrong; nothing may be created then
     */
    public static TokenPolicy of(RealmModel realm) throws InvalidPolicyException {
        PolicyAttributes attributes = new PolicyAttributes(realm);
        return new TokenPolicy(
                attributes.days("maxLifetimeDays"),
                attributes.days("defaultLifetimeDays"),
                attributes.number("reauthenticateSeconds", 0).orElse(AN_HOUR),
                attributes.names("allowedClients", "account-console"),
                attributes.days("idleDays"),
                attributes.number("keepInactiveDays", 0).orElse(A_MONTH),
                attributes.flag("revokeOnPasswordChange", false),
                attributes.flag("recordAddress", false),
                attributes.flag("notices", true));
    }

    /**
     * Returns when a token expires for which {@code asked} was asked; empty for never.
     *
     * @param said whether anything was asked; an empty {@code asked} then means "never"
     * @throws InvalidTokenRequestException if the policy does not allow that
     */
    public Optional<Instant> expiry(boolean said, Optional<Instant> asked, Instant now)
            throws InvalidTokenRequestException {
        Optional<Instant> expiry = said ? asked : defaultExpiry(now);
        Optional<Instant> latest = latestExpiry(now);
        if (latest.isPresent() && (expiry.isEmpty() || expiry.get().isAfter(latest.get()))) {
            throw new InvalidTokenRequestException("This realm lets tokens live at most " + maxLifetimeDays.getAsInt()
                    + " days; set expiresAt within them.");
        }
        return expiry;
    }

    /** Returns the latest expiry of a token made now; empty where the realm sets no bound. */
    public Optional<Instant> latestExpiry(Instant now) {
        return maxLifetimeDays.isEmpty() ? Optional.empty() : Optional.of(now.plus(lifetime(maxLifetimeDays)));
    }

    /** Returns an expiry, null for never, or the latest one allowed where that is earlier. */
    public Instant cappedExpiry(Instant expiry, Instant now) {
        Instant latest = latestExpiry(now).orElse(null);
        return latest != null && (expiry == null || expiry.isAfter(latest)) ? latest : expiry;
    }

    private Optional<Instant> defaultExpiry(Instant now) {
        if (defaultLifetimeDays.isEmpty()) {
            return Optional.empty();
        }
        Duration usual = lifetime(defaultLifetimeDays);
        return Optional.of(cappedExpiry(now.plus(usual), now));
    }

    /** No token that expires lives longer than {@link TokenRequest#LONGEST_LIFE}, whatever the attributes say. */
    private static Duration lifetime(OptionalInt days) {
        Duration lifetime = Duration.ofDays(days.getAsInt());
        return lifetime.compareTo(TokenRequest.LONGEST_LIFE) > 0 ? TokenRequest.LONGEST_LIFE : lifetime;
    }
}
