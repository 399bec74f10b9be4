package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.model.CallerAddress;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The address of a caller, as stated by a gateway, for the verifications of its request. */
public final class StatedAddress {
    private static final String ATTRIBUTE = StatedAddress.class.getName();

    private StatedAddress() {}

    /** Sets the address for this request. */
    public static void set(KeycloakSession session, CallerAddress address) {
        session.setAttribute(ATTRIBUTE, address);
    }

    /** Returns the address; empty if the request does not come from a gateway. */
    public static Optional<CallerAddress> find(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, CallerAddress.class));
    }
}
