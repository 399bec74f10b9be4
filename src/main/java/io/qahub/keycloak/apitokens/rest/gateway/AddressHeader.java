package io.qahub.keycloak.apitokens.rest.gateway;

import io.qahub.keycloak.apitokens.model.CallerAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.http.HttpRequest;

/**
 * The header with the address of the end user. The gateway names it in the query string of its request, which the end
 * user cannot change, because the end user can send any header that the gateway does not set.
 */
final class AddressHeader {
    private static final String PARAMETER = "addressHeader";

    /** An address with a port, as some proxies add it to {@code X-Forwarded-For}. */
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]*)](?::\\d+)?|([^:]*):\\d+");

    private AddressHeader() {}

    /** Returns the address; unknown unless the named header contains exactly one. */
    static CallerAddress read(HttpRequest request) {
        List<String> names = request.getUri().getQueryParameters().get(PARAMETER);
        if (names == null || names.size() != 1) {
            return CallerAddress.UNKNOWN;
        }
        List<String> lines = request.getHttpHeaders().getRequestHeader(names.get(0));
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
