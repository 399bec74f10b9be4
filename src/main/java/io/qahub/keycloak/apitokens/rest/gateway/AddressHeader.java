package io.qahub.keycloak.apitokens.rest.gateway;

import io.qahub.keycloak.apitokens.model.CallerAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * The header with the address of the end user, which the gateway always sets. An attribute of the gateway's client names
 * it: the end user can send any other header and, with some gateways, any query string.
 */
final class AddressHeader {
    private static final String ATTRIBUTE = "apiTokens.addressHeader";

    /** An address with a port, as some proxies add it to {@code X-Forwarded-For}. */
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]*)](?::\\d{1,5})?|([^:]*):\\d{1,5}");

    private AddressHeader() {}

    /** Returns the address; unknown unless the header that {@code gateway} sets contains exactly one. */
    static CallerAddress read(KeycloakSession session, ClientModel gateway) {
        String name = gateway.getAttribute(ATTRIBUTE);
        if (name == null || name.isBlank()) {
            return CallerAddress.UNKNOWN;
        }
        List<String> lines =
                session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(name.strip());
        return lines == null || lines.size() != 1
                ? CallerAddress.UNKNOWN
                : CallerAddress.of(withoutPort(lines.get(0).strip()));
    }

    private static String withoutPort(String value) {
        Matcher parts = WITH_PORT.matcher(value);
        if (!parts.matches()) {
            return value;
        }
        return parts.group(1) == null ? parts.group(2) : parts.group(1);
    }
}
