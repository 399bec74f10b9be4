package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.model.Verification.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The IP address of the caller that sent a token.
 *
 * @param text as stated, which may be any string; null if it is unknown
 * @param isCheckedByResourceServer whether the resource server checks the address itself
 */
public record CallerAddress(@Nullable String text, boolean isCheckedByResourceServer) {
    /** An address that is not known. */
    public static final CallerAddress UNKNOWN = new CallerAddress(null, false);

    /** An address that the resource server checks itself, against the networks in the response. */
    public static final CallerAddress CHECKED_BY_RESOURCE_SERVER = new CallerAddress(null, true);

    /** Creates an address; {@code text} may be any string, null if the address is unknown. */
    public static CallerAddress of(@Nullable String text) {
        return new CallerAddress(text, false);
    }

    /** Returns why the address is not allowed; empty if it is. */
    public Optional<Reason> rejection(AllowedNetworks allowed) {
        if (!allowed.isRestricted()
                || (isCheckedByResourceServer && !allowed.networks().isEmpty())) {
            return Optional.empty();
        }
        Optional<IpNetwork> address = parsed();
        if (address.isEmpty()) {
            return Optional.of(Reason.ADDRESS_UNKNOWN);
        }
        return allowed.contains(address.get()) ? Optional.empty() : Optional.of(Reason.ADDRESS_NOT_ALLOWED);
    }

    /** Returns the address in the canonical form of RFC 5952; empty if it is unknown or not an IP address. */
    public Optional<String> canonical() {
        return parsed().map(IpNetwork::addressText);
    }

    private Optional<IpNetwork> parsed() {
        return Optional.ofNullable(text).flatMap(IpNetwork::ofAddress);
    }
}
