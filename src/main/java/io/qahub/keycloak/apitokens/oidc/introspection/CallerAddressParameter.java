package io.qahub.keycloak.apitokens.oidc.introspection;

import io.qahub.keycloak.apitokens.model.CallerAddress;
import java.util.List;
import org.keycloak.models.KeycloakSession;

/** The address of the caller in introspection requests: the form parameter {@code caller_address}. */
final class CallerAddressParameter {
    /** The attribute of clients that check networks themselves, if it is {@code true}. */
    static final String CHECKS_NETWORKS = "apiTokens.checksNetworks";

    private static final String NAME = "caller_address";

    private CallerAddressParameter() {}

    /** Returns the address that the client of the request states. */
    static CallerAddress read(KeycloakSession session) {
        List<String> values =
                session.getContext().getHttpRequest().getDecodedFormParameters().get(NAME);
        if (values == null) {
            String checks = session.getContext().getClient().getAttribute(CHECKS_NETWORKS);
            return Boolean.parseBoolean(checks) ? CallerAddress.CHECKED_BY_RESOURCE_SERVER : CallerAddress.UNKNOWN;
        }
        return values.size() == 1 ? CallerAddress.of(values.get(0)) : CallerAddress.UNKNOWN;
    }
}
