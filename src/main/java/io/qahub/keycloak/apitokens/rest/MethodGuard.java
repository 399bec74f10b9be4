package io.qahub.keycloak.apitokens.rest;

import io.qahub.keycloak.apitokens.http.OAuthError;
import java.util.List;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/** Rejects unknown paths and methods below {@code /realms/{realm}/api-tokens} with errors in our format. */
final class MethodGuard {
    private static final List<Route> ROUTES = List.of(
            new Route("/?", "GET", "POST"),
            new Route("/policy/?", "GET"),
            new Route("/introspect", "POST"),
            new Route("/self", "GET", "HEAD", "DELETE"),
            new Route("/revoke", "POST"),
            new Route("/revoke/github", "POST"),
            new Route("/[^/]+/?", "GET", "PATCH", "DELETE"),
            new Route("/[^/]+/rotate/?", "POST"),
            new Route("/[^/]+/previous-secret/?", "DELETE"));

    private static final Pattern GATEWAY = Pattern.compile("(?s)/authorize(/.*)?");
    private static final Pattern OTHERS = Pattern.compile("(?s)/(authorize|introspect|self|revoke)(/.*)?");

    private MethodGuard() {}

    /** Returns whether the path belongs to the owner's resource. */
    static boolean isOwnersPath(KeycloakSession session) {
        return !OTHERS.matcher(path(session)).matches();
    }

    /** Responds with 404 if the path does not exist, and with 405 if it does not support the method. */
    static void require(KeycloakSession session) {
        String path = path(session);
        if (GATEWAY.matcher(path).matches()) {
            return; // supports all methods
        }
        String method = session.getContext().getHttpRequest().getHttpMethod();
        Route route = ROUTES.stream()
                .filter(candidate -> candidate.path.matcher(path).matches())
                .findFirst()
                .orElseThrow(OAuthError::noSuchPath);
        if (OwnerCors.isPreflight(session)) {
            return;
        }
        if (!route.methods.contains(method.equals("HEAD") ? "GET" : method)) {
            throw OAuthError.methodNotAllowed(route.methods.toArray(String[]::new));
        }
    }

    /** Returns the path of the request below {@code /realms/{realm}/api-tokens}. */
    private static String path(KeycloakSession session) {
        String root = "realms/" + session.getContext().getRealm().getName() + "/api-tokens";
        String path = session.getContext().getUri().getPath();
        int start = path.indexOf(root);
        return start < 0 ? path : path.substring(start + root.length());
    }

    /** A path, as a regular expression, and its methods. GET includes HEAD. */
    private record Route(Pattern path, List<String> methods) {
        Route(String path, String... methods) {
            this(Pattern.compile(path), List.of(methods));
        }
    }
}
