package io.qahub.keycloak.apitokens.gateway;

import io.qahub.keycloak.apitokens.model.Scope;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which scopes the request needs that the gateway holds back. */
final class OriginalMethod {
    private static final List<String> HEADERS = List.of("X-Original-Method", "X-Forwarded-Method");

    /** By these a client asks an API behind the gateway to take one method for another. */
    private static final List<String> OVERRIDES =
            List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

    private OriginalMethod() {}

    /**
     * Returns the scopes that the original method, and any that is to override it, need.
     *
     * @param own the method of the gateway's call; it counts where no header names another
     * @return empty if the method is none we know, or the headers contradict each other or {@code own}
     */
    static Optional<Set<Scope>> scopes(String own, HttpHeaders headers) {
        List<String> stated = values(HEADERS, headers).toList();
        if (stated.stream().distinct().count() > 1 || isDoubled(headers)) {
            return Optional.empty();
        }
        // A gateway that repeats the original's own method passes on the original's headers, too: whoever sent them.
        if (!isKnown(own) || (!stated.isEmpty() && !own.equals("GET") && !own.equals(stated.get(0)))) {
            return Optional.empty();
        }
        String method = stated.isEmpty() ? own : stated.get(0);
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String each :
                Stream.concat(Stream.of(method), values(OVERRIDES, headers)).toList()) {
            Optional<Scope> scope = scope(each);
            if (scope.isEmpty()) {
                return Optional.empty();
            }
            scopes.add(scope.get());
        }
        return Optional.of(scopes);
    }

    /** Returns whether any token allows {@code method}. */
    static boolean isKnown(String method) {
        return scope(method).isPresent();
    }

    private static boolean isDoubled(HttpHeaders headers) {
        return HEADERS.stream().anyMatch(name -> values(List.of(name), headers).count() > 1);
    }

    private static Stream<String> values(List<String> names, HttpHeaders headers) {
        return names.stream()
                .map(headers::getRequestHeader)
                .flatMap(lines -> lines == null ? Stream.empty() : lines.stream());
    }

    private static Optional<Scope> scope(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> Optional.of(Scope.READ);
            case "POST", "PUT", "PATCH", "DELETE" -> Optional.of(Scope.WRITE);
            default -> Optional.empty();
        };
    }
}
