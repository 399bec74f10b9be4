package io.qahub.keycloak.apitokens.rest.gateway;

import io.qahub.keycloak.apitokens.verification.ScopeMethods;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Determines the methods that the end user's request uses. */
final class OriginalMethod {
    private static final List<String> HEADERS = List.of("X-Original-Method", "X-Forwarded-Method");

    /** Headers with which a client can make an API behind the gateway use another method. */
    private static final List<String> OVERRIDES =
            List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

    private OriginalMethod() {}

    /**
     * Returns the original method and any overriding methods.
     *
     * @param own the method of the gateway's request, which applies if no header specifies the original method
     * @param headerRequired whether a header must specify the original method
     * @return empty if a method is unknown, a required header is missing, or the headers contradict each other or
     *     {@code own}
     */
    static Optional<Set<String>> methods(String own, HttpHeaders headers, boolean headerRequired) {
        List<String> specified = values(HEADERS, headers).toList();
        if (specified.stream().distinct().count() > 1
                || isRepeated(headers)
                || (headerRequired && specified.isEmpty())) {
            return Optional.empty();
        }
        // A gateway that uses the original method also passes on the end user's headers, which are not trustworthy.
        if (!isKnown(own) || (!specified.isEmpty() && !own.equals("GET") && !own.equals(specified.get(0)))) {
            return Optional.empty();
        }
        String method = specified.isEmpty() ? own : specified.get(0);
        Set<String> methods =
                Stream.concat(Stream.of(method), values(OVERRIDES, headers)).collect(Collectors.toSet());
        return methods.stream().allMatch(ScopeMethods::isKnown) ? Optional.of(methods) : Optional.empty();
    }

    /** Returns whether any token allows {@code method}. */
    static boolean isKnown(String method) {
        return ScopeMethods.isKnown(method);
    }

    private static boolean isRepeated(HttpHeaders headers) {
        return HEADERS.stream().anyMatch(name -> values(List.of(name), headers).count() > 1);
    }

    private static Stream<String> values(List<String> names, HttpHeaders headers) {
        return names.stream()
                .map(headers::getRequestHeader)
                .flatMap(lines -> lines == null ? Stream.empty() : lines.stream());
    }
}
