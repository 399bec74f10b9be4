package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/**
 * A realm's policy for its tokens, as set by the realm attributes {@code apiTokens.*}.
 *
 * @param maxLifetimeDays maximum lifetime of a token, in days; if set, every token expires
 * @param defaultLifetimeDays lifetime of a token created without an expiry, in days, at most the maximum; empty if it
 *     does not expire
 * @param reauthenticateSeconds maximum age of the sign-in for creating, rotating and editing, in seconds, at least 60;
 *     0 for no maximum
 * @param allowedClients ids of the clients whose access tokens may create, rotate and edit tokens
 * @param idleDays days without use after which a token is revoked; empty for never
 * @param keepInactiveDays days after which an expired or revoked token is deleted
 * @param revokeOnPasswordChange whether a change of the owner's password revokes the owner's tokens
 * @param revokeOnLogoutAll whether the not-before time of the realm, of an owner, or of a service account's client
 *     revokes tokens created before it
 * @param recordAddress whether the IP address of the last use is stored
 * @param notices whether owners are notified by email
 * @param organizationRequired whether tokens of people must be bound to an organization
 * @param allowedNetworks the networks from which the tokens of the realm can be used
 * @param helpUrl the realm's page about API tokens, to which the account console links; null for none
 */
public record TokenPolicy(
        OptionalInt maxLifetimeDays,
        OptionalInt defaultLifetimeDays,
        int reauthenticateSeconds,
        Set<String> allowedClients,
        OptionalInt idleDays,
        int keepInactiveDays,
        boolean revokeOnPasswordChange,
        boolean revokeOnLogoutAll,
        boolean recordAddress,
        boolean notices,
        boolean organizationRequired,
        AllowedNetworks allowedNetworks,
        @Nullable String helpUrl) {

    private static final int DEFAULT_REAUTHENTICATE_SECONDS = 3600;

    /** With less, a user could not complete a form after signing in. */
    private static final int MIN_REAUTHENTICATE_SECONDS = 60;

    private static final String REVOKE_ON_LOGOUT_ALL = "revokeOnLogoutAll";
    private static final String ALLOWED_NETWORKS = "allowedNetworks";
    private static final int DEFAULT_KEEP_INACTIVE_DAYS = 30;

    /**
     * Reads the realm's policy from its attributes.
     *
     * @throws InvalidPolicyException if an attribute is invalid; the message names it
     */
    public static TokenPolicy of(RealmModel realm) throws InvalidPolicyException {
        return of(realm::getAttribute);
    }

    static TokenPolicy of(Function<String, @Nullable String> source) throws InvalidPolicyException {
        PolicyAttributes attributes = new PolicyAttributes(source);
        OptionalInt maxLifetimeDays = attributes.days("maxLifetimeDays");
        return new TokenPolicy(
                maxLifetimeDays,
                attributes.daysUpTo(maxLifetimeDays, "defaultLifetimeDays", "maxLifetimeDays"),
                attributes
                        .zeroOrNumber("reauthenticateSeconds", MIN_REAUTHENTICATE_SECONDS)
                        .orElse(DEFAULT_REAUTHENTICATE_SECONDS),
                attributes.names("allowedClients", "account-console"),
                attributes.days("idleDays"),
                attributes.number("keepInactiveDays", 0).orElse(DEFAULT_KEEP_INACTIVE_DAYS),
                attributes.flag("revokeOnPasswordChange", false),
                attributes.flag(REVOKE_ON_LOGOUT_ALL, false),
                attributes.flag("recordAddress", false),
                attributes.flag("notices", true),
                attributes.flag("organizationRequired", false),
                attributes.networks(ALLOWED_NETWORKS),
                attributes.webPage("helpUrl"));
    }

    /** Reads only {@link #revokeOnLogoutAll}, for each verification. Returns true if it is invalid, to fail closed. */
    public static boolean revokesOnLogoutAll(RealmModel realm) {
        try {
            return new PolicyAttributes(realm::getAttribute).flag(REVOKE_ON_LOGOUT_ALL, false);
        } catch (InvalidPolicyException e) {
            return true;
        }
    }

    /**
     * Reads only {@link #allowedNetworks}, for each verification.
     *
     * @throws InvalidPolicyException if the attribute is invalid; no token may be accepted then
     */
    public static AllowedNetworks allowedNetworks(RealmModel realm) throws InvalidPolicyException {
        return new PolicyAttributes(realm::getAttribute).networks(ALLOWED_NETWORKS);
    }

    /**
     * Returns {@code networks}, which the owner of a token has chosen.
     *
     * @throws InvalidTokenRequestException if one has no address in common with the networks of the realm
     */
    public AllowedNetworks checkedNetworks(AllowedNetworks networks) throws InvalidTokenRequestException {
        if (!networks.isRestricted()) {
            return networks; // the realm's apply
        }
        Optional<IpNetwork> outside = networks.firstOutside(allowedNetworks);
        if (outside.isPresent()) {
            throw new InvalidTokenRequestException("This realm does not allow tokens to be used from " + outside.get()
                    + "; choose from these networks: " + String.join(", ", allowedNetworks.texts()) + ".");
        }
        return networks;
    }

    /**
     * Returns the expiry of a token that is created now; empty for a token that does not expire.
     *
     * @param specified whether the request contains an expiry; if not, the default of the policy applies
     * @param requested the requested expiry; empty for a token that does not expire
     * @throws InvalidTokenRequestException if the policy does not allow the expiry
     */
    public Optional<Instant> expiry(boolean specified, Optional<Instant> requested, Instant now)
            throws InvalidTokenRequestException {
        Optional<Instant> expiry = specified ? requested : defaultExpiry(now);
        Optional<Instant> latest = latestExpiry(now);
        if (latest.isPresent() && (expiry.isEmpty() || expiry.get().isAfter(latest.get()))) {
            throw new InvalidTokenRequestException("Tokens must expire within " + maxLifetimeDays.getAsInt()
                    + " days; send an expiresAt within that time.");
        }
        return expiry;
    }

    /**
     * Returns a request for a new token that this policy allows.
     *
     * @param specified whether the request contains an expiry; if not, the default applies
     * @param requested the requested expiry; null for never
     * @throws InvalidTokenRequestException if a part is invalid or the policy does not allow it
     */
    public TokenRequest request(
            TokenTexts texts, Set<String> scopes, boolean specified, @Nullable Instant requested, Instant now)
            throws InvalidTokenRequestException {
        Optional<Instant> checked = Optional.ofNullable(TokenRequest.checkedExpiry(requested, now));
        return TokenRequest.of(texts, scopes, expiry(specified, checked, now).orElse(null), now);
    }

    /** Returns the latest expiry of a token that is created now; empty if the policy sets no maximum lifetime. */
    public Optional<Instant> latestExpiry(Instant now) {
        return maxLifetimeDays.isEmpty() ? Optional.empty() : Optional.of(now.plus(lifetime(maxLifetimeDays)));
    }

    /** Returns the earlier of {@code expiry} and the latest expiry that the policy allows; null for never. */
    public @Nullable Instant cappedExpiry(@Nullable Instant expiry, Instant now) {
        Instant latest = latestExpiry(now).orElse(null);
        return latest != null && (expiry == null || expiry.isAfter(latest)) ? latest : expiry;
    }

    private Optional<Instant> defaultExpiry(Instant now) {
        return defaultLifetimeDays.isEmpty() ? Optional.empty() : Optional.of(now.plus(lifetime(defaultLifetimeDays)));
    }

    /** Returns a lifetime of {@link TokenRequest#MAX_LIFETIME} at most. */
    private static Duration lifetime(OptionalInt days) {
        Duration lifetime = Duration.ofDays(days.getAsInt());
        return lifetime.compareTo(TokenRequest.MAX_LIFETIME) > 0 ? TokenRequest.MAX_LIFETIME : lifetime;
    }
}
